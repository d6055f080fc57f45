/** Reads docs/differences.md: where Poolhouse knowingly differs from Cognito, a row each. */
import { readFileSync } from "node:fs";

/** What differs, what Cognito does, what Poolhouse does, and why. */
export interface Difference {
  readonly what: string;
  readonly cognito: string;
  readonly poolhouse: string;
  readonly why: string;
}

const columns = 4;

/** The rows of the page's first table. @throws when a row has another number of cells */
export function readDifferences(): Difference[] {
  const page = readFileSync(new URL("../docs/differences.md", import.meta.url), "utf8");
  const table = page.slice(page.indexOf("| what "), page.indexOf("\n## "));
  return table
    .trim()
    .split("\n")
    .slice(2)
    .map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const [what = "", cognito = "", poolhouse = "", why = ""] = cells;
      if (cells.length !== columns || cells.includes("")) throw new Error(`docs/differences.md: no such row: ${line}`);
      return { what, cognito, poolhouse, why };
    });
}

/** The operations that a row names. */
export const operationsOf = ({ what }: Difference): string[] =>
  [...what.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name = ""]) => name);
