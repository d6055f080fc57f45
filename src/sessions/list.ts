/** A user's sessions as the API knows them: those of browsers with the pages, and those of clients with tokens. */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { RevokeAssociatedSessionsType, SessionDescriptionType } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { poolSessionSettings } from "../pools/session-settings.ts";
import type { Family } from "../tokens/family.ts";
import { listLiveFamilies, revokeFamily } from "../tokens/store.ts";
import type { User } from "../users/user.ts";
import { fetchPage } from "../vault/page-token.ts";
import type { HostedSession } from "./session.ts";
import { deleteHostedSession, listHostedSessions } from "./store.ts";

/** More than a pool can allow of either kind. */
const longestList = 200;

/** Source: Cognito API reference, ListUserSessions. */
const pageSize = 125;

/** 28 characters, as Cognito's: the kind, and a name that tells nothing of what it stands for. */
function sessionId(kind: "tkn" | "sso", key: string): string {
  const number = BigInt(`0x${createHash("sha256").update(`${kind} ${key}`).digest("hex")}`);
  return kind + number.toString(36).padStart(25, "0").slice(-25);
}

/** One session, and what ends it. */
interface Listed {
  readonly id: string;
  readonly origin: string | undefined;
  readonly view: SessionDescriptionType;
  readonly end: (app: Pick<App, "db">) => Promise<void>;
}

const tokenSession = (family: Family, current: string | undefined): Listed => {
  const id = sessionId("tkn", family.id);
  const origin = family.grant.hostedSession && sessionId("sso", family.grant.hostedSession);
  return {
    id,
    origin,
    end: ({ db }) => revokeFamily(db, family.poolId, family.id),
    view: {
      SessionId: id,
      SessionType: "TOKEN",
      ClientId: family.clientId,
      CreateDate: new Date(family.createdAt),
      LastActiveDate: new Date(family.rotatedAt),
      OriginSessionId: origin,
      IsCurrentSession: family.id === current,
    },
  };
};

const browserSession = (session: HostedSession): Listed => {
  const id = sessionId("sso", session.hash);
  return {
    id,
    origin: undefined,
    end: async ({ db }) => void (await deleteHostedSession(db, session.poolId, session.hash)),
    view: {
      SessionId: id,
      SessionType: "SSO",
      CreateDate: new Date(session.createdAt),
      LastActiveDate: new Date(session.authenticatedAt),
      IsCurrentSession: false,
    },
  };
};

/** Every session of a user that goes on, in the order of ids. @throws OperationNotEnabledException. Text unconfirmed. */
async function sessionsOf(app: App, pool: Pool, user: User, current: string | undefined): Promise<Listed[]> {
  if (!poolSessionSettings(pool).isTracking) {
    throw new ApiError("OperationNotEnabledException", "User session tracking is not enabled for the user pool.");
  }
  const now = app.clock.now();
  const families = await listLiveFamilies(app.db, user, now, longestList);
  const browsers = await listHostedSessions(app.db, user, now, longestList);
  const all = [...families.map((family) => tokenSession(family, current)), ...browsers.map(browserSession)];
  return all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Whose sessions a request is about; `current` is the family of the token that asks. */
export interface SessionsOf {
  readonly pool: Pool;
  readonly user: User;
  readonly current?: string | undefined;
}

/** A page that is asked for by an operation: a token of one is none of the other's. */
export interface SessionPage {
  readonly operation: "AdminListUserSessions" | "ListUserSessions";
  readonly token: string | undefined;
}

/** A page of a user's sessions. */
export async function listSessions(app: App, { pool, user, current }: SessionsOf, { operation, token }: SessionPage) {
  const all = await sessionsOf(app, pool, user, current);
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: `${operation} ${user.sub}`, token, limit: pageSize },
    async ([after = ""], limit) => all.filter(({ id }) => id > after).slice(0, limit),
    ({ id }) => [id],
  );
  if (!page) throw new ApiError("InvalidParameterException", "Invalid Pagination Token");
  return { Sessions: page.items.map(({ view }) => view), NextToken: page.token };
}

/**
 * Ends a session and, when that is asked for, those that came of the same browser session.
 * @throws ResourceNotFoundException, InvalidParameterException for the session that asks. Texts unconfirmed.
 */
export async function endSession(
  app: App,
  { pool, user, current }: SessionsOf,
  id: string,
  associated: RevokeAssociatedSessionsType | undefined,
): Promise<void> {
  const all = await sessionsOf(app, pool, user, current);
  const session = all.find((listed) => listed.id === id);
  if (!session) throw new ApiError("ResourceNotFoundException", "Session does not exist.");
  if (session.view.IsCurrentSession) {
    throw new ApiError("InvalidParameterException", "The current session cannot be revoked.");
  }
  const root = session.origin ?? session.id;
  const isLinked = (listed: Listed): boolean => listed.id === root || listed.origin === root;
  const ended = associated === "LINKED" ? all.filter(isLinked) : [session];
  for (const one of ended) await one.end(app);
}
