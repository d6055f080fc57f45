/** A way into the house on which a function runs, and how its failure is told there. */
import type { TriggerName } from "../../../src/triggers/sources.ts";
import { authorizeUrl, csrfOf, messageOf, newVisitor, type Visitor } from "../browser-steps.ts";
import type { TestHouse } from "../house.ts";
import { password, type TestPool } from "../pool.ts";
import { refusalOf } from "../refusal.ts";

/** One user of one pool, whose functions all succeed until the call that is looked at. */
export interface DoorScene {
  readonly house: TestHouse;
  readonly pool: TestPool;
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly Username: string;
}

/** What a caller was told: by the API an exception, by a page a message, by a redirect or the token endpoint an error. */
export interface Told {
  readonly name?: string | undefined;
  readonly error?: string | undefined;
  readonly message: string | undefined;
}

export interface Door {
  readonly trigger: TriggerName;
  readonly door: string;
  /** Does what goes before, and gives the call that fails. */
  readonly arrange: (scene: DoorScene) => Promise<() => Promise<Told>>;
  /** Whether a call that fails can be made once only, because something was done before the function was called. */
  readonly isOnce: boolean;
  /** Whether it tells of failures in a form of its own. */
  readonly isOwnForm: boolean;
  /** What a function that throws comes to here, where that is not what it threw. */
  readonly thrown?: Told;
}

type Call = () => Promise<unknown>;

/** A function that was told too late to undo what it was told of. */
const isOnce = (trigger: TriggerName): boolean => trigger === "PostConfirmation";

/** A door of the JSON API. */
export const api = (
  trigger: TriggerName,
  door: string,
  arrange: (scene: DoorScene) => Promise<Call> | Call,
  thrown?: Told,
): Door => ({
  trigger,
  door,
  isOnce: isOnce(trigger),
  isOwnForm: false,
  arrange: async (scene) => {
    const call = await arrange(scene);
    return () => refusalOf(call());
  },
  ...(thrown && { thrown }),
});

/** A page that shows the failure. */
export const page = (
  trigger: TriggerName,
  door: string,
  arrange: (scene: DoorScene) => Promise<() => Promise<Response>> | (() => Promise<Response>),
  thrown?: Told,
): Door => ({
  trigger,
  door,
  isOnce: isOnce(trigger),
  isOwnForm: true,
  arrange: async (scene) => {
    const post = await arrange(scene);
    return async () => {
      const answer = await post();
      return { message: messageOf(await answer.text())?.replaceAll("&amp;", "&") };
    };
  },
  ...(thrown && { thrown }),
});

/** A confirmed user with a verified address. */
export async function person(scene: DoorScene): Promise<void> {
  await scene.pool.createUser(scene.Username);
}

/** Signs the scene's user in. */
export const signIn = ({ house, ClientId, Username }: DoorScene, PASSWORD = password) =>
  house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: Username, PASSWORD },
  });

/** The same on an administrator's call. */
export const adminSignIn = ({ house, UserPoolId, ClientId, Username }: DoorScene) =>
  house.api.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: Username, PASSWORD: password },
  });

/** Signs the scene's user up. */
export const signUp = ({ house, ClientId, Username }: DoorScene) =>
  house.api.signUp({ ClientId, Username, Password: password });

/** The newest code that the scene's user was sent. */
export const codeOf = ({ house, Username }: DoorScene): Promise<string> => house.codeFor(Username);

/** The tokens of the scene's user, who is made for it. */
export async function tokens(scene: DoorScene) {
  await person(scene);
  return (await signIn(scene)).AuthenticationResult ?? {};
}

/** A user with a temporary password, asked for a new one. */
export async function askedForPassword(scene: DoorScene): Promise<string | undefined> {
  const { house, UserPoolId, Username } = scene;
  const temporary = "Temp0rary!";
  await person(scene);
  await house.api.adminSetUserPassword({ UserPoolId, Username, Password: temporary, Permanent: false });
  return (await signIn(scene, temporary)).Session;
}

/** Opens a page and gives what sends its form. */
export async function formOf(
  { pool }: DoorScene,
  path: string,
  visitor: Visitor = newVisitor(),
  changes: Record<string, string> = {},
): Promise<(fields: Record<string, string>) => Promise<Response>> {
  const url = authorizeUrl(pool, changes).replace("/oauth2/authorize?", `/${path}?`);
  const html = await (await visitor.visit(url)).text();
  return (fields) => visitor.visit(url, { _csrf: csrfOf(html), cognitoAsfData: "", ...fields });
}
