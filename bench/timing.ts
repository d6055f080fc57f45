/**
 * Whether time tells who exists: pairs of requests of somebody and of nobody, sent in random order, compared by rank.
 * A pair fails when it is told apart twice in a row.
 *
 *   npm run build && node bench/timing.ts [pairs, 2000] [pairs with a password hash, 400] [part of a name]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider, type CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { areTold } from "../test/support/timing.ts";
import { type TimedPair, timedPairs } from "../test/support/timing-pairs.ts";
import { command, startServer, stopServer } from "./processes.ts";

const pairs = Number(process.argv[2] ?? 2_000);
const slowPairs = Number(process.argv[3] ?? 400);

const folder = mkdtempSync(join(tmpdir(), "poolhouse-timing-"));
const house = await startServer([command, "dev", "--port", "0", "--data", folder]);
const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const api = new CognitoIdentityProvider({ endpoint: house.url, region: "us-east-1", credentials });
// Two rounds of a pair are of different users, for a password may be wrong four times and a code be asked for a few.
const people = 2 * Math.max(pairs, slowPairs);
const batch = 32;

/** A pool with its people, and the pairs of requests to it. */
async function pairsOf(title: string, wanted: Partial<CreateUserPoolCommandInput>): Promise<TimedPair[]> {
  const { UserPool } = await api.createUserPool({
    PoolName: "timing",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    ...wanted,
  });
  const UserPoolId = UserPool?.Id ?? "";
  const hiding = { UserPoolId, PreventUserExistenceErrors: "ENABLED" } as const;
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"] as const;
  const open = await api.createUserPoolClient({ ...hiding, ClientName: "open", ExplicitAuthFlows: [...flows] });
  const guarded = await api.createUserPoolClient({
    ...hiding,
    ClientName: "guarded",
    GenerateSecret: true,
    ExplicitAuthFlows: [...flows],
  });
  const ClientId = open.UserPoolClient?.ClientId ?? "";
  for (let first = 0; first < people; first += batch) {
    await Promise.all(
      Array.from({ length: Math.min(batch, people - first) }, async (_, offset) => {
        const index = first + offset;
        const Username = `confirmed-${index}@example.com`;
        await api.signUp({ ClientId, Username, Password: "Passw0rd!" });
        await api.adminConfirmSignUp({ UserPoolId, Username });
        const UserAttributes = [{ Name: "email_verified", Value: "true" }];
        await api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
        await api.signUp({ ClientId, Username: `unconfirmed-${index}@example.com`, Password: "Passw0rd!" });
      }),
    );
  }
  const made = timedPairs({
    url: house.url,
    ClientId,
    guarded: {
      ClientId: guarded.UserPoolClient?.ClientId ?? "",
      secret: guarded.UserPoolClient?.ClientSecret ?? "",
    },
    confirmed: (index) => `confirmed-${index % people}@example.com`,
    unconfirmed: (index) => `unconfirmed-${index % people}@example.com`,
    nobody: (index) => `nobody-${index % people}@example.com`,
  });
  return made.map((pair) => ({ ...pair, name: `${pair.name}${title}` }));
}

const watching = { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } } as const;
const all = [
  ...(await pairsOf("", {})),
  ...(await pairsOf(", in a pool with threat protection", watching)).filter(({ name }) => !name.startsWith("CLI-04")),
];
for (const { name, isSlow, kinds } of all.filter(({ name }) => name.includes(process.argv[4] ?? ""))) {
  const [isTold, { z, medians }] = await areTold(kinds, isSlow ? slowPairs : pairs);
  const [one, other] = medians.map((milliseconds) => `${(milliseconds * 1000).toFixed(0)} µs`);
  process.stdout.write(
    `${isTold ? "TOLD APART" : "equal"}  z ${z.toFixed(2).padStart(6)}  ${one} / ${other}  ${name}\n`,
  );
  if (isTold) process.exitCode = 1;
}
await stopServer(house);
rmSync(folder, { recursive: true, force: true });
process.exit();
