/**
 * Makes the tables of the documentation from the code and from docs/differences.md: docs/operations.md, docs/settings.md and the README's table.
 *
 *   node tools/docs.ts           writes them
 *   node tools/docs.ts --check   fails when one is not current
 */
import { readFileSync, writeFileSync } from "node:fs";
import { argv, exit, stderr } from "node:process";
import { operations } from "../src/api/operations.ts";
import { accessOf, operationNames } from "../src/contract/contract.ts";
import { settingRows } from "../src/setting-rows.ts";
import { type Difference, operationsOf, readDifferences } from "./differences.ts";

const root = new URL("../", import.meta.url);

const settingsTable = [
  "| flag | variable | default | meaning |",
  "|---|---|---|---|",
  ...settingRows.map(
    ({ flag, value, variable, standard, meaning }) =>
      `| \`--${flag}${value ? ` <${value.replace("|", "\\|")}>` : ""}\` | \`${variable}\` | ${standard ? `\`${standard}\`` : ""} | ${meaning} |`,
  ),
].join("\n");

const access = { signed: "signature", token: "access token", none: "none" } as const;

const differences = readDifferences();

/** What differs, without the operations that it names. */
const titleOf = ({ what }: Difference): string => what.replace(/ \((?:`[A-Za-z]+`(?:, )?)+\)/g, "");

const differencesOf = (name: string): string =>
  differences
    .filter((difference) => operationsOf(difference).includes(name))
    .map((difference) => `${titleOf(difference)}: ${difference.poolhouse}`)
    .join("; ");

const otherDifferences = differences.filter((difference) => operationsOf(difference).length === 0).map(titleOf);

const operationRows = operationNames.toSorted().map((name) => {
  const operation = operations[name];
  const served = "reason" in operation ? `no: ${operation.reason}` : "yes";
  return `| ${name} | ${access[accessOf(name)]} | ${served} | ${differencesOf(name)} |`;
});

const servedCount = operationNames.filter((name) => !("reason" in operations[name])).length;

const made = "<!-- Made by tools/docs.ts. Do not edit. -->";

const documents: Readonly<Record<string, string>> = {
  "docs/settings.md": `# Settings\n\n${made}\n\nA flag wins over its variable, and a variable over the default.\n\n${settingsTable}\n`,
  "docs/operations.md": operationsPage(),
  "README.md": readme(),
};

function operationsPage(): string {
  return [
    "# Operations",
    made,
    `${servedCount} of the ${operationNames.length} operations are served. The others answer with \`OperationNotEnabledException\` and say so.`,
    ["| operation | proves itself by | served | known differences |", "|---|---|---|---|", ...operationRows].join("\n"),
    "Known differences that are not about one operation, each with its reason in [differences.md](differences.md):",
    `${otherDifferences.map((title) => `- ${title}`).join("\n")}\n`,
  ].join("\n\n");
}

function readme(): string {
  const text = readFileSync(new URL("README.md", root), "utf8");
  const [start, end] = ["<!-- settings -->", "<!-- end of settings -->"];
  const from = text.indexOf(start) + start.length;
  return `${text.slice(0, from)}\n\n${settingsTable}\n\n${text.slice(text.indexOf(end))}`;
}

const stale = Object.entries(documents).filter(([path, text]) => {
  try {
    return readFileSync(new URL(path, root), "utf8") !== text;
  } catch {
    return true;
  }
});

if (argv.includes("--check")) {
  for (const [path] of stale) stderr.write(`${path} is not current: run \`npm run docs\`.\n`);
  exit(stale.length > 0 ? 1 : 0);
}
for (const [path, text] of stale) writeFileSync(new URL(path, root), text);
