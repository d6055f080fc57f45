/** `poolhouse dev` and `poolhouse serve`: open a house and keep it until it is told to end. */
import process, { env, exit, stderr, stdout } from "node:process";
import { listAccessKeys } from "../access/access.ts";
import { applySeed } from "../apply-seed.ts";
import { type Fittings, type House, openHouse } from "../house.ts";
import { jsonLog } from "../lib/log.ts";
import { readSeed } from "../seed.ts";
import { type Given, isSwitchedOn, readSettings, type Settings, valueOfSetting } from "../settings.ts";
import type { LocalCertificate } from "../tls/authority.ts";
import { devRootKey, serveRootKey } from "../vault/root-key.ts";
import { withPatience } from "./patience.ts";
import { postureFaults } from "./posture.ts";

/** Runs a house for development. */
export async function runDev(given: Given): Promise<void> {
  const settings = readSettings("dev", given, env);
  const isSecure = isSwitchedOn("https", given, env);
  const certificate = isSecure ? await certify(settings.data) : undefined;
  const house = await open(settings, { rootKey: devRootKey(settings.data), ...(certificate && { tls: certificate }) });
  await seed(house, given);
  endWhenTold(house);
  stdout.write(greeting(house, certificate?.authorityFile));
}

/** The certificate code is loaded only here: it is large, and most houses listen in the clear. */
async function certify(data: string): Promise<LocalCertificate> {
  const { localCertificate } = await import("../tls/authority.ts");
  return localCertificate(data, Date.now());
}

/** Runs a house in production. */
export async function runServe(given: Given): Promise<void> {
  const settings = readSettings("serve", given, env);
  const rootKeyFile = valueOfSetting("root-key-file", given, env);
  const [fault] = postureFaults({ settings, given, rootKeyFile });
  if (fault !== undefined) throw new Error(fault);
  const rootKey = serveRootKey({ file: rootKeyFile, credentials: env["CREDENTIALS_DIRECTORY"] });
  keepToItself();
  const house = await open(settings, { rootKey });
  await seed(house, given);
  if ((await listAccessKeys(house.app)).length === 0) {
    house.app.log.warn(
      {},
      "There is no access key, so nobody can administer. Make one: poolhouse keys create --role admin",
    );
  }
  endWhenTold(house);
  if (house.metricsUrl) stdout.write(`Metrics on ${house.metricsUrl}\n`);
  stdout.write(`Poolhouse is ready on ${house.url}\n`);
}

/** A signal must not open the inspector, and a report of a crash must not hold the environment. */
function keepToItself(): void {
  process.on("SIGUSR1", () => undefined);
  process.report.excludeEnv = true;
}

function open(settings: Settings, fittings: Fittings): Promise<House> {
  const onFatal = (error: Error): void => {
    stderr.write(`poolhouse: the store failed and cannot be trusted: ${error.message}\n`);
    exit(1);
  };
  return withPatience("Opening the database", () =>
    openHouse(settings, { log: jsonLog(settings.logLevel), onFatal, ownsProcess: true, ...fittings }),
  );
}

async function seed(house: House, given: Given): Promise<void> {
  const file = valueOfSetting("seed", given, env);
  if (file === undefined) return;
  const wanted = readSeed(file);
  await withPatience(`Making what ${file} names`, () => applySeed(house.app, wanted));
}

/** Comes before the line that says it is ready: who reads that may tell it to end at once. */
function endWhenTold(house: House): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) exit(1);
    isEnding = true;
    house.drain();
    setTimeout(() => {
      house.close().then(
        () => exit(0),
        (error: unknown) => {
          stderr.write(`poolhouse: ${String(error)}\n`);
          exit(1);
        },
      );
    }, house.app.settings.drainSeconds * 1000);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

/** What a newcomer needs next. The last line is the one that scripts wait for. */
function greeting({ app, url }: House, authorityFile: string | undefined): string {
  const { region, data } = app.settings;
  const trust =
    authorityFile === undefined
      ? ""
      : `
  Trust the certificate   export NODE_EXTRA_CA_CERTS=${authorityFile}
                          export AWS_CA_BUNDLE=${authorityFile}
                          (browsers: add that file to the system's authorities)
`;
  return `
  Endpoint     ${url}
  Region       ${region}
  Data         ${data}
  Mail         ${url}/_poolhouse/inbox

  Paste this to make a first pool:

  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_ENDPOINT_URL=${url}
  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  aws cognito-idp create-user-pool --pool-name first --username-attributes email --auto-verified-attributes email
  aws cognito-idp list-user-pools --max-results 10
${trust}
Poolhouse is ready on ${url}
`;
}
