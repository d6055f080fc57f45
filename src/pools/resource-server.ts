import { ApiError } from "../contract/errors.ts";
import type { ResourceServerScopeType, ResourceServerType } from "../contract/types.gen.ts";

/** An API that scopes are for. Source: Cognito developer guide, resource servers; RFC 6749 section 1.1. */
export interface ResourceServer {
  readonly poolId: string;
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly ResourceServerScopeType[];
}

/** The scope that lets a client register others. The service has it of itself, without a resource server. */
export const registrationScope = "aws.cognito/dcr/register";

/** The scopes that requests can name as `<identifier>/<scope>`: those of resource servers, and the service's own. */
export const customScopes = (servers: readonly ResourceServer[]): ReadonlySet<string> =>
  new Set([
    registrationScope,
    ...servers.flatMap(({ identifier, scopes }) => scopes.map(({ ScopeName }) => `${identifier}/${ScopeName}`)),
  ]);

/** A scope may stand once. @throws InvalidParameterException */
export function checkScopes(scopes: readonly ResourceServerScopeType[]): void {
  const names = scopes.map(({ ScopeName }) => ScopeName);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new ApiError("InvalidParameterException", `Duplicate scope ${repeated} in the resource server.`);
  }
}

/** The resource server as the API shows it. */
export const describeResourceServer = (server: ResourceServer): ResourceServerType => ({
  UserPoolId: server.poolId,
  Identifier: server.identifier,
  Name: server.name,
  Scopes: server.scopes.length > 0 ? [...server.scopes] : undefined,
});
