/**
 * The API as data. `service.json` is the published model of the service (Apache-2.0, see NOTICE); `patches.json` holds
 * the places where the running service is known to differ from it, each with its source. Nothing else in the project
 * may say what an operation takes or answers.
 */

/** A reference from a member, list or map to a shape. */
export interface ShapeReference {
  readonly shape: string;
}

interface Common {
  /** The value is a secret or personal: it is never echoed in a message and never logged. */
  readonly sensitive?: boolean;
}

export interface StringShape extends Common {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** A further pattern that is taken beside the published one, which messages go on to show. */
  readonly furtherPattern?: string;
  readonly enum?: readonly string[];
}

export interface NumberShape extends Common {
  readonly type: "integer" | "long";
  readonly min?: number;
  readonly max?: number;
}

export interface PlainShape extends Common {
  readonly type: "boolean" | "timestamp";
}

export interface BlobShape extends Common {
  readonly type: "blob";
  readonly min?: number;
  readonly max?: number;
}

export interface ListShape extends Common {
  readonly type: "list";
  readonly member: ShapeReference;
  readonly min?: number;
  readonly max?: number;
}

export interface MapShape extends Common {
  readonly type: "map";
  readonly key: ShapeReference;
  readonly value: ShapeReference;
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape extends Common {
  readonly type: "structure";
  readonly members: Readonly<Record<string, ShapeReference>>;
  readonly required?: readonly string[];
  /** A free JSON value rather than a structure of named members. */
  readonly document?: boolean;
  readonly exception?: boolean;
  /** Of exceptions: the server's fault (status 500) rather than the caller's (400). */
  readonly fault?: boolean;
}

export type Shape = StringShape | NumberShape | PlainShape | BlobShape | ListShape | MapShape | StructureShape;

export interface OperationModel {
  readonly name: string;
  readonly input: ShapeReference;
  /** Absent where the service answers with an empty body. */
  readonly output?: ShapeReference;
  readonly errors: readonly ShapeReference[];
  /** "none" marks the operations that are not signed. */
  readonly authtype?: string;
}

export interface Model {
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** One correction: the value at `path` (object keys from the root of the model) is replaced by `value`. */
export interface Patch {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Where the service was seen to behave so. */
  readonly source: string;
}

/** The model with every patch applied. Throws when a patch points nowhere, so that a stale one is found. */
export function applyPatches(model: Model, patches: readonly Patch[]): Model {
  const patched: unknown = structuredClone(model);
  for (const { path, value } of patches) setAt(patched, path, value);
  return patched as Model;
}

function setAt(root: unknown, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  let parent: unknown = root;
  for (const key of path.slice(0, -1)) parent = isObject(parent) ? parent[key] : undefined;
  if (last === undefined || !isObject(parent)) throw new Error(`A patch points nowhere: ${path.join(".")}`);
  parent[last] = value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
