/** Look-ups in the contract. The model is read and patched once, when the program starts. */
import { applyPatches, type Model, type OperationModel, type Patch, type Shape, type StructureShape } from "./model.ts";
import patches from "./patches.json" with { type: "json" };
import service from "./service.json" with { type: "json" };
import type { OperationName } from "./types.gen.ts";

const model: Model = applyPatches(service as unknown as Model, patches as Patch[]);

/** Whether the contract has an operation of this name. */
export const isOperationName = (text: string): text is OperationName => Object.hasOwn(model.operations, text);

/** Every operation of the contract, in the order of the model. */
export const operationNames: readonly OperationName[] = Object.keys(model.operations).filter(isOperationName);

/** What the model says of an operation. */
export function operationModel(name: OperationName): OperationModel {
  const operation = model.operations[name];
  if (!operation) throw new Error(`The contract has no operation ${name}.`);
  return operation;
}

/** The shape of this name. */
export function shapeOf(name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The contract has no shape ${name}.`);
  return shape;
}

/** The structure of this name. */
export function structureOf(name: string): StructureShape {
  const shape = shapeOf(name);
  if (shape.type !== "structure") throw new Error(`The shape ${name} is no structure.`);
  return shape;
}

/**
 * How a call proves that it may be made: by a signature, by the access token among its members, or not at all (an app
 * client's id and, where it has one, its secret's hash are members like others).
 */
export function accessOf(name: OperationName): "signed" | "token" | "none" {
  const { authtype, input } = operationModel(name);
  if (authtype !== "none") return "signed";
  return structureOf(input.shape).required?.includes("AccessToken") ? "token" : "none";
}

/** The errors that the contract lists for an operation. */
export const errorsOf = (name: OperationName): ReadonlySet<string> =>
  new Set(operationModel(name).errors.map((error) => error.shape));
