/**
 * The kinds of operation. An operation says its subject by the constructor it is made with; the dispatcher finds the
 * subject, so no operation looks it up. Its request, its answer and the errors it may throw come from the contract.
 */
import type { App } from "./app.ts";
import type { Client } from "./clients/client.ts";
import { ApiError } from "./contract/errors.ts";
import type { OperationName, Operations } from "./contract/types.gen.ts";
import type { Origin } from "./events/context.ts";
import type { Pool } from "./pools/pool.ts";
import type { AccessToken } from "./tokens/access-token.ts";
import type { User } from "./users/user.ts";

/** Who owns pools: the account number of the settings, in the region of the caller's signature. */
export interface Account {
  readonly id: string;
  readonly region: string;
}

/** What each kind of operation acts on. */
export interface Subjects {
  /** No resource yet: creating and listing pools, looking up a domain. */
  account: Account;
  /** The pool that `UserPoolId` names. */
  pool: Pool;
  /** The user of a pool that `UserPoolId` and `Username` (a name, alias or sub) name. */
  user: { readonly pool: Pool; readonly user: User };
  /** The app client that `UserPoolId` and `ClientId` name. */
  client: { readonly pool: Pool; readonly client: Client };
  /** The app client that `ClientId` alone names, in a call that nobody signed. */
  public: { readonly pool: Pool; readonly client: Client };
  /** The user whose access token came with the call, and that token. */
  self: Self;
  /** The user of an access token or, before there is one, the session of a sign-in that is under way. */
  bearer: (Self & { readonly by: "token" }) | { readonly by: "session"; readonly session: string };
}

interface Self {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly token: AccessToken;
}

export type SubjectKind = keyof Subjects;

type Input<Name extends OperationName> = Operations[Name]["input"];
type Output<Name extends OperationName> = Operations[Name]["output"];

/** Makes the error to throw. A name that the contract does not list for the operation does not compile. */
export type Raise<Name extends OperationName> = (name: Operations[Name]["errors"], message: string) => ApiError;

type Run<Name extends OperationName, Kind extends SubjectKind> = (
  app: App,
  subject: Subjects[Kind],
  request: Input<Name>,
  error: Raise<Name>,
  origin: Origin,
) => Promise<Output<Name>> | Output<Name>;

/** An operation of the JSON API, named as on the wire. */
export interface Operation<Name extends OperationName = OperationName, Kind extends SubjectKind = SubjectKind> {
  readonly name: Name;
  readonly kind: Kind;
  readonly run: Run<Name, Kind>;
}

/** The operations whose request must carry all of these members. */
type Carrying<Member extends string> = {
  [Name in OperationName]: Input<Name> extends Record<Member, string> ? Name : never;
}[OperationName];

const ofKind =
  <Kind extends SubjectKind>(kind: Kind) =>
  <Name extends OperationName>(name: Name, run: Run<Name, Kind>): Operation<Name, Kind> => ({ name, kind, run });

/** An operation on no resource yet. */
export const accountOperation = ofKind("account");

/** An operation on the pool of `UserPoolId`. */
export const poolOperation: <Name extends Carrying<"UserPoolId">>(
  name: Name,
  run: Run<Name, "pool">,
) => Operation<Name, "pool"> = ofKind("pool");

/** An operation on the user of `UserPoolId` and `Username`. */
export const userOperation: <Name extends Carrying<"UserPoolId" | "Username">>(
  name: Name,
  run: Run<Name, "user">,
) => Operation<Name, "user"> = ofKind("user");

/** An operation on the app client of `UserPoolId` and `ClientId`. */
export const clientOperation: <Name extends Carrying<"UserPoolId" | "ClientId">>(
  name: Name,
  run: Run<Name, "client">,
) => Operation<Name, "client"> = ofKind("client");

/** An unsigned operation on the app client of `ClientId`. */
export const publicOperation: <Name extends Carrying<"ClientId">>(
  name: Name,
  run: Run<Name, "public">,
) => Operation<Name, "public"> = ofKind("public");

/** The operations whose request may carry these members. */
type Offering<Member extends string> = {
  [Name in OperationName]: Member extends keyof Input<Name> ? Name : never;
}[OperationName];

/** An operation of a signed-in user on itself, by `AccessToken`. */
export const selfOperation: <Name extends Offering<"AccessToken">>(
  name: Name,
  run: Run<Name, "self">,
) => Operation<Name, "self"> = ofKind("self");

/** An operation of a user on itself by `AccessToken`, or during its sign-in by `Session`. */
export const bearerOperation: <Name extends Offering<"AccessToken" | "Session">>(
  name: Name,
  run: Run<Name, "bearer">,
) => Operation<Name, "bearer"> = ofKind("bearer");

/** The `error` that the dispatcher hands to an operation. */
export const raise = (name: Operations[OperationName]["errors"], message: string): ApiError =>
  new ApiError(name, message);
