/** The house is tidy: who may import whom, where SQL, HTTP and HTML may stand, and what files are called. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { operations, unsupported } from "../src/api/operations.ts";
import { isOperationName, operationNames } from "../src/contract/contract.ts";

/** The rooms, lowest first. A file imports its own room and lower ones. */
const rooms = [
  "lib",
  "contract",
  "metrics",
  "database",
  "vault",
  "access",
  "limits",
  "pools",
  "replicas",
  "tags",
  "logs",
  "providers",
  "clients",
  "audit",
  "branding",
  "triggers",
  "messages",
  "events",
  "risk",
  "codes",
  "passwords",
  "factors",
  "devices",
  "users",
  "identities",
  "groups",
  "imports",
  "alterations",
  "keys",
  "tokens",
  "sessions",
  "signin",
  "federation",
  "moves",
  "api",
  "oauth",
  "hosted",
  "tls",
  "commands",
];

/** Doors speak HTTP. */
const doors = ["api", "oauth", "hosted"];

/** Files beside the rooms: those that every room may use, and those that put the house together. */
const foundations = ["app.ts", "operation.ts", "setting-rows.ts", "settings.ts"];
const composition = [
  "apply-seed.ts",
  "doors.ts",
  "house.ts",
  "listener.ts",
  "main.ts",
  "measured.ts",
  "metrics-listener.ts",
  "poolhouse.ts",
  "seed.ts",
  "site.ts",
];

const root = fileURLToPath(new URL("../", import.meta.url));
const source = join(root, "src");

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();

const files = filesBelow(source).filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".gen.ts"));
const code = files.filter((file) => !file.endsWith(".test.ts"));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const roomOf = (file: string): string => file.split("/")[1] ?? "";

interface Import {
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const importsOf = (file: string): Import[] =>
  [...textOf(file).matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/gms)].map(
    ([, type, target = ""]) => ({
      target: target.startsWith(".") ? relative(root, join(root, dirname(file), target)) : target,
      isTypeOnly: type !== undefined,
    }),
  );

describe("the rooms", () => {
  it("are those of the list, and the architecture page names each", () => {
    const folders = readdirSync(source, { withFileTypes: true });
    expect(
      folders
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(rooms.toSorted());
    const page = textOf("docs/architecture.md");
    expect(rooms.filter((room) => !page.includes(`${room}/`))).toEqual([]);
    const beside = folders
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .toSorted();
    expect(beside).toEqual([...foundations, ...composition].toSorted());
    expect(beside.filter((name) => !page.includes(name))).toEqual([]);
  });

  it("import only themselves and lower ones", () => {
    const wrong = code.flatMap((file) => {
      const height = rooms.indexOf(roomOf(file));
      if (height < 0) return [];
      return importsOf(file)
        .filter(({ target, isTypeOnly }) => {
          const beside = basename(target);
          if (!target.startsWith("src/")) return false;
          if (dirname(target) === "src") return !foundations.includes(beside) && roomOf(file) !== "commands";
          // The schema and the kinds of operation name the nouns of higher rooms, as types only.
          return rooms.indexOf(roomOf(target)) > height && !(isTypeOnly && file === "src/database/schema.ts");
        })
        .map(({ target }) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("are named as types only by what stands under them", () => {
    const wrong = ["src/app.ts", "src/operation.ts"].flatMap((file) =>
      importsOf(file)
        .filter(({ target, isTypeOnly }) => !isTypeOnly && rooms.indexOf(roomOf(target)) > rooms.indexOf("contract"))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("a file", () => {
  it("speaks SQL only as a store or in database/", () => {
    const wrong = code.filter((file) => {
      const isStore = basename(file) === "store.ts" || roomOf(file) === "database";
      return !isStore && importsOf(file).some(({ target }) => target === "kysely");
    });
    expect(wrong).toEqual([]);
  });

  it("speaks HTTP only in a door", () => {
    const words = /\b(Request|Response|Headers|URLSearchParams)\b[(<]|set-cookie|from "hono/;
    const allowed = new Set([...doors, "commands"]);
    // A link in a message is no request, and the OpenID library takes answers in the form of fetch.
    const exempt = ["src/users/sign-up-code.ts", "src/federation/relying-party.ts"];
    const wrong = code.filter(
      (file) =>
        rooms.includes(roomOf(file)) &&
        !allowed.has(roomOf(file)) &&
        !exempt.includes(file) &&
        words.test(textOf(file)),
    );
    expect(wrong).toEqual([]);
  });

  it("speaks HTML only as .tsx", () => {
    const wrong = code.filter(
      (file) => file.endsWith(".ts") && /<(html|body|div|form|input|h1)[\s>]/.test(textOf(file)),
    );
    expect(wrong).toEqual([]);
  });

  it("has a name that says what it is about", () => {
    const empty = /^(helpers?|utils?|common|misc|types|services?|managers?)(\.|$)/;
    // The types of a request are what that file is about.
    const wrong = files.filter(
      (file) => file.split("/").some((part) => empty.test(part)) && file !== "src/contract/types.ts",
    );
    expect(wrong).toEqual([]);
  });

  it("leaves nothing for later and names no machine", () => {
    const everywhere = [
      ...files,
      ...filesBelow(join(root, "test")),
      ...filesBelow(join(root, "docs")),
      ...filesBelow(join(root, "tools")),
    ];
    const words = new RegExp(["TO" + "DO", "FIX" + "ME", "/wo" + "rk/", "regis" + "try\\.npm"].join("|"));
    expect(everywhere.filter((file) => /\.(tsx?|md|json)$/.test(file) && words.test(textOf(file)))).toEqual([]);
  });

  it("is read in one sitting", () => {
    const sizes = code
      .map((file) => ({ file, lines: textOf(file).split("\n").length }))
      .toSorted((one, other) => other.lines - one.lines);
    process.stdout.write(
      `largest files: ${sizes
        .slice(0, 5)
        .map(({ file, lines }) => `${file} ${lines}`)
        .join(", ")}\n`,
    );
    // Every table stands on one page, however many there are.
    const onePage = "src/database/schema.ts";
    expect(sizes.filter(({ file, lines }) => lines > 400 && file !== onePage)).toEqual([]);
  });
});

describe("an operation", () => {
  const operationFiles = code.filter((file) => /^[A-Z]/.test(basename(file)));

  it("has a file that bears its name and exports it, and its room lists it", () => {
    for (const file of operationFiles) {
      const name = basename(file, ".ts");
      expect(isOperationName(name), file).toBe(true);
      expect(textOf(file), file).toContain(`export const ${name} = `);
      expect(textOf(join(dirname(file), "operations.ts")), file).toContain(`export { ${name} } from "./${name}.ts";`);
    }
  });

  it("is served from its file or knowingly not served, and never both", () => {
    const served = operationFiles.map((file) => basename(file, ".ts")).toSorted();
    expect(operationNames.filter((name) => !("reason" in operations[name])).toSorted()).toEqual(served);
    expect(served.filter((name) => name in unsupported)).toEqual([]);
  });
});
