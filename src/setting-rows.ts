/**
 * One table: each setting's flag, environment variable, default and meaning; the command line, its help and the
 * documentation are made from it.
 */

/** One line of the table. */
export interface SettingRow {
  /** The flag without its dashes. */
  readonly flag: string;
  /** How help shows its value; absent for a switch. */
  readonly value?: string;
  readonly variable: string;
  /** As help shows it; empty where there is none. */
  readonly standard: string;
  readonly meaning: string;
}

export const settingRows: readonly SettingRow[] = [
  {
    flag: "port",
    value: "number",
    variable: "POOLHOUSE_PORT",
    standard: "7665",
    meaning: "the port to listen on; 0 takes a free one",
  },
  {
    flag: "host",
    value: "address",
    variable: "POOLHOUSE_HOST",
    standard: "127.0.0.1",
    meaning: "the address to listen on; dev mode stays on loopback",
  },
  {
    flag: "data",
    value: "folder",
    variable: "POOLHOUSE_DATA",
    standard: "./.poolhouse",
    meaning: "where the root key, the local certificate authority and the SQLite file live",
  },
  {
    flag: "database",
    value: "address",
    variable: "POOLHOUSE_DATABASE",
    standard: "<data>/poolhouse.db",
    meaning: "a SQLite file, or postgres://user:password@host/name",
  },
  {
    flag: "region",
    value: "name",
    variable: "POOLHOUSE_REGION",
    standard: "us-east-1",
    meaning: "the region of requests that are not signed for one",
  },
  {
    flag: "account",
    value: "number",
    variable: "POOLHOUSE_ACCOUNT",
    standard: "123456789012",
    meaning: "the twelve-digit account number in ARNs",
  },
  {
    flag: "public-url",
    value: "address",
    variable: "POOLHOUSE_PUBLIC_URL",
    standard: "http://localhost:<port>",
    meaning: "where browsers and clients reach this house",
  },
  {
    flag: "proxies",
    value: "number",
    variable: "POOLHOUSE_PROXIES",
    standard: "0",
    meaning: "how many proxies in front add to X-Forwarded-For; 0 believes no such header",
  },
  {
    flag: "address-limit",
    value: "number",
    variable: "POOLHOUSE_ADDRESS_LIMIT",
    standard: "0 in dev mode, 60 in serve mode",
    meaning:
      "how many failed sign-ins, wrong codes, requests for messages and the like a minute are taken from one address, after five minutes' worth; 0 sets no limit",
  },
  {
    flag: "unlimited-addresses",
    value: "list",
    variable: "POOLHOUSE_UNLIMITED_ADDRESSES",
    standard: "127.0.0.0/8,::1",
    meaning: "addresses and networks that --address-limit is not for, separated by commas; none limits every address",
  },
  {
    flag: "issuer",
    value: "self|aws",
    variable: "POOLHOUSE_ISSUER",
    standard: "self",
    meaning: "whose issuer tokens carry: this house's, or Amazon's",
  },
  {
    flag: "seed",
    value: "file",
    variable: "POOLHOUSE_SEED",
    standard: "",
    meaning: "a JSON or YAML file of pools, clients, groups and users to be present at start",
  },
  {
    flag: "https",
    variable: "POOLHOUSE_HTTPS",
    standard: "",
    meaning: "dev mode only: listen with a certificate of a local authority",
  },
  {
    flag: "triggers",
    value: "list",
    variable: "POOLHOUSE_TRIGGERS",
    standard: "",
    meaning: "where Lambda ARNs lead: <arn>=<module path, http address or lambda:endpoint>, separated by commas",
  },
  {
    flag: "trigger-secret",
    value: "text",
    variable: "POOLHOUSE_TRIGGER_SECRET",
    standard: "",
    meaning: "signs what is posted to triggers that are http addresses",
  },
  {
    flag: "stand-ins",
    value: "list",
    variable: "POOLHOUSE_STAND_INS",
    standard: "",
    meaning: "dev mode only: what takes the place of identity providers: <origin>=<http address>, separated by commas",
  },
  {
    flag: "private-hosts",
    value: "list",
    variable: "POOLHOUSE_PRIVATE_HOSTS",
    standard: "",
    meaning: "hosts on private networks that identity providers may be reached at, separated by commas",
  },
  {
    flag: "log-destinations",
    value: "list",
    variable: "POOLHOUSE_LOG_DESTINATIONS",
    standard: "",
    meaning: "where logs of pools lead: <arn>=<file:path, stdout: or http address>, separated by commas",
  },
  {
    flag: "smtp",
    value: "address",
    variable: "POOLHOUSE_SMTP",
    standard: "",
    meaning: "the server that mail goes out by: smtp://user:password@host:587",
  },
  {
    flag: "mail-from",
    value: "address",
    variable: "POOLHOUSE_MAIL_FROM",
    standard: "no-reply@localhost",
    meaning: "the sender of mail of pools that set none",
  },
  {
    flag: "sms-hook",
    value: "address",
    variable: "POOLHOUSE_SMS_HOOK",
    standard: "",
    meaning: "the address that SMS are posted to as JSON",
  },
  {
    flag: "sms-hook-secret",
    value: "text",
    variable: "POOLHOUSE_SMS_HOOK_SECRET",
    standard: "",
    meaning: "signs what is posted to the SMS hook",
  },
  {
    flag: "sender-key-file",
    value: "file",
    variable: "POOLHOUSE_SENDER_KEY_FILE",
    standard: "",
    meaning: "32 bytes as base64: the key under which custom sender triggers get codes",
  },
  {
    flag: "root-key-file",
    value: "file",
    variable: "POOLHOUSE_ROOT_KEY_FILE",
    standard: "",
    meaning: "serve mode only: the file that holds the root key",
  },
  {
    flag: "log-level",
    value: "debug|info|warn|error",
    variable: "POOLHOUSE_LOG_LEVEL",
    standard: "warn in dev mode, info in serve mode",
    meaning: "the least that is written to standard error; info tells of each administrative change",
  },
  {
    flag: "audit-days",
    value: "number",
    variable: "POOLHOUSE_AUDIT_DAYS",
    standard: "400",
    meaning: "how many days records of who did what are kept; 0 keeps them for ever",
  },
  {
    flag: "metrics-port",
    value: "number",
    variable: "POOLHOUSE_METRICS_PORT",
    standard: "",
    meaning: "serves metrics for Prometheus at /metrics on this port; 0 takes a free one",
  },
  {
    flag: "metrics-host",
    value: "address",
    variable: "POOLHOUSE_METRICS_HOST",
    standard: "127.0.0.1",
    meaning: "the address that the metrics port listens on",
  },
  {
    flag: "drain-seconds",
    value: "number",
    variable: "POOLHOUSE_DRAIN_SECONDS",
    standard: "0 in dev mode, 3 in serve mode",
    meaning: "how long requests are still taken after SIGTERM, while /ready says no",
  },
];
