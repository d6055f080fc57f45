/** Finds what an operation acts on, so that no operation looks it up. */
import type { App } from "../app.ts";
import { findClient, getPoolClient } from "../clients/store.ts";
import { errorsOf } from "../contract/contract.ts";
import { ApiError } from "../contract/errors.ts";
import type { OperationName } from "../contract/types.gen.ts";
import type { Operation, SubjectKind, Subjects } from "../operation.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { isServedBy } from "../replicas/replica.ts";
import { findReplica } from "../replicas/store.ts";
import { identifyTokenBearer } from "../tokens/bearer.ts";
import { getUser } from "../users/store.ts";
import type { Caller } from "./caller.ts";

/** The members that name subjects; the contract has made sure that those an operation needs are there. */
interface Naming {
  readonly UserPoolId?: string;
  readonly ClientId?: string;
  readonly Username?: string;
  readonly AccessToken?: string;
  readonly Session?: string;
}

/** The scope that a token needs for the operations of a user on itself. */
const selfScope = "aws.cognito.signin.user.admin";

/**
 * The subject that a request names to an operation.
 * @throws ResourceNotFoundException, UserNotFoundException, or NotAuthorizedException for a token that is not good.
 */
export async function findSubject(
  app: App,
  { name, kind }: Pick<Operation, "name" | "kind">,
  caller: Caller | undefined,
  input: object,
): Promise<Subjects[SubjectKind]> {
  const { UserPoolId = "", ClientId = "", Username = "", AccessToken = "", Session = "" }: Naming = input;
  const region = caller?.region ?? app.settings.region;
  switch (kind) {
    case "account":
      return { id: app.settings.account, region };
    case "pool":
      return poolInRegion(app, UserPoolId, region, name);
    case "user": {
      const pool = await poolInRegion(app, UserPoolId, region, name);
      return { pool, user: await getUser(app.db, pool, Username) };
    }
    case "client": {
      const pool = await poolInRegion(app, UserPoolId, region, name);
      return { pool, client: await getPoolClient(app.db, pool.id, ClientId) };
    }
    case "public":
      return publicClient(app, ClientId, name);
    case "self":
      return identifyTokenBearer(app, AccessToken, selfScope);
    case "bearer":
      if (Session && !AccessToken) return { by: "session", session: Session };
      return { by: "token", ...(await identifyTokenBearer(app, AccessToken, selfScope)) };
  }
}

/** A pool is seen only by requests signed for its region, or for one that a replica serves some operations in. */
async function poolInRegion({ db }: App, poolId: string, region: string, operation: OperationName): Promise<Pool> {
  const pool = await findPool(db, poolId);
  if (pool?.region === region) return pool;
  const replica = pool && (await findReplica(db, poolId, region));
  if (pool && replica) {
    if (isServedBy(replica, operation)) return pool;
    // Unconfirmed: the sentence.
    throw new ApiError("OperationNotEnabledException", `${operation} is not available in the replica of ${region}.`);
  }
  throw new ApiError("ResourceNotFoundException", `User pool ${poolId} does not exist.`);
}

/** To revoke a token is the one call that knows no missing resource: there, an unknown client is told as a wrong secret is. */
async function publicClient(app: App, clientId: string, operation: OperationName): Promise<Subjects["public"]> {
  const client = await findClient(app.db, clientId);
  const pool = client && (await findPool(app.db, client.poolId));
  if (client && pool) return { pool, client };
  if (!errorsOf(operation).has("ResourceNotFoundException")) {
    throw new ApiError("UnauthorizedException", "Invalid client id or client secret");
  }
  throw new ApiError("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
}
