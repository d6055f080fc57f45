/** `poolhouse dev` and `poolhouse serve`: open a house and keep it until it is told to end. */
import process, { env, exit, stderr, stdout } from "node:process";
import { type Fittings, type House, openHouse } from "../house.ts";
import { jsonLog } from "../lib/log.ts";
import { applySeed, readSeed } from "../seed.ts";
import { type Given, isSwitchedOn, readSettings, type Settings, valueOfSetting } from "../settings.ts";
import type { LocalCertificate } from "../tls/authority.ts";
import { devRootKey, serveRootKey } from "../vault/root-key.ts";

/** Runs a house for development. */
export async function runDev(given: Given): Promise<void> {
  const settings = readSettings("dev", given, env);
  const isSecure = isSwitchedOn("https", given, env);
  const certificate = isSecure ? await certify(settings.data) : undefined;
  const house = await open(settings, { rootKey: devRootKey(settings.data), ...(certificate && { tls: certificate }) });
  await seed(house, given);
  stdout.write(greeting(house, certificate?.authorityFile));
  stayUntilTold(house);
}

/** The certificate code is loaded only here: it is large, and most houses listen in the clear. */
async function certify(data: string): Promise<LocalCertificate> {
  const { localCertificate } = await import("../tls/authority.ts");
  return localCertificate(data, Date.now());
}

/** Runs a house in production. */
export async function runServe(given: Given): Promise<void> {
  const settings = readSettings("serve", given, env);
  const rootKey = serveRootKey({
    file: valueOfSetting("root-key-file", given, env),
    credentials: env["CREDENTIALS_DIRECTORY"],
  });
  const house = await open(settings, { rootKey });
  await seed(house, given);
  stdout.write(`Poolhouse is ready on ${house.url}\n`);
  stayUntilTold(house);
}

/** Anything that takes longer than this is said. */
const patienceMilliseconds = 1000;

async function open(settings: Settings, fittings: Fittings): Promise<House> {
  const waiting = setTimeout(() => stderr.write("Opening the database …\n"), patienceMilliseconds);
  const onFatal = (error: Error): void => {
    stderr.write(`poolhouse: the store failed and cannot be trusted: ${error.message}\n`);
    exit(1);
  };
  try {
    return await openHouse(settings, { log: jsonLog(), onFatal, ownsProcess: true, ...fittings });
  } finally {
    clearTimeout(waiting);
  }
}

async function seed(house: House, given: Given): Promise<void> {
  const file = valueOfSetting("seed", given, env);
  if (file !== undefined) await applySeed(house.app, readSeed(file));
}

function stayUntilTold(house: House): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) exit(1);
    isEnding = true;
    house.close().then(
      () => exit(0),
      (error: unknown) => {
        stderr.write(`poolhouse: ${String(error)}\n`);
        exit(1);
      },
    );
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

  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=${region} AWS_ENDPOINT_URL=${url}
  aws cognito-idp create-user-pool --pool-name first --username-attributes email --auto-verified-attributes email
  aws cognito-idp list-user-pools --max-results 10
${trust}
Poolhouse is ready on ${url}
`;
}
