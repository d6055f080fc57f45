/**
 * What the operator decides. The table of all settings is setting-rows.ts; here it is read, and what it says is checked.
 */
import { inNetworks } from "./lib/address.ts";
import { isLogLevel, type LogLevel } from "./lib/log.ts";
import { settingRows } from "./setting-rows.ts";

/** The settings of a house. */
export interface Settings {
  readonly mode: "dev" | "serve";
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder of the root key, the local certificate authority and, by default, the SQLite file. */
  readonly data: string;
  /** A path of a SQLite file, `:memory:`, or a `postgres://` address. */
  readonly database: string;
  /** The region of what is unsigned or does not say one. */
  readonly region: string;
  /** The twelve-digit account number in ARNs. */
  readonly account: string;
  /** How many proxies stand in front: the address of a caller is as many from the end of `X-Forwarded-For`. */
  readonly proxies: number;
  /** How much a minute is taken from one address of what guesses and of what costs. 0 sets no limit. */
  readonly addressLimit: number;
  /** Addresses, and networks such as `10.0.0.0/8`, that no limit is for. */
  readonly unlimitedAddresses: readonly string[];
  /** Where browsers and clients reach this house, without a slash at the end. Empty until the port is known. */
  readonly publicUrl: string;
  /** Whose issuer tokens carry: ours (`<publicUrl>/<poolId>`) or Amazon's. */
  readonly issuer: "self" | "aws";
  /** Where the ARNs of triggers lead to: a module's path, an http address, or `lambda:` and an endpoint's address. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Signs what is posted to triggers that are http addresses. Empty signs nothing. */
  readonly triggerSecret: string;
  /** Origins of identity providers that stand-ins take the place of, in dev mode. */
  readonly standIns: Readonly<Record<string, string>>;
  /** Hosts on private networks that identity providers may be reached at. */
  readonly privateHosts: readonly string[];
  /** Where the ARNs of log groups, buckets and streams lead to: `file:` and a path, `stdout:`, or an http address. */
  readonly logDestinations: Readonly<Record<string, string>>;
  /** `smtp://user:password@host:587`. Empty sends no mail. */
  readonly smtp: string;
  /** The sender of mail of pools that set none. */
  readonly mailFrom: string;
  /** The address that SMS are posted to. Empty sends none. */
  readonly smsHook: string;
  /** Signs what is posted to the SMS hook. */
  readonly smsHookSecret: string;
  /** How long records of who did what are kept. 0 keeps them for ever. */
  readonly auditDays: number;
  /** The least that is written to the log. */
  readonly logLevel: LogLevel;
  /** Where a collector reads what the house counts about itself. Undefined: nothing is counted. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** How long a house that was told to end goes on taking requests, so that who balances them sees it leave. */
  readonly drainSeconds: number;
}

/** What the command line and the environment say, by flag. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** A setting that cannot be used. Its message is one line that says what to do. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

const isPostgres = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);

/** The value of a setting: the flag's, the variable's, or the default. */
export function valueOfSetting(flag: string, given: Given, environment: NodeJS.ProcessEnv): string | undefined {
  const row = settingRows.find((candidate) => candidate.flag === flag);
  const chosen = given[camelCase(flag)] ?? (row && environment[row.variable]);
  if (chosen === undefined || chosen === "") return undefined;
  return String(chosen);
}

/** Whether a switch is on. */
export const isSwitchedOn = (flag: string, given: Given, environment: NodeJS.ProcessEnv): boolean =>
  !["0", "false", undefined].includes(valueOfSetting(flag, given, environment));

const camelCase = (flag: string): string => flag.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());

/** Reads and checks the settings. @throws SettingError */
export function readSettings(mode: Settings["mode"], given: Given, environment: NodeJS.ProcessEnv): Settings {
  const value = (flag: string): string | undefined => valueOfSetting(flag, given, environment);
  const data = value("data") ?? "./.poolhouse";
  const settings: Settings = {
    mode,
    host: value("host") ?? "127.0.0.1",
    port: portOf(value("port") ?? "7665"),
    data,
    database: value("database") ?? `${data}/poolhouse.db`,
    region: matching("region", value("region") ?? "us-east-1", /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/),
    account: matching("account", value("account") ?? "123456789012", /^\d{12}$/),
    proxies: Number(matching("proxies", value("proxies") ?? "0", /^\d$/)),
    addressLimit: Number(
      matching("address-limit", value("address-limit") ?? (mode === "dev" ? "0" : "60"), /^\d{1,6}$/),
    ),
    unlimitedAddresses: networksOf(value("unlimited-addresses") ?? "127.0.0.0/8,::1"),
    publicUrl: urlOf(value("public-url")),
    issuer: issuerOf(value("issuer") ?? "self"),
    triggers: pairsOf("triggers", value("triggers") ?? ""),
    triggerSecret: value("trigger-secret") ?? "",
    standIns: standInsOf(pairsOf("stand-ins", value("stand-ins") ?? "")),
    privateHosts: hostsOf(value("private-hosts") ?? ""),
    logDestinations: destinationsOf(pairsOf("log-destinations", value("log-destinations") ?? "")),
    smtp: matching("smtp", value("smtp") ?? "", /^(smtps?:\/\/.+)?$/),
    mailFrom: value("mail-from") ?? "no-reply@localhost",
    smsHook: matching("sms-hook", value("sms-hook") ?? "", /^(https?:\/\/.+)?$/),
    smsHookSecret: value("sms-hook-secret") ?? "",
    logLevel: logLevelOf(value("log-level") ?? (mode === "dev" ? "warn" : "info")),
    metrics: metricsOf(value("metrics-port"), value("metrics-host") ?? "127.0.0.1"),
    auditDays: Number(matching("audit-days", value("audit-days") ?? "400", /^\d{1,5}$/)),
    drainSeconds: Number(
      matching("drain-seconds", value("drain-seconds") ?? (mode === "dev" ? "0" : "3"), /^\d{1,3}$/),
    ),
  };
  if (mode === "dev") checkDev(settings, environment);
  else checkServe(settings, { proxies: value("proxies") !== undefined });
  return settings;
}

function portOf(text: string, flag = "port"): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SettingError(`--${flag} must be a number from 0 to 65535, not ${text}.`);
}

const metricsOf = (port: string | undefined, host: string): Settings["metrics"] =>
  port === undefined ? undefined : { host, port: portOf(port, "metrics-port") };

function logLevelOf(text: string): LogLevel {
  if (isLogLevel(text)) return text;
  throw new SettingError(`--log-level must be debug, info, warn or error, not ${text}.`);
}

function matching(flag: string, text: string, pattern: RegExp): string {
  if (pattern.test(text)) return text;
  throw new SettingError(`--${flag} cannot be ${text}.`);
}

function urlOf(text: string | undefined): string {
  if (text === undefined) return "";
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new SettingError(`--public-url must be an http or https address, not ${text}.`);
  }
  return text.replace(/\/+$/, "");
}

function issuerOf(text: string): "self" | "aws" {
  if (text === "self" || text === "aws") return text;
  throw new SettingError(`--issuer must be self or aws, not ${text}.`);
}

/** Reads `name=value,name=value`. */
function pairsOf(flag: string, text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new SettingError(`--${flag} is a list of <name>=<value>, and ${pair.trim()} has no value.`);
      return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    }),
  );
}

function standInsOf(pairs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [origin, address] of Object.entries(pairs)) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new SettingError(`--stand-ins: ${origin} must be an origin such as https://accounts.google.com.`);
    }
    matching("stand-ins", address, /^https?:\/\/[^/]+(\/.*)?$/);
  }
  return pairs;
}

function hostsOf(text: string): readonly string[] {
  const hosts = text.split(",").map((host) => host.trim().toLowerCase());
  return hosts.filter((host) => host !== "").map((host) => matching("private-hosts", host, /^[a-z0-9.:_-]+$/));
}

function networksOf(text: string): readonly string[] {
  const networks = text === "none" ? [] : text.split(",").map((network) => network.trim());
  for (const network of networks) {
    try {
      inNetworks([network]);
    } catch {
      throw new SettingError(
        `--unlimited-addresses is a list of addresses and networks such as 10.0.0.0/8, and ${network || "nothing"} is none.`,
      );
    }
  }
  return networks;
}

function destinationsOf(pairs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const target of Object.values(pairs)) matching("log-destinations", target, /^(stdout:|file:.+|https?:\/\/.+)$/);
  return pairs;
}

/** Whether the server of an address is this machine's own: by loopback, or by a socket in its file system. */
function isOnThisMachine(address: string): boolean {
  const { hostname, searchParams } = new URL(address);
  const host = searchParams.get("host") ?? hostname;
  return host === "" || host.startsWith("/") || loopbackHosts.has(host.replace(/^\[|\]$/g, ""));
}

/** A dev house believes everybody, so nobody else may reach it, and it reaches nobody. */
function checkDev({ host, database, smtp }: Settings, environment: NodeJS.ProcessEnv): void {
  if (!loopbackHosts.has(host)) {
    throw new SettingError(
      `dev mode accepts any credentials and stays on this machine: --host ${host} is refused. Use \`poolhouse serve\`.`,
    );
  }
  if (environment["NODE_ENV"] === "production") {
    throw new SettingError("dev mode accepts any credentials and refuses NODE_ENV=production. Use `poolhouse serve`.");
  }
  if (isPostgres(database) && !isOnThisMachine(database)) {
    throw new SettingError(
      "dev mode accepts any credentials and keeps its data on this machine: --database names another host. Use `poolhouse serve`.",
    );
  }
  if (smtp !== "" && !isOnThisMachine(smtp)) {
    throw new SettingError(
      "dev mode writes to no real people: --smtp names another host. Use one on localhost, or look at /_poolhouse/inbox.",
    );
  }
}

/** Modes of TLS in which PostgreSQL's certificate is verified. Source: the documentation of pg-connection-string. */
const verifiedModes: ReadonlySet<string | null> = new Set(["require", "verify-ca", "verify-full"]);

/** A production house starts only where nothing is left open. */
function checkServe(settings: Settings, isSaid: { readonly proxies: boolean }): void {
  const { host, standIns, triggers, triggerSecret, publicUrl, database, smsHook, smsHookSecret } = settings;
  if (Object.keys(standIns).length > 0) {
    throw new SettingError("--stand-ins is for dev mode: here anybody who answers there would be believed.");
  }
  if (publicUrl === "")
    throw new SettingError("serve mode needs --public-url: tokens, links and cookies are made from it.");
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== "https:" && !(loopbackHosts.has(hostname) && loopbackHosts.has(host))) {
    throw new SettingError(`--public-url must be https: ${publicUrl} would send tokens in the clear.`);
  }
  if (triggerSecret === "" && Object.values(triggers).some((target) => /^https?:/.test(target))) {
    throw new SettingError("--triggers with an http address needs --trigger-secret: anybody could post events to it.");
  }
  if (smsHook !== "" && smsHookSecret === "") {
    throw new SettingError("--sms-hook needs --sms-hook-secret: without a signature anybody could post to it.");
  }
  if (database === ":memory:")
    throw new SettingError("--database :memory: would forget everything. Give a file or a postgres:// address.");
  if (protocol === "https:" && !isSaid.proxies) {
    throw new SettingError(
      "serve mode needs --proxies: TLS ends at what stands in front, and callers are told apart by what it adds to X-Forwarded-For. Say how many there are, or 0 where none adds to it.",
    );
  }
  if (isPostgres(database) && !isOnThisMachine(database)) {
    if (!verifiedModes.has(new URL(database).searchParams.get("sslmode"))) {
      throw new SettingError(
        "--database names another host without TLS. Add ?sslmode=verify-full to the address (and &sslrootcert=FILE for an authority of your own).",
      );
    }
  }
}
