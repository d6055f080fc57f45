/** A house with a certificate of a local authority, as `poolhouse dev --https` listens. */
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { localCertificate } from "../../src/tls/authority.ts";
import { closeClean, openTestHouse, type TestHouse } from "./house.ts";

/** The house, and what clients trust it by. */
export interface HttpsHouse {
  readonly house: TestHouse;
  /** The authority's certificate, for clients in processes of their own. */
  readonly authorityFile: string;
  /** SHA-256 of the authority's public key, for a browser. */
  readonly fingerprint: string;
  close(): Promise<void>;
}

/** Opens it. Until it is closed this process trusts its authority, as one with NODE_EXTRA_CA_CERTS would. */
export async function openHttpsHouse(): Promise<HttpsHouse> {
  const data = mkdtempSync(join(tmpdir(), "poolhouse-https-"));
  const { authorityFile, ...tls } = await localCertificate(data, Date.now());
  const authority = readFileSync(authorityFile, "utf8");
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, authority]);
  const house = await openTestHouse({}, { tls });
  const publicKey = new X509Certificate(authority).publicKey.export({ type: "spki", format: "der" });
  return {
    house,
    authorityFile,
    fingerprint: createHash("sha256").update(publicKey).digest("base64"),
    close: async () => {
      setDefaultCACertificates(trusted);
      rmSync(data, { recursive: true, force: true });
      await closeClean(house);
    },
  };
}
