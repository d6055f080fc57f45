/** What the page and the API are told of the user pool. */
export interface ExampleSettings {
  /** The issuer of the pool's tokens, which is where discovery and keys are found. */
  readonly issuer: string;
  /** The user pool domain, with its scheme. */
  readonly domain: string;
  readonly clientId: string;
}

/** A note as the API gives it. */
export interface Note {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
}
