/** Finds what an operation acts on, so that no operation looks it up. */
import type { App } from "../app.ts";
import { findClient, getPoolClient } from "../clients/store.ts";
import { ApiError } from "../contract/errors.ts";
import type { SubjectKind, Subjects } from "../operation.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
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
 * The subject of `kind` that a request names.
 * @throws ResourceNotFoundException, UserNotFoundException, or NotAuthorizedException for a token that is not good.
 */
export async function findSubject(
  app: App,
  kind: SubjectKind,
  caller: Caller | undefined,
  input: object,
): Promise<Subjects[SubjectKind]> {
  const { UserPoolId = "", ClientId = "", Username = "", AccessToken = "", Session = "" }: Naming = input;
  const region = caller?.region ?? app.settings.region;
  switch (kind) {
    case "account":
      return { id: app.settings.account, region };
    case "pool":
      return poolInRegion(app, UserPoolId, region);
    case "user": {
      const pool = await poolInRegion(app, UserPoolId, region);
      return { pool, user: await getUser(app.db, pool, Username) };
    }
    case "client": {
      const pool = await poolInRegion(app, UserPoolId, region);
      return { pool, client: await getPoolClient(app.db, pool.id, ClientId) };
    }
    case "public":
      return publicClient(app, ClientId);
    case "self":
      return identifyTokenBearer(app, AccessToken, selfScope);
    case "bearer":
      if (Session && !AccessToken) return { by: "session", session: Session };
      return { by: "token", ...(await identifyTokenBearer(app, AccessToken, selfScope)) };
  }
}

/** A pool is seen only by requests signed for its region. */
async function poolInRegion(app: App, poolId: string, region: string): Promise<Pool> {
  const pool = await findPool(app.db, poolId);
  if (pool?.region === region) return pool;
  throw new ApiError("ResourceNotFoundException", `User pool ${poolId} does not exist.`);
}

async function publicClient(app: App, clientId: string): Promise<Subjects["public"]> {
  const client = await findClient(app.db, clientId);
  const pool = client && (await findPool(app.db, client.poolId));
  if (client && pool) return { pool, client };
  throw new ApiError("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
}
