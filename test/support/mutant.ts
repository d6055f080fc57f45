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

/** Bundles the house with a change and gives its `openHouse`. @throws when there is nothing to change */
export async function openMutant({ file, from, to }: Mutation): Promise<typeof openHouse> {
  const path = join(root, "src", file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not have exactly one: ${from}`);
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
          onLoad({ filter: /\.tsx?$/ }, (load) =>
            load.path === path
              ? { contents: text.replace(from, to), loader: path.endsWith("x") ? "tsx" : "ts" }
              : undefined,
          );
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
