/** One row of a file, and the user that it makes. Source: Cognito developer guide, formatting the CSV file. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { isEmail, isPhoneNumber } from "../lib/contact.ts";
import { faultOfHash, type HashAlgorithm } from "../lib/foreign-hash.ts";
import type { Pool } from "../pools/pool.ts";
import { checkAttributes } from "../users/attributes.ts";
import { newUser } from "../users/registration.ts";
import type { User } from "../users/user.ts";
import { hashColumn } from "./header.ts";

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** A user that a row makes. */
export interface Candidate {
  readonly user: User;
  /** A hash that was made elsewhere. */
  readonly hash: string | undefined;
  readonly wantsSmsMfa: boolean;
}

const fault = (message: string): ApiError => new ApiError("InvalidParameterException", message);

const flags: Readonly<Record<string, "true" | "false">> = { true: "true", false: "false", "": "false" };

function flagOf(row: Row, name: string): "true" | "false" {
  const flag = flags[(row[name] ?? "").trim().toLowerCase()];
  if (flag === undefined) throw fault(`${name} must be TRUE or FALSE`);
  return flag;
}

/** Reads a row. @throws ApiError saying why it makes no user */
export function readRow(
  app: Pick<App, "clock" | "random">,
  pool: Pool,
  row: Row,
  hashing: HashAlgorithm | undefined,
): Candidate {
  const username = (row["cognito:username"] ?? "").trim();
  if (username === "") throw fault("cognito:username is required");
  if ((row["cognito:mfa_enabled"] ?? "").trim() === "") throw fault("cognito:mfa_enabled is required");
  const wantsSmsMfa = flagOf(row, "cognito:mfa_enabled") === "true";
  const hash = hashing && (row[hashColumn] ?? "").trim();
  const badHash = hashing && hash ? faultOfHash(hashing, hash) : undefined;
  if (badHash) throw fault(badHash);
  const attributes = attributesOf(row);
  checkAttributes(pool, attributes, { by: "admin" });
  checkContacts(pool, attributes, wantsSmsMfa);
  const status = hash ? "CONFIRMED" : "RESET_REQUIRED";
  const user = newUser(app, pool, { sub: app.random.uuid(), username, attributes, status });
  return { user, hash: hash || undefined, wantsSmsMfa };
}

function attributesOf(row: Row): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(row)) {
    if (name.startsWith("cognito:") || value === "") continue;
    attributes[name] = name === "birthdate" ? birthdateOf(value) : value;
  }
  for (const contact of ["email", "phone_number"]) {
    const flag = flagOf(row, `${contact}_verified`);
    if (attributes[contact]) attributes[`${contact}_verified`] = flag;
    else if (flag === "true") throw fault(`${contact} is required when ${contact}_verified is TRUE`);
    else delete attributes[`${contact}_verified`];
  }
  return attributes;
}

/** Files write dates as the attribute does not: month, day, year. */
function birthdateOf(value: string): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value) ?? [];
  if (!year) throw fault("birthdate must be mm/dd/yyyy");
  return `${year}-${month}-${day}`;
}

function checkContacts(pool: Pool, attributes: Readonly<Record<string, string>>, wantsSmsMfa: boolean): void {
  const { email, phone_number } = attributes;
  if (email && !isEmail(email)) throw fault("Invalid email address format.");
  if (phone_number && !isPhoneNumber(phone_number)) throw fault("Invalid phone number format.");
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  if (verified.length > 0 && !verified.some((name) => attributes[name])) {
    throw fault(`One of the auto-verified attributes is required: ${verified.join(", ")}`);
  }
  if (wantsSmsMfa && !phone_number) throw fault("phone_number is required when cognito:mfa_enabled is TRUE");
}
