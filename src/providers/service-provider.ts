/** The key and the certificate by which a pool shows itself to SAML providers: made once, kept ten years. */
import type { App } from "../app.ts";
import type { Pool } from "../pools/pool.ts";
import { selfSignedCertificate } from "./certificate.ts";
import { findServiceProviderKey, insertServiceProviderKey, type StoredServiceProviderKey } from "./store.ts";

/** A certificate and its private key, both in PEM. */
export interface ServiceProviderKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

type Part = Pick<App, "db" | "vault" | "clock" | "random" | "makeKeyPair">;

/** Where the private half of a pool's key for SAML is sealed for. */
export const placeOf = (poolId: string) => ({
  table: "service_provider_keys",
  column: "sealed_private_key",
  row: poolId,
});

/** The key of a pool's SAML service provider, made on first need. Of two nodes that make one, the first is believed. */
export async function serviceProviderKey(app: Part, pool: Pick<Pool, "id">): Promise<ServiceProviderKey> {
  const kept = await findServiceProviderKey(app.db, pool.id);
  if (kept) return open(app, pool.id, kept);
  await make(app, pool.id);
  const made = await findServiceProviderKey(app.db, pool.id);
  if (!made) throw new Error("A pool has no service provider key although one was just made.");
  return open(app, pool.id, made);
}

async function open(app: Part, poolId: string, kept: StoredServiceProviderKey): Promise<ServiceProviderKey> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  return {
    certificatePem: kept.certificatePem,
    privateKeyPem: keys.open("sign", placeOf(poolId), kept.sealedPrivateKey),
  };
}

async function make(app: Part, poolId: string): Promise<void> {
  const pair = await app.makeKeyPair();
  const now = app.clock.now();
  const certificatePem = await selfSignedCertificate(pair, `CN=${poolId}`, { now, random: app.random });
  const keys = await app.vault.poolKeys(app.db, poolId);
  const sealedPrivateKey = keys.seal("sign", placeOf(poolId), pair.privateKeyPem);
  await insertServiceProviderKey(app.db, poolId, { certificatePem, sealedPrivateKey }, now);
}

/** A certificate as the API shows it: base64 without the lines around it. */
export const certificateText = ({ certificatePem }: ServiceProviderKey): string =>
  certificatePem.replace(/-----[^-]+-----|\s/g, "");
