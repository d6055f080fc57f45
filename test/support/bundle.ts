/** Scripts of pages, as a bundler makes them for an application. */
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
