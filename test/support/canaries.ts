/** Requests in which everything that the contract calls sensitive says a word of its own, to be looked for afterwards. */
import { operationModel, shapeOf, structureOf } from "../../src/contract/contract.ts";
import type { Shape } from "../../src/contract/model.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { validRequest } from "./contract-cases.ts";

/** Stands in every canary, and nowhere else. Most patterns of the contract take it. */
export const canary = "CanaryAa1CanaryAa1Canary";

/** Deeper than requests of the contract nest. */
const depthLimit = 6;

/** A value of a shape that is canaries as far as it is sensitive; undefined where nothing of it is. */
function canaryOf(name: string, depth: number, isWithin = false): unknown {
  const shape: Shape = shapeOf(name);
  const isSensitive = isWithin || shape.sensitive === true;
  if (depth > depthLimit) return undefined;
  switch (shape.type) {
    case "string":
      return isSensitive && !shape.enum ? canary : undefined;
    case "list": {
      const item = canaryOf(shape.member.shape, depth + 1, isSensitive);
      return item === undefined ? undefined : [item];
    }
    case "map": {
      const value = canaryOf(shape.value.shape, depth + 1, isSensitive);
      return value === undefined ? undefined : { USERNAME: value, PASSWORD: value, SECRET_HASH: value, SRP_A: value };
    }
    case "structure":
      return canariesIn(shape, depth + 1, isSensitive);
    case "blob":
    case "boolean":
    case "integer":
    case "long":
    case "timestamp":
      return undefined;
  }
}

function canariesIn(shape: Extract<Shape, { type: "structure" }>, depth: number, isWithin: boolean) {
  const found = Object.entries(shape.members)
    .map(([member, { shape: of }]) => [member, canaryOf(of, depth, isWithin)] as const)
    .filter(([, value]) => value !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** The least that an operation takes, with a canary in every member that is sensitive; undefined when none is. */
export function canaryRequest(name: OperationName): Record<string, unknown> | undefined {
  const canaries = canariesIn(structureOf(operationModel(name).input.shape), 0, false);
  return canaries && { ...validRequest(name), ...canaries };
}
