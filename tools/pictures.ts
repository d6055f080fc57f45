/**
 * Takes a picture of every hosted page, in light and dark, on a phone and on a desk, and writes docs/pages.md of them.
 * The pictures are taken by the test that looks at every page, so what they show has been looked at.
 *
 *   node tools/pictures.ts
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { type Scene, scenes } from "../test/support/scenes.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = `${root}docs/pictures/`;

function describe({ name, title }: Scene): string {
  const pictures = ["light", "dark", "light-phone", "dark-phone"].map((way) => `![](pictures/${name}-${way}.png)`);
  return `## ${title}

| light | dark | phone, light | phone, dark |
|---|---|---|---|
| ${pictures.join(" | ")} |
`;
}

const opening = `# The hosted pages

Every page in light and dark, on a desk and on a phone. \`node tools/pictures.ts\` takes the pictures again and writes this
page.
`;

mkdirSync(folder, { recursive: true });
execFileSync(
  execPath,
  [`${root}node_modules/vitest/vitest.mjs`, "run", "--project", "browser", "test/browser/every-page.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...env, POOLHOUSE_PICTURES: folder } },
);
writeFileSync(`${root}docs/pages.md`, [opening, ...scenes.map(describe)].join("\n"));
