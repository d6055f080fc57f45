/**
 * Powers modulo the 3072-bit prime of RFC 3526 section 4, computed by OpenSSL on worker threads: one costs 0.65 ms of a
 * core, and the thread that answers requests must not wait for it. A raw RSA operation with the exponent as the public
 * one does it; OpenSSL's Diffie-Hellman would spend 1.6 s on checking the prime first.
 */
import { Worker } from "node:worker_threads";

/** Source: RFC 3526 section 4, the 3072-bit MODP group. */
export const prime = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

const primeBytes = 384;

/** Computes powers off the main thread. */
export interface Powers {
  /**
   * `base ^ exponent` modulo the prime. Both are positive and the base is below the prime.
   * @throws PowerQueueFullError
   */
  power(base: bigint, exponent: bigint): Promise<bigint>;
  /** How many are being computed or wait. */
  load(): number;
  /** Ends the threads. Powers that are asked for afterwards start them again. */
  close(): Promise<void>;
}

/** More wait than the machine can do in good time. The caller should come back later. */
export class PowerQueueFullError extends Error {
  override readonly name = "PowerQueueFullError";
}

/** One power to compute: big-endian bytes, the base as long as the prime. */
interface Job {
  readonly id: number;
  readonly modulus: Uint8Array;
  readonly base: Uint8Array;
  readonly exponent: Uint8Array;
}

interface Result {
  readonly id: number;
  readonly power: Uint8Array;
}

/** The whole program of a thread. It is handed over as text, so it uses nothing that stands outside of it. */
function program(): void {
  const { createPublicKey, publicEncrypt, constants } = process.getBuiltinModule("node:crypto");
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  parentPort?.on("message", ({ id, modulus, base, exponent }: Job) => {
    const key = createPublicKey({ key: { kty: "RSA", n: text(modulus), e: text(exponent) }, format: "jwk" });
    parentPort.postMessage({ id, power: publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, base) });
  });
}

interface Pending {
  readonly resolve: (power: bigint) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Powers on at most `threads` threads, started when first needed; at most `queue` wait. */
export function powersOnThreads({ threads, queue }: { readonly threads: number; readonly queue: number }): Powers {
  const running: Thread[] = [];
  const modulus = toBytes(prime, primeBytes);
  let next = 0;
  const freest = (): Thread => {
    const idle = running.find(({ pending }) => pending.size === 0);
    if (idle) return idle;
    if (running.length < threads) return start(running);
    return running.reduce((least, thread) => (thread.pending.size < least.pending.size ? thread : least));
  };
  const load = (): number => running.reduce((sum, { pending }) => sum + pending.size, 0);
  return {
    load,
    power: (base, exponent) =>
      new Promise((resolve, reject) => {
        if (load() >= queue) {
          reject(new PowerQueueFullError());
          return;
        }
        const thread = freest();
        const id = next++;
        thread.pending.set(id, { resolve, reject });
        thread.worker.ref();
        const job: Job = { id, modulus, base: toBytes(base, primeBytes), exponent: toBytes(exponent) };
        thread.worker.postMessage(job);
      }),
    close: async () => {
      await Promise.all(running.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

function start(running: Thread[]): Thread {
  const worker = new Worker(`(${program.toString()})()`, { eval: true });
  const thread: Thread = { worker, pending: new Map() };
  running.push(thread);
  worker.on("message", ({ id, power }: Result) => {
    thread.pending.get(id)?.resolve(toNumber(power));
    thread.pending.delete(id);
    // An idle thread must not keep a process alive.
    if (thread.pending.size === 0) worker.unref();
  });
  const end = (error: Error): void => {
    const index = running.indexOf(thread);
    if (index >= 0) running.splice(index, 1);
    for (const { reject } of thread.pending.values()) reject(error);
    thread.pending.clear();
  };
  worker.on("error", end);
  worker.on("exit", () => end(new Error("A thread that computes powers ended.")));
  return thread;
}

/** The big-endian bytes of a number, at least one, with zeros in front up to `size`. */
export function toBytes(number: bigint, size = 1): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(Math.max(size * 2, hex.length + (hex.length % 2)), "0"), "hex");
}

/** The number of big-endian bytes. */
export const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
