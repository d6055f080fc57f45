/**
 * Makes `src/contract/types.gen.ts` from the service model and its patches.
 *
 *   node tools/contract.ts           writes the file
 *   node tools/contract.ts --check   fails when the file is not current
 */
import { readFileSync, writeFileSync } from "node:fs";
import { argv, exit, stderr, stdout } from "node:process";
import { applyPatches, type Model, type Patch, type Shape } from "../src/contract/model.ts";

const directory = new URL("../src/contract/", import.meta.url);
const target = new URL("types.gen.ts", directory);

const readJson = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, directory), "utf8"));

const model = applyPatches(readJson<Model>("service.json"), readJson<Patch[]>("patches.json"));

/** The TypeScript type of a scalar or container shape; structures are referred to by name. */
function typeOf(name: string): string {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "string":
      return shape.enum ? name : "string";
    case "boolean":
      return "boolean";
    case "integer":
    case "long":
      return "number";
    case "timestamp":
      return "Date";
    case "blob":
      return "Uint8Array";
    case "list":
      return `${wrap(typeOf(shape.member.shape))}[]`;
    case "map":
      return `Record<string, ${typeOf(shape.value.shape)}>`;
    case "structure":
      return shape.document ? "unknown" : name;
  }
}

function shapeOf(name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model names the shape ${name} but does not define it.`);
  return shape;
}

const wrap = (type: string): string => (type.includes("|") ? `(${type})` : type);
const quote = (text: string): string => JSON.stringify(text);

function declare(name: string, shape: Shape): string {
  if (shape.type === "string" && shape.enum) {
    return `export type ${name} = ${shape.enum.map(quote).join(" | ")};`;
  }
  if (shape.type !== "structure" || shape.exception || shape.document) return "";
  const required = new Set(shape.required ?? []);
  const members = Object.entries(shape.members).map(([member, { shape: of }]) => {
    const type = typeOf(of);
    return required.has(member) ? `  ${member}: ${type};` : `  ${member}?: ${type} | undefined;`;
  });
  return members.length === 0
    ? `export type ${name} = Record<string, never>;`
    : `export interface ${name} {\n${members.join("\n")}\n}`;
}

const exceptions = Object.entries(model.shapes)
  .filter(([, shape]) => shape.type === "structure" && shape.exception)
  .map(([name]) => name)
  .sort();

const declarations = Object.keys(model.shapes)
  .sort()
  .map((name) => declare(name, shapeOf(name)))
  .filter((text) => text !== "");

const operations = Object.entries(model.operations).map(([name, operation]) => {
  const errors = operation.errors.map((error) => quote(error.shape)).join(" | ") || "never";
  const output = operation.output ? operation.output.shape : "undefined";
  return `  ${name}: { input: ${operation.input.shape}; output: ${output}; errors: ${errors} };`;
});

const text = `// Made by tools/contract.ts from service.json and patches.json. Do not edit.

${declarations.join("\n\n")}

/** Every exception that the contract defines. */
export type ExceptionName =
${exceptions.map((name) => `  | ${quote(name)}`).join("\n")};

/** Every operation of the JSON API: what it takes, what it answers and the errors it may answer with. */
export interface Operations {
${operations.join("\n")}
}

export type OperationName = keyof Operations;
`;

if (argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    stderr.write("src/contract/types.gen.ts is not current: run `npm run contract`.\n");
    exit(1);
  }
} else {
  writeFileSync(target, text);
  stdout.write(`${operations.length} operations, ${declarations.length} types\n`);
}
