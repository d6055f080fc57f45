/**
 * Lists the languages of the pages: every file of src/hosted/languages/ that is one. A translator adds a file and runs this.
 *
 *   node tools/languages.ts           writes src/hosted/languages/all.gen.ts
 *   node tools/languages.ts --check   fails when it is not current
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { argv, exit, stderr } from "node:process";

const folder = new URL("../src/hosted/languages/", import.meta.url);
const target = new URL("all.gen.ts", folder);

/** The code of a language's file, and the name of its table. */
function languageOf(file: string): { readonly code: string; readonly name: string } | undefined {
  const code = /^([a-z]{2,3}(?:-[A-Z]{2})?)\.ts$/.exec(file)?.[1];
  const name = code && /^export const (\w+)(?:: Texts)? = \{/m.exec(readFileSync(new URL(file, folder), "utf8"))?.[1];
  return code && name ? { code, name } : undefined;
}

const languages = readdirSync(folder)
  .toSorted()
  .flatMap((file) => languageOf(file) ?? []);

const keyOf = (code: string): string => (code.includes("-") ? `"${code}"` : code);

const text = `/** Every language of the pages by its code. Made by tools/languages.ts. Do not edit. */
${languages.map(({ code, name }) => `import { ${code === "en" ? `${name}, type Texts` : name} } from "./${code}.ts";`).join("\n")}

export const languages = {
${languages.map(({ code, name }) => `  ${keyOf(code)}: ${name},`).join("\n")}
} as const satisfies Readonly<Record<string, Texts>>;
`;

const before = readFileSync(target, { encoding: "utf8", flag: "a+" });
if (argv.includes("--check") && before !== text) {
  stderr.write("src/hosted/languages/all.gen.ts is not current: run `npm run languages`.\n");
  exit(1);
}
if (before !== text) writeFileSync(target, text);
