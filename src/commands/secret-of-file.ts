/** What a sealed file is opened with: a passphrase or a key file. Neither is ever an argument, which others can see. */
import { readFileSync } from "node:fs";
import { env, stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { StreamSecret } from "../lib/sealed-stream.ts";
import type { Given } from "../settings.ts";
import { readKeyFile } from "../vault/root-key.ts";

const variable = "POOLHOUSE_PASSPHRASE";

/** A file may be guessed at for as long as somebody likes. Source: OWASP ASVS 5.0, 6.2.9, asks for more than a login's eight. */
const shortestPassphrase = 12;

/** The secret to seal a file with. @throws when there is none, or it is weak */
export async function secretToSeal(given: Given): Promise<StreamSecret> {
  const secret = (await secretGiven(given)) ?? (await askFor("Passphrase to seal the file with: "));
  if (secret.kind === "passphrase" && secret.passphrase.length < shortestPassphrase) {
    throw new Error(
      `The passphrase is too short: whoever gets the file may guess for ever. Use ${shortestPassphrase} characters or more.`,
    );
  }
  return secret;
}

/** The secret to open a file with. @throws when there is none */
export const secretToOpen = async (given: Given): Promise<StreamSecret> =>
  (await secretGiven(given)) ?? askFor("Passphrase of the file: ");

async function secretGiven(given: Given): Promise<StreamSecret | undefined> {
  const { keyFile, passphraseFile } = given;
  if (typeof keyFile === "string") return { kind: "key", key: readKeyFile(keyFile, "key") };
  const passphrase = typeof passphraseFile === "string" ? firstLineOf(passphraseFile) : env[variable];
  return passphrase ? { kind: "passphrase", passphrase } : undefined;
}

const firstLineOf = (file: string): string => readFileSync(file, "utf8").split(/\r?\n/, 1)[0] ?? "";

async function askFor(question: string): Promise<StreamSecret> {
  if (!stdin.isTTY) {
    throw new Error(`Give --passphrase-file, --key-file, or the passphrase in ${variable}.`);
  }
  stderr.write(question);
  // What is typed is shown by whoever reads it, so the reader writes to nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    return { kind: "passphrase", passphrase: await reader.question("") };
  } finally {
    reader.close();
    stderr.write("\n");
  }
}
