/** `poolhouse import`: makes a pool of a file that `poolhouse export` wrote, whole or not at all. */
import { createReadStream, existsSync } from "node:fs";
import process, { stdin, stdout } from "node:process";
import { type ByteReader, byteReader, linesOf } from "../lib/byte-reader.ts";
import { isSealedStream, openStream, SealedStreamError } from "../lib/sealed-stream.ts";
import { amazonParcel } from "../moves/amazon/parcel.ts";
import type { Arrival, ArriveWishes } from "../moves/arrival.ts";
import { importPool } from "../moves/arrive.ts";
import { lineLimitBytes, type Parcel, readParcel } from "../moves/parcel.ts";
import type { Given } from "../settings.ts";
import { progressOf } from "./progress.ts";
import { secretToOpen } from "./secret-of-file.ts";
import { withStore } from "./with-store.ts";

/** Makes the pool of a file. `-` stands for standard input. */
export async function runImport(file: string | undefined, given: Given): Promise<void> {
  if (typeof given["fromAws"] === "string") return importFromAmazon(given["fromAws"], given);
  if (file === undefined) throw new Error("Name the file to import, or - for standard input.");
  if (file !== "-" && !existsSync(file)) throw new Error(`There is no file ${file}.`);
  const bytes = byteReader(file === "-" ? stdin : createReadStream(file));
  const lines = linesOf(await opened(bytes, given), lineLimitBytes);
  await explainFaults(file, async () => arriveAt(given, await readParcel(lines)));
}

/** Sealed or plain: the file says itself what it is. */
async function opened(bytes: ByteReader, given: Given): Promise<ByteReader> {
  if (!(await isSealedStream(bytes))) return bytes;
  return byteReader(openStream(bytes, await secretToOpen(given)));
}

/** Whatever is wrong with a file is said with what to do about it. */
async function explainFaults(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SealedStreamError) {
      throw new Error(`${file} cannot be opened. ${error.message} Nothing was kept.`, { cause: error });
    }
    if (error instanceof RangeError || error instanceof TypeError) {
      throw new Error(`${file} is no export of a pool. Nothing was kept.`, { cause: error });
    }
    throw error;
  }
}

/** Makes the pool of a live one at Amazon, which is only read. Credentials are found as the AWS CLI finds them. */
async function importFromAmazon(poolId: string, given: Given): Promise<void> {
  const { CognitoIdentityProvider } = await import("@aws-sdk/client-cognito-identity-provider");
  const { endpoint, region } = given;
  const api = new CognitoIdentityProvider({
    region: typeof region === "string" ? region : poolId.slice(0, poolId.indexOf("_")),
    ...(typeof endpoint === "string" && { endpoint }),
    // Amazon refuses whoever asks too fast; waiting longer each time is all that helps.
    maxAttempts: 10,
    retryMode: "adaptive",
  });
  const notes = new Set<string>();
  const source = { api, poolId, note: (sentence: string) => void notes.add(sentence) };
  const hasUsers = given["users"] !== false;
  try {
    await arriveAt(given, await amazonParcel(source, { hasUsers }));
  } catch (error) {
    throw explainAmazon(error);
  } finally {
    api.destroy();
  }
  stdout.write([...notes].map((note) => `${note}\n`).join(""));
  if (hasUsers) {
    stdout.write(
      "Passwords do not leave Amazon: users who had one are RESET_REQUIRED and set a new one by a code, as ForgotPassword sends it.\n",
    );
  }
}

/** What the SDK throws says what Amazon said; ours says what to do already. */
function explainAmazon(error: unknown): unknown {
  if (!(error instanceof Error) || !("$metadata" in error || error.name === "CredentialsProviderError")) return error;
  return new Error(`Amazon refuses (${error.name}): ${error.message} Nothing was kept.`, { cause: error });
}

/** Makes the pool of a parcel, and says what came and what is different. */
async function arriveAt(given: Given, parcel: Parcel): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const as = given["as"];
  const wishes: ArriveWishes = {
    ...(typeof as === "string" && { poolId: as }),
    keepsSessions: given["keepSessions"] === true,
    onProgress: progressOf("Imported"),
    signal: stopping.signal,
  };
  try {
    const arrival = await withStore(given, "found or made", (store) => importPool(store, parcel, wishes));
    stdout.write(describeArrival(parcel.header.poolId, arrival));
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

function describeArrival(oldId: string, { poolId, name, rows, clientIds, ...arrival }: Arrival): string {
  const isCopy = poolId !== oldId;
  return [
    `The pool ${poolId} (${name}) has arrived with ${rows.toLocaleString("en")} rows.`,
    ...(isCopy ? [`It was ${oldId}: its issuer is another, so tokens that were issued are void.`] : []),
    ...(arrival.hasLostVerifiers
      ? ["Users can sign in by SRP once they have given their password in another flow."]
      : []),
    ...[...clientIds].map(([old, present]) => `The client ${old} is taken here; the copy has ${present}.`),
    ...arrival.domainsLeftOut.map((domain) => `The domain ${domain} is taken here; the copy is without it.`),
    "",
  ].join("\n");
}
