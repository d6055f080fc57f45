/** One event that a function gets: what brings it about, and what it says to the letter. */
import type { TriggerSource } from "../../../src/triggers/sources.ts";
import type { TestHouse } from "../house.ts";
import { makePerson } from "../people.ts";
import { password, type TestPool } from "../pool.ts";
import type { PoolName, Stage } from "./stage.ts";

/** Where a row plays: one user of one pool. */
export interface Scene {
  readonly stage: Stage;
  readonly house: TestHouse;
  readonly pool: TestPool;
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** The user's name, and its contact in the pool. */
  readonly name: string;
  readonly contact: Contact;
}

/** What a pool calls its users by, and a user's own. */
export interface Contact {
  readonly attribute: "email" | "phone_number";
  readonly value: string;
  /** One that the user has not had yet. */
  readonly other: string;
}

export interface Row {
  readonly source: TriggerSource;
  /** What sets it apart from other rows of its source. */
  readonly when?: string;
  /** `mail` unless told otherwise. */
  readonly pool?: PoolName;
  readonly act: (scene: Scene) => Promise<unknown>;
  readonly request: (scene: Scene) => object;
  /** Absent where the event has none. */
  readonly response?: object;
  /** The name in the event, where it is another than the user's. */
  readonly userName?: (scene: Scene) => string;
  /** The client in the event, where it is another than the pool's. */
  readonly clientId?: (scene: Scene) => string;
  readonly version?: "1" | "2" | "3";
  /** The first or the last event of this source is looked at. */
  readonly at?: "last";
}

/** Where no client calls. */
export const noClient = (): string => "CLIENT_ID_NOT_APPLICABLE";

/** The scene of a row: its user's name and contact come from its number. */
export function sceneOf(stage: Stage, row: Pick<Row, "pool">, index: number): Scene {
  const pool = stage.pools[row.pool ?? "mail"];
  const name = `event-${index}`;
  const number = String(index).padStart(3, "0");
  const contact: Contact =
    row.pool === "phone"
      ? { attribute: "phone_number", value: `+14325550${number}`, other: `+14325551${number}` }
      : { attribute: "email", value: `${name}@example.com`, other: `new-${name}@example.com` };
  const { UserPoolId, ClientId } = pool;
  return { stage, house: stage.house, pool, UserPoolId, ClientId, name, contact };
}

/** What callers pass on to functions. */
export const ClientMetadata = { from: "caller" };
export const clientMetadata = ClientMetadata;

/** A user's attributes as events show them. A proved contact is an alias in these pools. */
export const attributesOf = ({ contact: { attribute, value } }: Scene, status = "CONFIRMED") => ({
  sub: "SUB",
  [`cognito:${attribute}_alias`]: value,
  "cognito:user_status": status,
  [attribute]: value,
  [`${attribute}_verified`]: "true",
});

/** A user whose contact was never proved. */
export const unprovedOf = ({ contact: { attribute, value } }: Scene, status: string) => ({
  sub: "SUB",
  "cognito:user_status": status,
  [attribute]: value,
});

/** Makes the scene's user, confirmed and with a proved contact. */
export const person = ({ house, pool, name, contact: { attribute, value } }: Scene): Promise<string> =>
  makePerson(house, pool, name, { [attribute]: value, [`${attribute}_verified`]: "true" });

/** Signs the scene's user in by its password. */
export const signIn = ({ house, ClientId, name }: Scene, PASSWORD = password) =>
  house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: name, PASSWORD },
    ClientMetadata,
  });

/** Makes the scene's user and signs it in. */
export async function tokensOf(scene: Scene) {
  await person(scene);
  return (await signIn(scene)).AuthenticationResult ?? {};
}

/** Signs the scene's user up. */
export const signUp = ({ house, ClientId, name, contact: { attribute, value } }: Scene) =>
  house.api.signUp({
    ClientId,
    Username: name,
    Password: password,
    UserAttributes: [{ Name: attribute, Value: value }],
    ValidationData: [{ Name: "captcha", Value: "ok" }],
    ClientMetadata,
  });

/** Gives the scene's user a temporary password, signs in by it and sets another. */
export async function answerNewPassword(scene: Scene): Promise<void> {
  const { house, UserPoolId, ClientId, name } = scene;
  const temporary = "Temp0rary!";
  await house.api.adminSetUserPassword({ UserPoolId, Username: name, Password: temporary, Permanent: false });
  const { Session } = await signIn(scene, temporary);
  await house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session,
    ChallengeResponses: { USERNAME: name, NEW_PASSWORD: password },
    ClientMetadata,
  });
}
