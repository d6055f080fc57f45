/** Opens the vault of a database with its root key. */
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { ApiError } from "../contract/errors.ts";
import type { Db } from "../database/open.ts";
import { type Clock, second } from "../lib/clock.ts";
import { boundedCache } from "../lib/lru.ts";
import type { Random } from "../lib/random.ts";
import { deriveKey, openText, sealedVersion, sealText } from "../lib/sealed-box.ts";
import { deletePoolKeys, findFact, findPoolKeys, insertFact, insertPoolKey, type WrappedKey } from "./store.ts";
import type { Place, PoolKeys, Purpose, RevealedKey, Vault } from "./vault.ts";

export interface VaultOptions {
  readonly db: Db;
  /** 32 bytes from outside the database. */
  readonly rootKey: Buffer;
  readonly random: Random;
  readonly clock: Clock;
}

const keyBytes = 32;
const firstVersion = 1;

/** Client secrets of this many places are kept open, for each pool: every request of a client needs its own. */
const keptOpened = 100;

/** Keys of this many pools are kept ready. */
const keptPools = 10_000;

/** Kept keys are compared with the database after so long: another node may have deleted the pool and made it anew. */
const trustedMilliseconds = second;

/** Keys that are kept, with the rows that they came of and until when nobody asks whether they are still the same. */
interface Kept {
  readonly keys: PoolKeys;
  readonly rows: string;
  readonly trustedUntil: number;
}

/** What belongs to no pool is sealed under this name, which no pool can have. */
const house = "*house*";

const checkName = "key_check";
const checkContext = ["store_facts", "value", checkName];
const checkText = "This root key opens this database.";

/** Opens the vault. @throws, before anything is written, when the root key is not the one of this database. */
export async function openVault({ db, rootKey, random, clock }: VaultOptions): Promise<Vault> {
  if (rootKey.length !== keyBytes)
    throw new Error(`The root key has ${rootKey.length} bytes; it must have ${keyBytes}.`);
  const keyEncryptionKey = deriveKey(rootKey, "kek/v1");
  await checkRootKey(db, keyEncryptionKey);
  const kept = boundedCache<Kept>(keptPools);

  const keepPoolKey = (on: Db, poolId: string, { version, key }: RevealedKey): Promise<boolean> => {
    // A request that was under way while an earlier pool of this id was deleted may have kept that one's keys.
    kept.delete(poolId);
    const wrapped = sealText(keyEncryptionKey, firstVersion, wrapContext(poolId, version), key);
    return insertPoolKey(on, { poolId, version, wrapped, createdAt: clock.now() });
  };

  const createPoolKeys = (on: Db, poolId: string): Promise<boolean> =>
    keepPoolKey(on, poolId, { version: firstVersion, key: random.bytes(keyBytes).toString("base64url") });

  const unwrap = (poolId: string, { version, wrapped }: WrappedKey): RevealedKey => ({
    version,
    key: openText(keyEncryptionKey, wrapContext(poolId, version), wrapped),
  });

  const poolKeys = async (on: Db, poolId: string): Promise<PoolKeys> => {
    const known = kept.get(poolId);
    const now = clock.now();
    if (known && now < known.trustedUntil) return known.keys;
    const found = await findPoolKeys(on, poolId);
    const rows = JSON.stringify(found);
    const keys =
      known?.rows === rows
        ? known.keys
        : keysOf(
            poolId,
            found.map((row) => unwrap(poolId, row)),
          );
    kept.set(poolId, { keys, rows, trustedUntil: now + trustedMilliseconds });
    return keys;
  };

  return {
    createPoolKeys,
    revealPoolKeys: async (on, poolId) => (await findPoolKeys(on, poolId)).map((row) => unwrap(poolId, row)),
    adoptPoolKeys: async (on, poolId, keys) => {
      const entered = [];
      for (const key of keys) entered.push(await keepPoolKey(on, poolId, key));
      return entered.length > 0 && entered.every((isNew) => isNew);
    },
    poolKeys,
    destroyPoolKeys: async (on, poolId) => {
      await deletePoolKeys(on, poolId);
      kept.delete(poolId);
    },
    houseKeys: async (on) => {
      if (!kept.get(house) && (await findPoolKeys(on, house)).length === 0) await createPoolKeys(on, house);
      return poolKeys(on, house);
    },
  };
}

const wrapContext = (poolId: string, version: number): readonly string[] => ["pool_keys", poolId, String(version)];

/** Whether a database was opened with a root key before: then only that one opens it. */
export const hasSecrets = async (db: Db): Promise<boolean> => (await findFact(db, checkName)) !== undefined;

async function checkRootKey(db: Db, keyEncryptionKey: Buffer): Promise<void> {
  const known = await findFact(db, checkName);
  if (known === undefined) {
    await insertFact(db, checkName, sealText(keyEncryptionKey, firstVersion, checkContext, checkText));
    return;
  }
  try {
    openText(keyEncryptionKey, checkContext, known);
  } catch {
    throw new Error(
      "The root key does not open this database. Give the key that the database was made with; nothing has been changed.",
    );
  }
}

function keysOf(poolId: string, revealed: readonly RevealedKey[]): PoolKeys {
  const versions = new Map(revealed.map(({ version, key }) => [version, Buffer.from(key, "base64url")]));
  const newest = Math.max(...versions.keys());
  // A request may have found its pool just before it was deleted.
  if (!versions.has(newest)) {
    throw new ApiError("ResourceNotFoundException", `User pool ${poolId} does not exist: it has no keys.`);
  }
  // As key objects: a cipher that is given the bytes makes one of them each time, at four times its own cost.
  const derived = new Map<string, KeyObject>();
  const keyOf = (purpose: Purpose, version: number): KeyObject => {
    const name = `${purpose}/${version}`;
    const known = derived.get(name);
    if (known) return known;
    const poolKey = versions.get(version);
    if (!poolKey) throw new Error(`The pool ${poolId} has no key of version ${version}.`);
    const key = createSecretKey(deriveKey(poolKey, purpose));
    derived.set(name, key);
    return key;
  };
  const opened = boundedCache<string>(keptOpened);
  const contextOf = ({ table, column, row }: Place): readonly string[] => [table, column, row, poolId];
  return {
    version: newest,
    seal: (purpose, place, text) => sealText(keyOf(purpose, newest), newest, contextOf(place), text),
    open: (purpose, place, sealed) => {
      const name = purpose === "client" ? JSON.stringify([place, sealed]) : undefined;
      const known = name === undefined ? undefined : opened.get(name);
      if (known !== undefined) return known;
      const version = sealedVersion(sealed);
      if (version === undefined) throw new Error("A sealed value is damaged.");
      const text = openText(keyOf(purpose, version), contextOf(place), sealed);
      if (name !== undefined) opened.set(name, text);
      return text;
    },
    mac: (purpose, text) => createHmac("sha256", keyOf(purpose, firstVersion)).update(text).digest(),
  };
}
