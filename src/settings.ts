/** What the operator decides. Each has a flag and an environment variable that say the same (see settings table below). */
export interface Settings {
  readonly mode: "dev" | "serve";
  readonly host: string;
  readonly port: number;
  /** The folder of the root key, the local certificate authority and, by default, the SQLite file. */
  readonly data: string;
  /** A path of a SQLite file, `:memory:`, or a `postgres://` address. */
  readonly database: string;
  /** The region of what is unsigned or does not say one. */
  readonly region: string;
  /** The twelve-digit account number in ARNs. */
  readonly account: string;
  /** Where browsers and clients reach this house, without a slash at the end. */
  readonly publicUrl: string;
  /** Whose issuer tokens carry: ours (`<publicUrl>/<poolId>`) or Amazon's. */
  readonly issuer: "self" | "aws";
}
