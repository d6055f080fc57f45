/**
 * Keys: the two RSA-2048 key pairs of each pool, one for ID tokens and one for access tokens, and the public document
 * that verifiers fetch. The room owns making, keeping and finding them; what is signed with them is the business of
 * tokens/.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { App } from "../app.ts";
import type { KeyPair } from "../lib/key-pair.ts";
import type { PoolKeys } from "../vault/vault.ts";
import { findSigningKeys, insertSigningKey, type StoredSigningKey } from "./store.ts";

export type KeyUse = "id" | "access";

/** The public half of a signing key. Source: RFC 7517. */
export interface PublicJwk {
  readonly alg: "RS256";
  readonly e: string;
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly use: "sig";
}

export interface SigningKey {
  readonly id: string;
  readonly use: KeyUse;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicJwk;
}

/** A pool's keys by what they sign. */
export type SigningKeys = Readonly<Record<KeyUse, SigningKey>>;

/** Signing keys that are kept ready, with the pool's keys that they were sealed with. */
export interface OpenedKeys {
  readonly keys: SigningKeys;
  readonly openedWith: PoolKeys;
}

/** The keys of a pool, made on first need. A pool that was deleted and made anew under its id has other ones. */
export async function signingKeys(app: App, poolId: string): Promise<SigningKeys> {
  const openedWith = await app.vault.poolKeys(app.db, poolId);
  const kept = app.signingKeys.get(poolId);
  if (kept?.openedWith === openedWith) return kept.keys;
  const keys = await loadOrMake(app, poolId);
  app.signingKeys.set(poolId, { keys, openedWith });
  return keys;
}

/** The key set that verifiers fetch: the ID token's key first. Only public members leave. Source: RFC 7517 section 5. */
export async function publicKeySet(app: App, poolId: string): Promise<{ readonly keys: readonly PublicJwk[] }> {
  const { id, access } = await signingKeys(app, poolId);
  return { keys: [id.jwk, access.jwk] };
}

async function loadOrMake(app: App, poolId: string): Promise<SigningKeys> {
  const stored = await findSigningKeys(app.db, poolId);
  const missing = (["id", "access"] as const).filter((use) => !stored.some((key) => key.use === use));
  for (const use of missing) await makeKey(app, poolId, use);
  // Read again what stands in the store: another node may have made its keys first, and then those count.
  const all = missing.length > 0 ? await findSigningKeys(app.db, poolId) : stored;
  return {
    id: await openKey(app, poolId, newest(all, "id")),
    access: await openKey(app, poolId, newest(all, "access")),
  };
}

function newest(keys: readonly StoredSigningKey[], use: KeyUse): StoredSigningKey {
  const key = keys.filter((candidate) => candidate.use === use).at(-1);
  if (!key) throw new Error("A pool has no signing key although one was just made.");
  return key;
}

async function makeKey(app: App, poolId: string, use: KeyUse): Promise<void> {
  const pair = await app.makeKeyPair();
  const { id, jwk } = describeKey(pair);
  const keys = await app.vault.poolKeys(app.db, poolId);
  const sealed = keys.seal("sign", placeOf(id), pair.privateKeyPem);
  await insertSigningKey(app.db, {
    poolId,
    use,
    generation: 1,
    id,
    publicKey: JSON.stringify(jwk),
    sealedPrivateKey: sealed,
    createdAt: app.clock.now(),
  });
}

/** Where the private half of a key is sealed for. */
export const placeOf = (keyId: string) => ({ table: "signing_keys", column: "sealed_private_key", row: keyId });

/** A key id has the look of Cognito's: 32 bytes in standard base64. Here it is the hash of the public key. */
function describeKey(pair: KeyPair): { id: string; jwk: PublicJwk } {
  const { n = "", e = "" } = createPublicKey(pair.publicKeyPem).export({ format: "jwk" });
  const id = createHash("sha256").update(n).digest("base64");
  return { id, jwk: { alg: "RS256", e, kid: id, kty: "RSA", n, use: "sig" } };
}

async function openKey(app: App, poolId: string, stored: StoredSigningKey): Promise<SigningKey> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  const privateKey = createPrivateKey(keys.open("sign", placeOf(stored.id), stored.sealedPrivateKey));
  return {
    id: stored.id,
    use: stored.use,
    privateKey,
    publicKey: createPublicKey(privateKey),
    jwk: parsePublicKey(stored.publicKey),
  };
}

const parsePublicKey = (text: string): PublicJwk => {
  const { e, kid, n } = JSON.parse(text);
  return { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" };
};
