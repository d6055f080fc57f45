/**
 * The pages: how many sign-in pages a second, and how long one takes; and the whole code flow (authorize, the page, signing
 * in by password, code, tokens) beside a bare server that checks the same password and makes the same signatures on the
 * same machine in the same run.
 *
 *   npm run build && node bench/pages.ts [pages] [flows]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import {
  answersPerProcessorSecond,
  bareServer,
  command,
  processorSeconds,
  shootAll,
  startServer,
  stopServer,
} from "./processes.ts";

const [pages = 3_000, flows = 300] = argv.slice(2).map(Number);
const rounds = 3;
const pagesAtOnce = 16;
const flowsAtOnce = 4;

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const house = await startServer([command, "dev", "--port", "0", "--data", folder]);
const bare = await startServer([bareServer]);
const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const api = new CognitoIdentityProvider({ endpoint: house.url, region: "us-east-1", credentials });

const username = "jane@example.com";
const password = "Passw0rd!";
const redirect = "https://app.example.com/cb";
const { UserPool } = await api.createUserPool({ PoolName: "bench", UsernameAttributes: ["email"] });
const UserPoolId = UserPool?.Id ?? "";
await api.createUserPoolDomain({ UserPoolId, Domain: "bench" });
const { UserPoolClient } = await api.createUserPoolClient({
  UserPoolId,
  ClientName: "bench",
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email"],
  CallbackURLs: [redirect],
});
await api.adminCreateUser({ UserPoolId, Username: username, MessageAction: "SUPPRESS" });
await api.adminSetUserPassword({ UserPoolId, Username: username, Password: password, Permanent: true });

const client_id = UserPoolClient?.ClientId ?? "";
const query = new URLSearchParams({ response_type: "code", client_id, redirect_uri: redirect, scope: "openid email" });
const base = `${house.url}/bench`;

/** Does something so many times, so many at once, and gives how long each took, in milliseconds, the shortest first. */
async function timesOf(count: number, atOnce: number, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let begun = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (begun++ < count) {
        const before = performance.now();
        await work();
        times.push(performance.now() - before);
      }
    }),
  );
  return times.toSorted((one, other) => one - other);
}

const at = (times: readonly number[], part: number): number => times[Math.floor(times.length * part)] ?? 0;
const median = (values: readonly number[]): number =>
  at(
    values.toSorted((one, other) => one - other),
    0.5,
  );

async function getPage(): Promise<void> {
  const answer = await fetch(`${base}/login?${query}`);
  const html = await answer.text();
  if (!html.includes("signInFormUsername")) throw new Error(`${answer.status} ${html}`);
}

/** The cookies of an answer, as a request sends them back. */
const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** One person signs in: five requests, from the client's to its tokens. */
async function flow(): Promise<void> {
  const asked = await fetch(`${base}/oauth2/authorize?${query}`, { redirect: "manual" });
  const login = asked.headers.get("location") ?? "";
  const page = await fetch(login);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const back = await fetch(login, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookiesOf(page) },
    body: new URLSearchParams({ _csrf: csrf, username, password }),
  });
  const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const body = new URLSearchParams({ grant_type: "authorization_code", client_id, code, redirect_uri: redirect });
  const tokens = await fetch(`${base}/oauth2/token`, { method: "POST", body });
  if (tokens.status !== 200) throw new Error(`${tokens.status} ${await tokens.text()}`);
  await tokens.text();
}

await timesOf(200, pagesAtOnce, getPage);
await timesOf(flows, flowsAtOnce, flow);
const floorShots = Array.from({ length: flows }, () => ({ path: "/2/1", headers: {}, body: "x=1" }));
await shootAll(bare.url, floorShots.slice(0, 20), flowsAtOnce);

const before = processorSeconds(house);
const begun = performance.now();
const times = await timesOf(pages, pagesAtOnce, getPage);
const seconds = (performance.now() - begun) / 1000;
const used = processorSeconds(house) - before;
stdout.write(
  `sign-in page: ${(pages / seconds).toFixed(0)} a second, ${(pages / used).toFixed(0)} a second of the server's processor, ` +
    `median ${at(times, 0.5).toFixed(1)} ms, 99th percentile ${at(times, 0.99).toFixed(1)} ms with ${pagesAtOnce} at once\n`,
);

const [ours, floor, rates]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < rounds; round++) {
  floor.push(1000 / (await answersPerProcessorSecond(bare, floorShots)));
  const [processor, clock] = [processorSeconds(house), performance.now()];
  await timesOf(flows, flowsAtOnce, flow);
  ours.push((1000 * (processorSeconds(house) - processor)) / flows);
  rates.push((1000 * flows) / (performance.now() - clock));
}
stdout.write(
  `code flow by password: ${median(rates).toFixed(0)} a second, ${median(ours).toFixed(2)} ms of processor each; ` +
    `its hash and signatures ${median(floor).toFixed(2)} ms, ratio ${(median(ours) / median(floor)).toFixed(2)}\n`,
);

await stopServer(house);
await stopServer(bare);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
