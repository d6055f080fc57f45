/** What a kind of identity provider has to do: send a browser off, and make out who comes back. */
import type { App } from "../app.ts";
import type { Level } from "../pools/assurance.ts";
import type { Pool } from "../pools/pool.ts";
import type { Provider, ProviderType } from "../providers/provider.ts";
import type { ProviderAnswer } from "../triggers/inbound-federation.ts";
import type { NameId } from "./saml-assertion.ts";

/** What a protocol remembers from the way out to the way back. It is sealed in between. */
export type Memory = Readonly<Record<string, string>>;

/** The provider that a browser is on the way to or from. */
export interface Destination {
  readonly pool: Pool;
  readonly provider: Provider;
  /** With its secrets. */
  readonly details: Readonly<Record<string, string>>;
  /** Where our domain is reached, without a slash at the end. */
  readonly base: string;
}

/** A browser that leaves. */
export interface Departing extends Destination {
  /** What the provider must send back with it. */
  readonly state: string;
  readonly prompts: readonly string[];
  readonly loginHint: string | undefined;
  /** The levels of assurance that the client wants, the one that it wants most first. */
  readonly levels: readonly Level[];
}

/** Where it goes, and what has to be known when it is back. */
export interface Leaving {
  readonly location: string;
  /** What is posted there; without it the browser is redirected. */
  readonly form?: Readonly<Record<string, string>>;
  readonly memory: Memory;
}

/** A browser that is back with a state of ours. */
export interface Returning extends Destination {
  readonly memory: Memory;
  /** What it brings: the parameters of the query or the form. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who came back, as the provider says and as was verified. */
export interface Statement {
  /** What the protocol itself calls the user by: the subject of a SAML assertion. */
  readonly subject?: string;
  /** The entity id of a SAML provider. */
  readonly issuer?: string;
  /** The session at the provider, where it can be ended from here. */
  readonly session?: ProviderSession;
  /** The level of assurance that it vouches for, where it names one. */
  readonly level?: Level;
  /** By the provider's names. Lists are lists. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Where the provider said what, as the pool's function is told. */
  readonly answer: ProviderAnswer;
}

/** What a SAML provider calls a user and the session that it has there. */
export interface ProviderSession {
  readonly nameId: NameId;
  readonly sessionIndex: string | undefined;
}

/** One kind of provider: both ends of the way. */
export interface Protocol {
  /** @throws FederationRefusal when the provider cannot be reached */
  leave(app: App, departing: Departing): Promise<Leaving>;
  /** @throws FederationRefusal for what proves nothing */
  arrive(app: App, returning: Returning): Promise<Statement>;
}

/** The protocols by the type of the provider. */
export type Protocols = Readonly<Record<ProviderType, Protocol>>;
