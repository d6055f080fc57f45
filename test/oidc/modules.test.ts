/** Every module of the plans is played by a test of its name, and every difference is told to readers. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { basic, beyond, differences, discovery, logout } from "./modules.ts";

const folder = new URL("./", import.meta.url);
const all: readonly string[] = [...basic, ...discovery, ...logout, ...beyond];

const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts") && name !== "modules.test.ts")
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

/** The names of modules at the beginning of a title, or of a row that gives one. */
const played = texts.flatMap((text) => [...text.matchAll(/"(oidcc-[a-z0-9-]+)[":,]/g)].map(([, name = ""]) => name));

describe("the plans of the OpenID Foundation", () => {
  it("are whole: 36 modules of Basic OP, 1 of Config OP, 11 of RP-Initiated Logout OP", () => {
    expect([basic, discovery, logout].map(({ length }) => length)).toEqual([36, 1, 11]);
    expect(new Set(all).size).toBe(all.length);
  });

  it("are played, each module by a test of its name, and no test has another name", () => {
    expect([...new Set(played)].toSorted()).toEqual(all.toSorted());
  });

  it("differ where the documentation says so, with the same reason", () => {
    const page = readFileSync(new URL("../../docs/differences.md", folder), "utf8");
    const untold = Object.entries(differences).filter(([name, why]) => !page.includes(`| \`${name}\` | ${why} |`));
    expect(untold).toEqual([]);
  });
});
