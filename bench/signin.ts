/**
 * What a sign-in costs the server's processor, beside what of it cannot be left out, in the same run: by SRP its three
 * modular powers, by password its hash; and of either also its requests, its durable commits and its two signatures, as a
 * bare server makes them. And how long the public keys take while more sign-ins come than the machine can do.
 *
 *   npm run build && node bench/signin.ts [sign-ins, 300] [seconds of saturation, 10]
 */
import { constants, createHash, createHmac, createPublicKey, publicEncrypt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { hash, verify } from "@node-rs/argon2";
import { prime, toBytes, toNumber } from "../src/lib/modular-power.ts";
import { scramblerOf, signedBytes } from "../src/lib/srp.ts";
import { bareServer, command, processorSeconds, type Shot, shoot, startServer, stopServer } from "./processes.ts";

const signIns = Number(process.argv[2] ?? 300);
const saturationSeconds = Number(process.argv[3] ?? 10);
const rounds = 3;
/** Sign-ins under way at the same time while their cost is taken. */
const atATime = 4;
const inFlight = 400;
const people = 450;
const password = "Passw0rd!";

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const house = await startServer([command, "dev", "--port", "0", "--data", folder]);
const bare = await startServer([bareServer]);
const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const api = new CognitoIdentityProvider({ endpoint: house.url, region: "us-east-1", credentials });
const { UserPool } = await api.createUserPool({ PoolName: "bench" });
const UserPoolId = UserPool?.Id ?? "";
const { UserPoolClient } = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "bench",
  ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
});
const ClientId = UserPoolClient?.ClientId ?? "";
const nameOf = (index: number): string => `person-${index % people}`;
for (let index = 0; index < people; index++) {
  const Username = nameOf(index);
  await api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
  await api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
}

const shotOf = (operation: string, request: object): Shot => ({
  path: "/",
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  },
  body: JSON.stringify(request),
});
const call = async (operation: string, request: object) =>
  JSON.parse(await shoot(house.url, shotOf(operation, request)));

/** A power as the server computes it, on this thread. */
function power(base: bigint, exponent: bigint): bigint {
  const jwk = { kty: "RSA", n: toBytes(prime).toString("base64url"), e: toBytes(exponent).toString("base64url") };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return toNumber(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toBytes(base, 384)));
}

const sha256 = (...parts: (Buffer | string)[]): Buffer =>
  parts.reduce((made, part) => made.update(part), createHash("sha256")).digest();
const secret = toNumber(Buffer.alloc(32, 0xa1));
const publicValue = power(2n, secret);
const multiplier = toNumber(sha256(signedBytes(prime), signedBytes(2n)));
const realm = UserPoolId.split("_")[1] ?? "";

/** Signs in by SRP, as a client does it. */
async function signInBySrp(index: number): Promise<void> {
  const name = nameOf(index);
  const SRP_A = publicValue.toString(16);
  const asked = await call("InitiateAuth", {
    ClientId,
    AuthFlow: "USER_SRP_AUTH",
    AuthParameters: { USERNAME: name, SRP_A },
  });
  const { SALT, SRP_B, SECRET_BLOCK } = asked.ChallengeParameters;
  const serverValue = BigInt(`0x${SRP_B}`);
  const exponent = toNumber(sha256(signedBytes(BigInt(`0x${SALT}`)), sha256(`${realm}${name}:${password}`)));
  const scrambler = scramblerOf(publicValue, serverValue);
  const base = (((serverValue - multiplier * power(2n, exponent)) % prime) + prime) % prime;
  const session = power(base, secret + scrambler * exponent);
  const extracted = createHmac("sha256", signedBytes(scrambler)).update(signedBytes(session)).digest();
  const key = createHmac("sha256", extracted).update("Caldera Derived Key\u0001").digest().subarray(0, 16);
  const [day = "", date = "", month = "", year = "", time = ""] = new Date().toUTCString().replace(",", "").split(" ");
  const TIMESTAMP = `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
  const signed = createHmac("sha256", key)
    .update(realm + name)
    .update(Buffer.from(SECRET_BLOCK, "base64"))
    .update(TIMESTAMP);
  const ChallengeResponses = {
    USERNAME: name,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signed.digest("base64"),
    TIMESTAMP,
  };
  const { Session } = asked;
  const done = await call("RespondToAuthChallenge", {
    ClientId,
    ChallengeName: "PASSWORD_VERIFIER",
    Session,
    ChallengeResponses,
  });
  if (!done.AuthenticationResult) throw new Error("The sign-in did not end with tokens.");
}

const passwordShot = (index: number): Shot =>
  shotOf("InitiateAuth", {
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: nameOf(index), PASSWORD: password },
  });

const bareShot = (path: string): Shot => ({ path, headers: {}, body: "x=1" });

/**
 * What a bare server does for a sign-in by SRP beside its powers: the session is kept; then a failure is counted before
 * the check and taken back after it, and the sign-in ends with two signatures.
 */
async function bareBySrp(): Promise<void> {
  await shoot(bare.url, bareShot("/0/0/1"));
  await shoot(bare.url, bareShot("/2/0/3"));
}

/** The same for a sign-in by password, with its hash. */
const bareByPassword = (): Promise<unknown> => shoot(bare.url, bareShot("/2/1/3"));

/** Milliseconds of a server's processor for each of the sign-ins, so many at a time. */
async function costOf(signIn: (index: number) => Promise<unknown>, server = house): Promise<number> {
  const before = processorSeconds(server);
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (let index = next++; index < signIns; index = next++) await signIn(index);
    }),
  );
  return ((processorSeconds(server) - before) * 1000) / signIns;
}

/**
 * Milliseconds of this process for one piece of work, as many at a time as there are sign-ins: with both cores busy a
 * hash takes longer than alone.
 */
async function floorOf(work: () => unknown): Promise<number> {
  const count = Math.max(52, signIns / 3);
  const before = process.cpuUsage();
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next++ < count) await work();
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const hashed = await hash(password, argon);
const costs: Record<"srp" | "powers" | "bareSrp" | "password" | "hash" | "barePassword", number[]> = {
  srp: [],
  powers: [],
  bareSrp: [],
  password: [],
  hash: [],
  barePassword: [],
};
await signInBySrp(0);
await costOf((index) => shoot(house.url, passwordShot(index)));
await costOf(bareBySrp, bare);
for (let round = 0; round < rounds; round++) {
  costs.powers.push(
    await floorOf(() => {
      // Its own half, the verifier to the scrambler, and the session.
      power(2n, secret);
      power(publicValue, secret);
      power(publicValue, secret);
    }),
  );
  costs.srp.push(await costOf(signInBySrp));
  costs.bareSrp.push(await costOf(bareBySrp, bare));
  costs.hash.push(await floorOf(() => verify(hashed, password)));
  costs.password.push(await costOf((index) => shoot(house.url, passwordShot(index))));
  costs.barePassword.push(await costOf(bareByPassword, bare));
}
const [srp, powers] = [median(costs.srp), median(costs.powers)];
const ratio = (cost: number, floor: number): string => `${floor.toFixed(2)}, ratio ${(cost / floor).toFixed(2)}`;
const line = (what: string, cost: number, floor: number, whole: number): string =>
  `${what}: ${cost.toFixed(2)} ms of the processor, floor ${ratio(cost, floor)}; with all that a bare server does ${ratio(cost, whole)}\n`;
process.stdout.write(line("by SRP, beside its powers", srp, powers, powers + median(costs.bareSrp)));
process.stdout.write(
  line("by password, beside its hash", median(costs.password), median(costs.hash), median(costs.barePassword)),
);

/** More sign-ins than the machine can do, and meanwhile the public keys. */
async function saturate(): Promise<void> {
  const until = performance.now() + saturationSeconds * 1000;
  const tally = { signedIn: 0, refused: 0, other: 0 };
  const waits: number[] = [];
  const people = Array.from({ length: inFlight }, async (_, first) => {
    for (let index = first; performance.now() < until; index += inFlight) {
      const answer = await fetch(house.url, { method: "POST", ...passwordShot(index) });
      const text = await answer.text();
      if (answer.ok) tally.signedIn++;
      else if (text.includes("TooManyRequestsException")) tally.refused++;
      else tally.other++;
    }
  });
  const reading = (async () => {
    while (performance.now() < until) {
      const begun = performance.now();
      await (await fetch(`${house.url}/${UserPoolId}/.well-known/jwks.json`)).text();
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await Promise.all([...people, reading]);
  const sorted = waits.toSorted((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `saturated by ${inFlight} at once: ${(tally.signedIn / saturationSeconds).toFixed(0)} sign-ins a second, ${tally.refused} refused as too many, ${tally.other} otherwise; keys p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${waits.length}\n`,
  );
}
await saturate();

await stopServer(house);
await stopServer(bare);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
