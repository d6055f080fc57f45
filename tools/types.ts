/**
 * Makes dist/types/: the declarations of the package's entry and of what it names, and no others. Those of the whole
 * house would ask everybody who uses the package for the types of its libraries.
 *
 *   node tools/types.ts
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { stdout } from "node:process";

const root = new URL("../", import.meta.url).pathname;
const target = join(root, "dist", "types");
const all = mkdtempSync(join(tmpdir(), "poolhouse-types-"));
execFileSync(join(root, "node_modules", ".bin", "tsc"), ["-p", join(root, "tsconfig.types.json"), "--outDir", all], {
  stdio: "inherit",
});

const declarationOf = (module: string): string => module.replace(/\.tsx?$/, ".d.ts");

/** A declaration, and those that it imports. */
function reach(file: string, reached: Set<string>): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const [, module = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g))
    reach(join(dirname(file), declarationOf(module)), reached);
  return reached;
}

const reached = reach(join(all, "poolhouse.d.ts"), new Set());
rmSync(target, { recursive: true, force: true });
for (const file of reached) {
  const place = join(target, relative(all, file));
  mkdirSync(dirname(place), { recursive: true });
  // Compilers of every age find a declaration by the name of the file that it is of.
  writeFileSync(place, readFileSync(file, "utf8").replace(/(from "\.[^"]+)\.tsx?"/g, '$1.js"'));
}
rmSync(all, { recursive: true });
stdout.write(`dist/types/ has the ${reached.size} declarations of the package's entry.\n`);
