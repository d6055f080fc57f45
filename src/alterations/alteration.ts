/**
 * Alterations: changes of what Cognito freezes when a pool is made: its attributes, the attributes that users sign in by,
 * and whether case makes names different. The room owns what may be wished for, what the settings are afterwards, what
 * in the pool's data stands in the way, and the one transaction that brings the data in line. It is no part of the API;
 * the command line reaches it.
 */
import type { SchemaAttributeType } from "../contract/types.gen.ts";
import type { AliasName } from "../database/schema.ts";
import type { PoolSettings } from "../pools/pool.ts";
import { isStandardAttribute } from "../pools/schema.ts";

/** What is to be different of one attribute. Absent members stay; `null` takes a bound away. */
export interface AttributeChange {
  readonly min?: number | null;
  readonly max?: number | null;
  readonly isMutable?: boolean;
  readonly isRequired?: boolean;
}

/** What is to be different of a pool. */
export interface Wishes {
  readonly aliases?: readonly AliasName[];
  readonly usernames?: readonly ("email" | "phone_number")[];
  readonly isCaseSensitive?: boolean;
  readonly attributes: ReadonlyMap<string, AttributeChange>;
  /** Custom attributes by their names, and the new ones. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Custom attributes that are to be no more. */
  readonly removed: ReadonlySet<string>;
  /** Whether the values that users have of removed attributes go too. */
  readonly dropsValues: boolean;
}

/** A wish that makes no sense, whatever the data. */
export class AlterationError extends Error {
  override readonly name = "AlterationError";
}

/** The settings of a pool as they are wished for. @throws AlterationError */
export function alteredSettings(settings: PoolSettings, wishes: Wishes): PoolSettings {
  const { aliases, usernames, isCaseSensitive } = wishes;
  const altered: PoolSettings = {
    ...settings,
    SchemaAttributes: alteredSchema(settings.SchemaAttributes, wishes),
    ...(aliases && { AliasAttributes: nonEmpty(aliases) }),
    ...(usernames && { UsernameAttributes: nonEmpty(usernames) }),
    ...(isCaseSensitive !== undefined && { UsernameConfiguration: { CaseSensitive: isCaseSensitive } }),
  };
  if (altered.AliasAttributes && altered.UsernameAttributes) {
    throw new AlterationError(
      "A pool has attributes as aliases or as usernames, not both: give --alias-attributes none or --username-attributes none with it.",
    );
  }
  return altered;
}

const nonEmpty = <Item>(items: readonly Item[]): Item[] | undefined => (items.length > 0 ? [...items] : undefined);

function alteredSchema(schema: readonly SchemaAttributeType[], wishes: Wishes): SchemaAttributeType[] {
  const { attributes, renamed, removed } = wishes;
  const known = new Map(schema.map((attribute) => [attribute.Name ?? "", attribute]));
  for (const name of [...attributes.keys(), ...renamed.keys(), ...removed]) {
    if (!known.has(name)) throw new AlterationError(`The pool has no attribute ${name}.`);
  }
  for (const name of [...renamed.keys(), ...removed]) {
    if (isStandardAttribute(name)) throw new AlterationError(`${name} is an attribute of every pool: it stays.`);
  }
  for (const [name, next] of renamed) checkNewName(known, name, next);
  const both = [...attributes.keys()].find((name) => renamed.has(name) || removed.has(name));
  if (both !== undefined) throw new AlterationError(`${both} is changed in two ways: do one after the other.`);
  return schema
    .filter(({ Name = "" }) => !removed.has(Name))
    .map((attribute) => {
      const name = attribute.Name ?? "";
      const change = attributes.get(name);
      const changed = change ? alteredAttribute(attribute, change) : attribute;
      return { ...changed, Name: renamed.get(name) ?? name };
    });
}

/** Names of custom attributes. Source: Cognito API reference, SchemaAttributeType. */
const customName = /^(dev:)?custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;

function checkNewName(known: ReadonlyMap<string, unknown>, name: string, next: string): void {
  if (known.has(next)) throw new AlterationError(`The pool has an attribute ${next} already.`);
  if (customName.test(next) && next.startsWith("dev:") === name.startsWith("dev:")) return;
  throw new AlterationError(`${name} cannot be called ${next}: it takes custom: and 1 to 20 characters.`);
}

function alteredAttribute(attribute: SchemaAttributeType, change: AttributeChange): SchemaAttributeType {
  const { isMutable, isRequired } = change;
  if (attribute.Name === "sub") throw new AlterationError("sub is what a user is known by: it stays as it is.");
  const changed: SchemaAttributeType = {
    ...attribute,
    ...(isMutable !== undefined && { Mutable: isMutable }),
    ...(isRequired !== undefined && { Required: isRequired }),
  };
  if (change.min === undefined && change.max === undefined) return changed;
  switch (attribute.AttributeDataType) {
    case "String": {
      const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {};
      const [from, to] = boundsOf(change, MinLength, MaxLength);
      return { ...changed, StringAttributeConstraints: { MinLength: from, MaxLength: to } };
    }
    case "Number": {
      const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {};
      const [from, to] = boundsOf(change, MinValue, MaxValue);
      return { ...changed, NumberAttributeConstraints: { MinValue: from, MaxValue: to } };
    }
    case "Boolean":
    case "DateTime":
    case undefined:
      throw new AlterationError(`${attribute.Name} is no text and no number: it has no bounds.`);
  }
}

type Bound = string | undefined;

function boundsOf({ min, max }: AttributeChange, least: Bound, most: Bound): readonly [from: Bound, to: Bound] {
  const [from, to] = [boundOf(min, least), boundOf(max, most)];
  if (from !== undefined && to !== undefined && Number(from) > Number(to)) {
    throw new AlterationError(`A least of ${from} is above a most of ${to}.`);
  }
  return [from, to];
}

const boundOf = (wished: number | null | undefined, present: Bound): Bound =>
  wished === undefined ? present : wished === null ? undefined : String(wished);

/** Attribute names of a list after an alteration: those of a client, or of a provider's mapping. */
export const alteredNames = (names: readonly string[], { renamed, removed }: Wishes): string[] =>
  names.filter((name) => !removed.has(name)).map((name) => renamed.get(name) ?? name);
