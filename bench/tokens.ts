/**
 * Token answers a second of the server's processor, beside a bare server that makes the same signatures and durable
 * commits on the same machine in the same run.
 *
 *   npm run build && node bench/tokens.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import {
  answersPerProcessorSecond,
  bareServer,
  command,
  type Shot,
  shoot,
  shootAll,
  startServer,
  stopServer,
} from "./processes.ts";

const requests = 3_000;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const house = await startServer([command, "dev", "--port", "0", "--data", folder]);
const bare = await startServer([bareServer]);
const api = new CognitoIdentityProvider({
  endpoint: house.url,
  region: "us-east-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
});

const { UserPool } = await api.createUserPool({ PoolName: "bench", UsernameAttributes: ["email"] });
const UserPoolId = UserPool?.Id ?? "";
await api.createUserPoolDomain({ UserPoolId, Domain: "bench" });
await api.createResourceServer({
  UserPoolId,
  Identifier: "order",
  Name: "o",
  Scopes: [{ ScopeName: "write", ScopeDescription: "w" }],
});
const oauth = { GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true } as const;
const machine = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "m",
  ...oauth,
  AllowedOAuthFlows: ["client_credentials"],
  AllowedOAuthScopes: ["order/write"],
});
const redirect = "https://app.example.com/cb";
const person = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "p",
  ...oauth,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email"],
  CallbackURLs: [redirect],
});
await api.adminCreateUser({
  UserPoolId,
  Username: "jane@example.com",
  MessageAction: "SUPPRESS",
  UserAttributes: [
    { Name: "email", Value: "jane@example.com" },
    { Name: "email_verified", Value: "true" },
  ],
});
await api.adminSetUserPassword({ UserPoolId, Username: "jane@example.com", Password: "Passw0rd!", Permanent: true });

const tokenShot = (client: typeof machine, form: Readonly<Record<string, string>>): Shot => ({
  path: "/bench/oauth2/token",
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    authorization: `Basic ${Buffer.from(`${client.UserPoolClient?.ClientId}:${client.UserPoolClient?.ClientSecret}`).toString("base64")}`,
  },
  body: new URLSearchParams(form).toString(),
});

const query = new URLSearchParams({
  response_type: "code",
  client_id: person.UserPoolClient?.ClientId ?? "",
  redirect_uri: redirect,
  scope: "openid email",
});
const login = await fetch(`${house.url}/bench/login?${query}`);
const csrf = /name="_csrf" value="([^"]+)"/.exec(await login.text())?.[1] ?? "";
const signedIn = await fetch(`${house.url}/bench/login?${query}`, {
  method: "POST",
  redirect: "manual",
  headers: { cookie: `XSRF-TOKEN=${csrf}` },
  body: new URLSearchParams({ _csrf: csrf, username: "jane@example.com", password: "Passw0rd!" }),
});
const session =
  signedIn.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith("cognito="))
    ?.split(";")[0] ?? "";

async function code(): Promise<string> {
  const answer = await fetch(`${house.url}/bench/oauth2/authorize?${query}`, {
    redirect: "manual",
    headers: { cookie: session },
  });
  return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

async function codes(count: number): Promise<string[]> {
  const made: string[] = [];
  while (made.length < count) made.push(...(await Promise.all(Array.from({ length: 50 }, code))));
  return made;
}

const codeShot = (value: string): Shot =>
  tokenShot(person, { grant_type: "authorization_code", code: value, redirect_uri: redirect });
const first = JSON.parse(await shoot(house.url, codeShot(await code())));
const credentials = Array.from({ length: requests }, () => tokenShot(machine, { grant_type: "client_credentials" }));
const refreshes = Array.from({ length: requests }, () =>
  tokenShot(person, { grant_type: "refresh_token", refresh_token: first.refresh_token }),
);
/** What cannot be left out of an answer. */
interface Floor {
  readonly signatures: number;
  readonly commits: number;
}
const bareShots = ({ signatures, commits }: Floor): Shot[] =>
  Array.from({ length: requests }, () => ({ path: `/${signatures}/0/${commits}`, headers: {}, body: "x=1" }));

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

async function measure(name: string, least: Floor, shotsOf: () => Promise<Shot[]> | Shot[]): Promise<void> {
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    floor.push(await answersPerProcessorSecond(bare, bareShots(least)));
    ours.push(await answersPerProcessorSecond(house, await shotsOf()));
  }
  const ratio = median(ours) / median(floor);
  process.stdout.write(
    `${name}: ${median(ours).toFixed(0)} answers per processor second, bare ${median(floor).toFixed(0)}, ratio ${ratio.toFixed(2)}\n`,
  );
}

await shootAll(house.url, [...credentials.slice(0, 500), ...refreshes.slice(0, 500)]);
await shootAll(bare.url, bareShots({ signatures: 2, commits: 1 }).slice(0, 500));
await measure("client credentials (1 signature)", { signatures: 1, commits: 0 }, () => credentials);
await measure("refresh (2 signatures)", { signatures: 2, commits: 0 }, () => refreshes);
await measure("code exchange (2 signatures, 1 commit)", { signatures: 2, commits: 1 }, async () =>
  (await codes(1_000)).map(codeShot),
);

await stopServer(house);
await stopServer(bare);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
