/**
 * The second form of a password, for sign-in by SRP. It is salted but not stretched, so it exists only where the pool
 * has a client that allows SRP; it is always replaced together with the hash, and neither is made from the other.
 */
import { hkdfSync } from "node:crypto";
import type { App } from "../app.ts";
import { allowedFlows, type ClientSettings } from "../clients/client.ts";
import { settingsOfClients } from "../clients/store.ts";
import { minute } from "../lib/clock.ts";
import { isEmail, isPhoneNumber } from "../lib/contact.ts";
import { toBytes, toNumber } from "../lib/modular-power.ts";
import {
  type Claim,
  type Identity,
  makeServerHalf,
  makeVerifier,
  parseTimestamp,
  provesPassword,
  type Verifier,
} from "../lib/srp.ts";
import { imaginedBytes, imaginedHolder } from "../pools/nobody.ts";
import { foldName, type Pool } from "../pools/pool.ts";
import {
  type CheckedPassword,
  type Credential,
  countingFailures,
  hasLapsed,
  type PasswordSubject,
  whenNotTooBusy,
} from "./failures.ts";
import { findPassword, type StoredPassword } from "./store.ts";

const saltBytes = 16;
const secretBytes = 32;

/** Where a verifier is sealed for. */
export const placeOf = (sub: string) => ({ table: "passwords", column: "sealed_srp", row: sub });

/** The names that go into a password of a pool. Source: Amazon's published client libraries. */
const identityOf = (pool: Pool, username: string): Identity => ({
  realm: pool.id.slice(pool.id.indexOf("_") + 1),
  name: username,
});

/** Whether passwords of a pool are kept for SRP too. A pool without clients does not know yet and keeps both. */
async function allowsSrp(app: Pick<App, "db">, pool: Pool): Promise<boolean> {
  const clients = await settingsOfClients(app.db, pool.id);
  return clients.length === 0 || clients.some((settings) => mayUseSrp(settings));
}

function mayUseSrp(settings: ClientSettings): boolean {
  const flows = allowedFlows({ settings });
  return flows.has("ALLOW_USER_SRP_AUTH") || flows.has("ALLOW_USER_AUTH") || flows.has("ALLOW_CUSTOM_AUTH");
}

/** Makes and seals the verifier of a password, or gives null where the pool has no use for it. */
export async function sealVerifier(
  app: App,
  pool: Pool,
  { sub, username }: Pick<Credential, "sub" | "username">,
  password: string,
): Promise<string | null> {
  if (!(await allowsSrp(app, pool))) return null;
  const salt = toNumber(app.random.bytes(saltBytes));
  const made = await whenNotTooBusy(() => makeVerifier(app.powers, identityOf(pool, username), password, salt));
  const keys = await app.vault.poolKeys(app.db, pool.id);
  return keys.seal("srp", placeOf(sub), JSON.stringify([made.salt.toString(16), made.verifier.toString(16)]));
}

/** What the server shows and what it must remember until the answer. All numbers are hexadecimal. */
export interface SrpQuestion {
  readonly salt: string;
  readonly publicValue: string;
  readonly remembered: string;
}

/**
 * Opens an exchange. For a name that nobody has, and for a user without a verifier, it looks and costs the same: the
 * salt is stable for the name, and the exchange fails at its end.
 */
export async function openSrp(app: App, subject: PasswordSubject, clientValue: bigint): Promise<SrpQuestion> {
  const { pool, user, username } = subject;
  const stored = await findPassword(app.db, user ?? (await imaginedHolder(app, pool, username)));
  const { salt, verifier } = await verifierOf(app, subject, stored);
  const randomSecret = () => toNumber(app.random.bytes(secretBytes)) + 1n;
  const half = await whenNotTooBusy(() => makeServerHalf(app.powers, verifier, clientValue, { randomSecret }));
  const publicValue = half.publicValue.toString(16);
  return {
    salt: salt.toString(16),
    publicValue,
    remembered: JSON.stringify([clientValue.toString(16), half.secret.toString(16), publicValue]),
  };
}

/** Further from the server's time than this, a claim was made for another day. Unconfirmed. */
const timestampTolerance = 15 * minute;

/** Closes an exchange. Failures count with those of every other way to give a password. */
export async function closeSrp(
  app: App,
  subject: PasswordSubject,
  remembered: string,
  claim: Claim,
): Promise<CheckedPassword> {
  const { pool, user, username } = subject;
  let since: number | undefined;
  const [clientValue = 0n, secret = 0n, publicValue = 0n] = parseNumbers(remembered);
  const signedAt = parseTimestamp(claim.timestamp);
  const isTimely = signedAt !== undefined && Math.abs(app.clock.now() - signedAt) <= timestampTolerance;
  const verdict = await countingFailures(app, subject, async ({ holder, now }) => {
    const stored = await findPassword(app.db, holder);
    since = stored?.createdAt;
    const { verifier } = await verifierOf(app, subject, stored);
    const identity = identityOf(pool, user?.username ?? username);
    const exchange = { identity, verifier, clientValue, half: { secret, publicValue } };
    const isRight = await whenNotTooBusy(() => provesPassword(app.powers, exchange, claim));
    if (!isRight || !isTimely || !stored?.sealedSrp) return "wrong";
    return hasLapsed(stored, now) ? "lapsed" : "right";
  });
  return { verdict, since };
}

const parseNumbers = (text: string): bigint[] => {
  const numbers: unknown = JSON.parse(text);
  return Array.isArray(numbers) ? numbers.map((hex) => BigInt(`0x${hex}`)) : [];
};

/** The verifier that stands with a password, or one that no password has. */
async function verifierOf(
  app: App,
  { pool, user, username }: PasswordSubject,
  stored: StoredPassword | undefined,
): Promise<Verifier> {
  if (!stored?.sealedSrp) return inventedVerifier(app, pool, user?.username ?? username);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const [salt = 0n, verifier = 0n] = parseNumbers(keys.open("srp", placeOf(stored.sub), stored.sealedSrp));
  return { salt, verifier };
}

/** The bytes of the prime: a verifier is a number below it. */
const verifierBytes = 384;

/** A verifier that no password has, always the same for a name. */
async function inventedVerifier(app: App, pool: Pool, username: string): Promise<Verifier> {
  const seed = await imaginedBytes(app, pool, "verifier", username);
  const stretched = Buffer.from(hkdfSync("sha256", seed, "", "salt and verifier", saltBytes + verifierBytes));
  // The first byte of the prime is all ones: without it the number is surely smaller.
  return { salt: toNumber(stretched.subarray(0, saltBytes)), verifier: toNumber(stretched.subarray(saltBytes + 1)) };
}

/**
 * The name of an exchange with nobody, always the same for a name. Where users are called what they chose, it is the
 * name that was given, as theirs would be; elsewhere, and for a contact, it has the shape of a sub.
 */
export async function inventedUsername(app: App, pool: Pool, username: string): Promise<string> {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  const isContact =
    (AliasAttributes.includes("email") && isEmail(username)) ||
    (AliasAttributes.includes("phone_number") && isPhoneNumber(username));
  if (UsernameAttributes.length === 0 && !isContact) return foldName(pool, username);
  const hex = (await imaginedBytes(app, pool, "username", username)).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** Bytes for the block that a client signs. */
export const blockOf = (text: string, filler: Buffer): string =>
  Buffer.concat([toBytes(BigInt(text.length), 2), Buffer.from(text), filler]).toString("base64");
