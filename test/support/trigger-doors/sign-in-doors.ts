/** The doors on which functions watch sign-ins, ask questions of their own, and change tokens. */
import { authorizeUrl, basic, codeFor, jsonOf, newVisitor, signIn as onPage, requestToken } from "../browser-steps.ts";
import { password, postmanCallback } from "../pool.ts";
import {
  adminSignIn,
  api,
  askedForPassword,
  type Door,
  type DoorScene,
  formOf,
  page,
  person,
  signIn,
  tokens,
} from "./door.ts";

type Watcher = "PreAuthentication" | "PostAuthentication" | "PreTokenGeneration";

/** The two calls that begin a sign-in, and here end it as well. */
const beginnings = (trigger: Watcher): readonly Door[] => [
  api(trigger, "InitiateAuth", async (scene) => {
    await person(scene);
    return () => signIn(scene);
  }),
  api(trigger, "AdminInitiateAuth", async (scene) => {
    await person(scene);
    return () => adminSignIn(scene);
  }),
];

/** The two calls that answer. */
const answers = (trigger: Watcher): readonly Door[] => [
  api(trigger, "RespondToAuthChallenge", async (scene) => {
    const Session = await askedForPassword(scene);
    const { ClientId, Username } = scene;
    const ChallengeResponses = { USERNAME: Username, NEW_PASSWORD: password };
    const given = { ClientId, ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses } as const;
    return () => scene.house.api.respondToAuthChallenge(given);
  }),
  api(trigger, "AdminRespondToAuthChallenge", async (scene) => {
    const Session = await askedForPassword(scene);
    const { UserPoolId, ClientId, Username } = scene;
    const ChallengeResponses = { USERNAME: Username, NEW_PASSWORD: password };
    const given = {
      UserPoolId,
      ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses,
    } as const;
    return () => scene.house.api.adminRespondToAuthChallenge(given);
  }),
];

const signInPage = (trigger: Watcher): Door =>
  page(trigger, "the sign-in page", async (scene) => {
    await person(scene);
    const send = await formOf(scene, "login");
    return () => send({ username: scene.Username, password });
  });

const custom = ({ ClientId, Username }: DoorScene) => ({
  ClientId,
  AuthFlow: "CUSTOM_AUTH" as const,
  AuthParameters: { USERNAME: Username },
});

const beginCustom = (trigger: "DefineAuthChallenge" | "CreateAuthChallenge"): readonly Door[] => [
  api(trigger, "InitiateAuth", async (scene) => {
    await person(scene);
    return () => scene.house.api.initiateAuth(custom(scene));
  }),
  api(trigger, "AdminInitiateAuth", async (scene) => {
    await person(scene);
    return () => scene.house.api.adminInitiateAuth({ UserPoolId: scene.UserPoolId, ...custom(scene) });
  }),
];

/** An answer that is wrong, so that another question follows. */
const answerCustom = (
  trigger: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse",
): readonly Door[] =>
  (["RespondToAuthChallenge", "AdminRespondToAuthChallenge"] as const).map((door) =>
    api(trigger, door, async (scene) => {
      await person(scene);
      const { Session } = await scene.house.api.initiateAuth(custom(scene));
      const { UserPoolId, ClientId, Username } = scene;
      const ChallengeResponses = { USERNAME: Username, ANSWER: "wrong" };
      const given = { ClientId, ChallengeName: "CUSTOM_CHALLENGE", Session, ChallengeResponses } as const;
      return door === "RespondToAuthChallenge"
        ? () => scene.house.api.respondToAuthChallenge(given)
        : () => scene.house.api.adminRespondToAuthChallenge({ UserPoolId, ...given });
    }),
  );

/** The token endpoint: it says what failed in its own form. */
const tokenEndpoint = (door: string, arrange: (scene: DoorScene) => Promise<() => Promise<Response>>): Door => ({
  trigger: "PreTokenGeneration",
  door: `the token endpoint, ${door}`,
  // A code is good for one request, whatever comes of it.
  isOnce: door === "for a code",
  isOwnForm: true,
  arrange: async (scene) => {
    const post = await arrange(scene);
    return async () => {
      const answer = await post();
      const { error, error_description: message } = await jsonOf(answer);
      return { error, message };
    };
  },
});

const codeForm = async ({ pool, ClientId, Username }: DoorScene) => ({
  grant_type: "authorization_code",
  client_id: ClientId,
  redirect_uri: postmanCallback,
  code: await codeFor(authorizeUrl(pool), Username, password),
});

const tokenDoors: readonly Door[] = [
  api("PreTokenGeneration", "GetTokensFromRefreshToken", async (scene) => {
    const { RefreshToken } = await tokens(scene);
    return () => scene.house.api.getTokensFromRefreshToken({ ClientId: scene.ClientId, RefreshToken });
  }),
  api("PreTokenGeneration", "InitiateAuth, refreshing", async (scene) => {
    const { RefreshToken = "" } = await tokens(scene);
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    return () =>
      scene.house.api.initiateAuth({ ClientId: scene.ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
  }),
  tokenEndpoint("for a code", async (scene) => {
    await person(scene);
    const form = await codeForm(scene);
    return () => requestToken(scene.pool, form, {});
  }),
  tokenEndpoint("refreshing", async (scene) => {
    await person(scene);
    const { refresh_token } = await jsonOf(await requestToken(scene.pool, await codeForm(scene), {}));
    const form = { grant_type: "refresh_token", client_id: scene.ClientId, refresh_token };
    return () => requestToken(scene.pool, form, {});
  }),
  page("PreTokenGeneration", "the sign-in page, for an implicit grant", async (scene) => {
    await person(scene);
    const url = authorizeUrl(scene.pool, { response_type: "token" });
    return () => onPage(newVisitor(), url, { username: scene.Username, password });
  }),
];

/** A client of the pool that acts for itself. */
async function machineOf({ house, UserPoolId }: DoorScene) {
  const { UserPoolClient = {} } = await house.api.createUserPoolClient({
    UserPoolId,
    ClientName: "machine",
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["order/write"],
    AllowedOAuthFlowsUserPoolClient: true,
  });
  return { ClientId: UserPoolClient.ClientId ?? "", Secret: UserPoolClient.ClientSecret ?? "" };
}

const machineDoors: readonly Door[] = [
  api("PreTokenGeneration", "GetClientToken", async (scene) => {
    const machine = await machineOf(scene);
    return () => scene.house.api.getClientToken(machine);
  }),
  tokenEndpoint("for the client itself", async (scene) => {
    const { ClientId, Secret } = await machineOf(scene);
    const headers = { authorization: basic(ClientId, Secret) };
    return () => requestToken(scene.pool, { grant_type: "client_credentials" }, headers);
  }),
];

/** Every such door. */
export const signInDoors: readonly Door[] = [
  ...beginnings("PreAuthentication"),
  signInPage("PreAuthentication"),
  ...beginnings("PostAuthentication"),
  ...answers("PostAuthentication"),
  signInPage("PostAuthentication"),
  ...beginCustom("DefineAuthChallenge"),
  ...answerCustom("DefineAuthChallenge"),
  ...beginCustom("CreateAuthChallenge"),
  ...answerCustom("CreateAuthChallenge"),
  ...answerCustom("VerifyAuthChallengeResponse"),
  ...beginnings("PreTokenGeneration"),
  ...answers("PreTokenGeneration"),
  ...tokenDoors,
  ...machineDoors,
];
