/** `poolhouse pool alter`: changes what Cognito freezes, or says what stands in the way. */
import { stderr, stdout } from "node:process";
import { alterPool, type Outcome } from "../alterations/alter.ts";
import type { AttributeChange, Wishes } from "../alterations/alteration.ts";
import { ApiError } from "../contract/errors.ts";
import type { AliasName } from "../database/schema.ts";
import type { Given } from "../settings.ts";
import { progressOf } from "./progress.ts";
import { withStore } from "./with-store.ts";

/** The flags, some of which may be given again and again. */
export type AlterGiven = Omit<Given, "attribute" | "rename" | "remove"> & {
  readonly attribute?: readonly string[];
  readonly rename?: readonly string[];
  readonly remove?: readonly string[];
};

/** Alters a pool; with `--dry-run` it only finds out whether it could be. @throws when something stands in the way */
export async function runAlter(poolId: string, { attribute = [], rename = [], remove = [], ...rest }: AlterGiven) {
  const given: Given = rest;
  const wishes: Wishes = { ...wishesOf(given), ...attributeWishes({ attribute, rename, remove }) };
  if (wishesNothing(wishes))
    throw new Error("Say what is to be different: `poolhouse pool alter --help` lists the flags.");
  const options = { isTrial: given["dryRun"] === true, onProgress: progressOf("Looked at", "users") };
  const outcome = await withStore(given, "found", (store) => alterPool(store, poolId, wishes, options)).catch(
    (error: unknown) => {
      throw error instanceof ApiError ? new Error(error.message, { cause: error }) : error;
    },
  );
  tell(outcome);
}

function tell({ obstacles, isDone, users }: Outcome): void {
  for (const { reason, users: many, examples } of obstacles) {
    const more = many > examples.length ? `, and ${many - examples.length} more` : "";
    stderr.write(`${many} ${many === 1 ? "user" : "users"}: ${reason}\n  ${examples.join(", ")}${more}\n`);
  }
  if (obstacles.length > 0) throw new Error("What is listed above stands in the way. Nothing was changed.");
  const looked = `${users.toLocaleString("en")} users were looked at`;
  stdout.write(
    isDone ? `The pool is altered; ${looked}.\n` : `Nothing stands in the way; ${looked}. Nothing was changed.\n`,
  );
}

const wishesNothing = ({ aliases, usernames, isCaseSensitive, attributes, renamed, removed }: Wishes): boolean =>
  aliases === undefined &&
  usernames === undefined &&
  isCaseSensitive === undefined &&
  attributes.size + renamed.size + removed.size === 0;

function wishesOf(given: Given) {
  const { aliasAttributes, usernameAttributes, caseSensitive, dropValues } = given;
  const aliases = listOf("alias-attributes", aliasAttributes, isAlias);
  const usernames = listOf("username-attributes", usernameAttributes, isContact);
  return {
    ...(aliases && { aliases }),
    ...(usernames && { usernames }),
    ...(caseSensitive !== undefined && { isCaseSensitive: yesOrNo("case-sensitive", String(caseSensitive)) }),
    dropsValues: dropValues === true,
  };
}

const isContact = (name: string): name is "email" | "phone_number" => name === "email" || name === "phone_number";
const isAlias = (name: string): name is AliasName => isContact(name) || name === "preferred_username";

/** A list of names, or `none`. */
function listOf<Name extends string>(
  flag: string,
  text: string | boolean | undefined,
  isName: (name: string) => name is Name,
): Name[] | undefined {
  if (typeof text !== "string") return undefined;
  if (text === "none") return [];
  const names = text.split(",").map((name) => name.trim());
  const known = names.filter(isName);
  if (known.length === names.length) return known;
  throw new Error(`--${flag} takes names separated by commas, or none; not ${text}.`);
}

function yesOrNo(what: string, text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new Error(`${what} takes yes or no, not ${text}.`);
}

function attributeWishes(given: Required<Pick<AlterGiven, "attribute" | "rename" | "remove">>) {
  return {
    attributes: new Map(given.attribute.map(parseChange)),
    renamed: new Map(given.rename.map(parseRename)),
    removed: new Set(given.remove),
  };
}

function parseRename(text: string): [string, string] {
  const [before = "", after = "", ...more] = text.split("=");
  if (before && after && more.length === 0) return [before, after];
  throw new Error(`--rename takes <attribute>=<new name>, not ${text}.`);
}

/** Reads `custom:level min=1 max=none mutable=yes required=no`. */
function parseChange(text: string): [string, AttributeChange] {
  const [name = "", ...parts] = text.trim().split(/\s+/);
  if (parts.length === 0)
    throw new Error(`--attribute takes "<attribute> min=1 max=10 mutable=yes required=no", not ${text}.`);
  return [name, Object.assign({}, ...parts.map((part) => parsePart(name, part)))];
}

function parsePart(name: string, part: string): AttributeChange {
  const [what = "", value = ""] = part.split("=");
  switch (what) {
    case "min":
    case "max":
      return { [what]: value === "none" ? null : wholeNumber(`${what} of ${name}`, value) };
    case "mutable":
      return { isMutable: yesOrNo(`mutable of ${name}`, value) };
    case "required":
      return { isRequired: yesOrNo(`required of ${name}`, value) };
    default:
      throw new Error(`An attribute has min, max, mutable and required, and no ${what}.`);
  }
}

function wholeNumber(what: string, text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new Error(`${what} takes a whole number or none, not ${text}.`);
}
