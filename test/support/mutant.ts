/** The product with one line changed: a harness that does not find what such a change breaks is worth nothing. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { openHouse } from "../../src/house.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One change of one file below src/. */
export interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Gives passwords hashes that cost next to nothing, for a harness that makes thousands and is not about them. */
export const cheapHashes: Mutation = { file: "lib/password-hash.ts", from: "memoryCost: 19_456", to: "memoryCost: 64" };

/** The text of a file with its change. @throws when there is nothing to change, or more than one place */
function changed({ file, from, to }: Mutation): readonly [path: string, contents: string] {
  const path = join(root, "src", file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not have exactly one: ${from}`);
  return [path, text.replace(from, to)];
}

/** Bundles the house with changes, one a file at most, and gives its `openHouse`. */
export async function openMutant(...mutations: readonly Mutation[]): Promise<typeof openHouse> {
  const contents = new Map(mutations.map(changed));
  const folder = join(root, "node_modules", ".mutants");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${process.pid}-${Date.now()}.mjs`);
  await build({
    entryPoints: [join(root, "src", "house.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node24",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "error",
    plugins: [
      {
        name: "mutation",
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
            const found = contents.get(path);
            return found === undefined ? undefined : { contents: found, loader: path.endsWith("x") ? "tsx" : "ts" };
          });
        },
      },
    ],
  });
  try {
    const mutant: { readonly openHouse: typeof openHouse } = await import(pathToFileURL(outfile).href);
    return mutant.openHouse;
  } finally {
    rmSync(outfile, { force: true });
  }
}
