/**
 * The endpoints of a user pool domain that OAuth 2.0 and OpenID Connect clients use. The room owns what is checked in a
 * request and in which order, and how a browser or a client is answered; who may sign in is decided in signin/, and
 * what a token says in tokens/.
 */
import type { App } from "../app.ts";
import type { Origin } from "../events/context.ts";
import type { Pool } from "../pools/pool.ts";

/** A request to a user pool domain. */
export interface DomainRequest {
  readonly app: App;
  readonly pool: Pool;
  /** The name of the domain: a prefix, or a whole name. */
  readonly name: string;
  readonly request: Request;
  /** The query of the request line. */
  readonly query: URLSearchParams;
  /** Below the domain: `/oauth2/authorize`. */
  readonly path: string;
  /** Where the domain is reached, without a slash at the end: `http://acme.localhost:7665` or `http://localhost:7665/acme`. */
  readonly base: string;
  readonly origin: Origin;
}

/** An answer of an endpoint, or undefined where it has none for the method. */
export type Endpoint = (request: DomainRequest) => Promise<Response> | Response;
