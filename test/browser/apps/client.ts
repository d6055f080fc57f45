/** What every page of the test offers, whichever library does it. */
export interface BrowserClient {
  /** Leaves for the sign-in page. */
  signIn(): Promise<void>;
  /** The tokens of who is signed in, or null. */
  tokens(): Promise<Tokens | null>;
  /** New tokens for the ones that are held. */
  refresh(): Promise<Tokens | null>;
  /** Leaves for the sign-out endpoint. */
  signOut(): Promise<void>;
}

/** The claims of the tokens that a library holds. */
export interface Tokens {
  readonly id: Readonly<Record<string, unknown>>;
  readonly access: Readonly<Record<string, unknown>>;
}

/** What a page is told of the house. */
export interface Settings {
  /** Where the house is reached. */
  readonly url: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The host of the domain, without a scheme. */
  readonly domain: string;
  /** The page itself: it is come back to. */
  readonly page: string;
}

declare global {
  interface Window {
    settings: Settings;
    client: BrowserClient;
  }
}
