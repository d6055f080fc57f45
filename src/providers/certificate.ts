/** Self-signed certificates for SAML, where the certificate is only the envelope of a key. */
import { webcrypto } from "node:crypto";
import { day } from "../lib/clock.ts";
import type { KeyPair } from "../lib/key-pair.ts";
import type { Random } from "../lib/random.ts";
import { loadX509 } from "../lib/x509.ts";

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

/** Source: Cognito developer guide, SAML signing and encryption: certificates live ten years. */
const life = 3650 * day;

/** A certificate in PEM for an RSA key pair, signed by itself and good for ten years from now. */
export async function selfSignedCertificate(
  pair: KeyPair,
  name: string,
  { now, random }: { readonly now: number; readonly random: Random },
): Promise<string> {
  const { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } = await loadX509();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: random.uuid().replaceAll("-", ""),
    name,
    notBefore: new Date(now),
    notAfter: new Date(now + life),
    signingAlgorithm: algorithm,
    keys: {
      publicKey: await webcrypto.subtle.importKey("spki", bytesOf(pair.publicKeyPem), algorithm, true, ["verify"]),
      privateKey: await webcrypto.subtle.importKey("pkcs8", bytesOf(pair.privateKeyPem), algorithm, false, ["sign"]),
    },
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true)],
  });
  return `${certificate.toString("pem")}\n`;
}

const bytesOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
