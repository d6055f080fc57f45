/** Scripts as a bundler makes them: those of pages, and processes of tests that run the whole house. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The one script that a page of test/browser/apps becomes. */
export async function bundleOf(app: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../browser/apps/${app}.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * Bundles a process of a test, for Node alone does not read the pages' files, and gives where it stands: beside the
 * packages, which it imports.
 */
export async function processOf(name: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`../../node_modules/.cache/poolhouse/${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    packages: "external",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    outfile,
    logLevel: "error",
  });
  return outfile;
}
