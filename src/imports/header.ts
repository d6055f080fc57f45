/** The columns of a file. Source: Cognito API reference, GetCSVHeader. */
import type { Pool } from "../pools/pool.ts";
import { isStandardAttribute } from "../pools/schema.ts";
import type { ImportSettings } from "./job.ts";

const standard = [
  "name",
  "given_name",
  "family_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "email",
  "email_verified",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "phone_number",
  "phone_number_verified",
  "address",
  "updated_at",
];

/** Unconfirmed: the name of the column that hashes stand in. */
export const hashColumn = "cognito:password_hash";

/** The header of a pool's files, in Cognito's order. */
export function csvHeader(pool: Pool): string[] {
  const custom = pool.settings.SchemaAttributes.map(({ Name = "" }) => Name).filter(
    (name) => !isStandardAttribute(name),
  );
  return [...standard, ...custom, "cognito:mfa_enabled", "cognito:username"];
}

/** What is wrong with the header of a file: columns may stand in any order, but must be those of the pool. */
export function faultOfHeader(pool: Pool, { hashing }: ImportSettings, columns: readonly string[]): string | undefined {
  const expected = new Set([...csvHeader(pool), ...(hashing ? [hashColumn] : [])]);
  const unknown = columns.filter((name) => !expected.has(name));
  if (unknown.length > 0) return `The header row has columns that the user pool does not have: ${unknown.join(", ")}`;
  const missing = [...expected].filter((name) => !columns.includes(name));
  if (missing.length > 0) return `The header row lacks columns: ${missing.join(", ")}`;
  return new Set(columns).size < columns.length ? "The header row names a column twice" : undefined;
}
