/**
 * A certificate authority of this machine, made on first use, and the certificate of the house that it signs. Some
 * clients insist on https; who trusts the authority once has it for every house of this folder.
 */
import { webcrypto } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonGeneralNames, X509Certificate } from "@peculiar/x509";
import { day } from "../lib/clock.ts";
import { boundedCache } from "../lib/lru.ts";
import { loadX509 } from "../lib/x509.ts";

/** A certificate and its key, both in PEM. */
export interface Certificate {
  readonly key: string;
  /** The certificate, and the authority's after it. */
  readonly cert: string;
}

/** What a house listens with. */
export interface LocalCertificate extends Certificate {
  /** Where the authority's certificate stands, for who wants to trust it. */
  readonly authorityFile: string;
  /** The certificate for one more name below localhost: clients take no wildcard for a name of two labels. */
  certificateFor(name: string): Promise<Certificate | undefined>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const authorityLife = 3650 * day;
/** Browsers refuse certificates that live longer. Source: CA/Browser Forum baseline requirements, section 6.3.2. */
const certificateLife = 397 * day;

/** The names under which a house on this machine is reached. */
const localNames: JsonGeneralNames = [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "127.0.0.1" },
  { type: "ip", value: "::1" },
];

/** Certificates for this many names are kept. */
const keptCertificates = 100;

/** Certificates for this machine, signed by the authority in `<data>/ca`. New ones are made at each start. */
export async function localCertificate(data: string, now: number): Promise<LocalCertificate> {
  const folder = join(data, "ca");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await loadAuthority(folder, now);
  const made = boundedCache<Promise<Certificate>>(keptCertificates);
  return {
    ...(await issue(authority, localNames, now)),
    authorityFile: authority.file,
    certificateFor: async (name) => {
      if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.localhost$/.test(name)) return undefined;
      const known = made.get(name) ?? issue(authority, [{ type: "dns", value: name }], now);
      made.set(name, known);
      return known;
    },
  };
}

async function issue(authority: Authority, names: JsonGeneralNames, now: number): Promise<Certificate> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=Poolhouse on this machine",
    issuer: authority.certificate.subject,
    notBefore: new Date(now - day),
    notAfter: new Date(now + certificateLife),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate, false),
    ],
  });
  return {
    key: await pemOf(keys.privateKey),
    cert: `${certificate.toString("pem")}\n${authority.certificate.toString("pem")}\n`,
  };
}

interface Authority {
  readonly certificate: X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
  readonly file: string;
}

async function loadAuthority(folder: string, now: number): Promise<Authority> {
  const x509 = await loadX509();
  const [file, keyFile] = [join(folder, "authority.pem"), join(folder, "authority.key")];
  if (!existsSync(file) || !existsSync(keyFile)) await makeAuthority(file, keyFile, now);
  const key = Buffer.from(readFileSync(keyFile, "utf8").replace(/-----[^-]+-----|\s/g, ""), "base64");
  return {
    certificate: new x509.X509Certificate(readFileSync(file, "utf8")),
    privateKey: await webcrypto.subtle.importKey("pkcs8", key, algorithm, false, ["sign"]),
    file,
  };
}

async function makeAuthority(file: string, keyFile: string, now: number): Promise<void> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=Poolhouse local authority",
    notBefore: new Date(now - day),
    notAfter: new Date(now + authorityLife),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writeFileSync(keyFile, await pemOf(keys.privateKey), { mode: 0o600 });
  chmodSync(keyFile, 0o600);
  writeFileSync(file, `${certificate.toString("pem")}\n`);
}

const serialNumber = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString("hex");

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
