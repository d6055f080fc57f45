/** The doors on which functions watch users come into being and messages being written. */
import { arriveFrom, refusalOfArrival } from "../arriving.ts";
import { newVisitor } from "../browser-steps.ts";
import { password } from "../pool.ts";
import { api, codeOf, type Door, type DoorScene, formOf, page, person, signIn, signUp, tokens } from "./door.ts";

const invitation = ({ UserPoolId, Username }: DoorScene) => ({
  UserPoolId,
  Username,
  MessageAction: "SUPPRESS" as const,
});

/** Somebody comes from a provider, for the first time or again. */
const arrival = (trigger: Door["trigger"], isKnown: boolean): Door => ({
  trigger,
  door: isKnown ? "the provider, again" : "the provider",
  isOnce: trigger === "PostConfirmation",
  isOwnForm: true,
  arrange: async ({ house, pool, Username }) => {
    const arrive = () => arriveFrom(house, pool, "Corp", { sub: Username, email: Username });
    if (isKnown) await arrive();
    return async () => {
      const { error, description } = await refusalOfArrival(arrive());
      // Source: observed: a space follows the sentence.
      return { error, message: description?.replace(/ $/, "") };
    };
  },
});

const resetCode = async (scene: DoorScene): Promise<string> => {
  await person(scene);
  await scene.house.api.forgotPassword({ ClientId: scene.ClientId, Username: scene.Username });
  return codeOf(scene);
};

const preSignUp: readonly Door[] = [
  api("PreSignUp", "SignUp", (scene) => () => signUp(scene)),
  api("PreSignUp", "AdminCreateUser", (scene) => () => scene.house.api.adminCreateUser(invitation(scene))),
  page("PreSignUp", "the sign-up page", async (scene) => {
    const send = await formOf(scene, "signup");
    return () => send({ username: scene.Username, password });
  }),
  arrival("PreSignUp", false),
];

const postConfirmation: readonly Door[] = [
  api("PostConfirmation", "ConfirmSignUp", async (scene) => {
    await signUp(scene);
    const ConfirmationCode = await codeOf(scene);
    const { ClientId, Username } = scene;
    return () => scene.house.api.confirmSignUp({ ClientId, Username, ConfirmationCode });
  }),
  api("PostConfirmation", "AdminConfirmSignUp", async (scene) => {
    await signUp(scene);
    const { UserPoolId, Username } = scene;
    return () => scene.house.api.adminConfirmSignUp({ UserPoolId, Username });
  }),
  api("PostConfirmation", "ConfirmForgotPassword", async (scene) => {
    const ConfirmationCode = await resetCode(scene);
    const { ClientId, Username } = scene;
    const given = { ClientId, Username, ConfirmationCode, Password: "Another1!" };
    return () => scene.house.api.confirmForgotPassword(given);
  }),
  page("PostConfirmation", "the confirmation page", async (scene) => {
    const visitor = newVisitor();
    const send = await formOf(scene, "signup", visitor);
    await send({ username: scene.Username, password });
    const confirm = await formOf(scene, "confirm", visitor);
    const code = await codeOf(scene);
    return () => confirm({ username: scene.Username, code });
  }),
  page("PostConfirmation", "the page for a new password", async (scene) => {
    const visitor = newVisitor();
    await person(scene);
    const forgot = await formOf(scene, "forgotPassword", visitor);
    await forgot({ username: scene.Username });
    const confirm = await formOf(scene, "confirmForgotPassword", visitor);
    const fields = { username: scene.Username, ConfirmationCode: await codeOf(scene) };
    return () => confirm({ ...fields, new_password: "Another1!", confirm_password: "Another1!" });
  }),
  arrival("PostConfirmation", false),
];

const nobody = { name: "UserNotFoundException", message: "User does not exist." };

const userMigration: readonly Door[] = [
  api("UserMigration", "InitiateAuth", (scene) => () => signIn(scene), nobody),
  api(
    "UserMigration",
    "AdminInitiateAuth",
    ({ house, UserPoolId, ClientId, Username }) =>
      () =>
        house.api.adminInitiateAuth({
          UserPoolId,
          ClientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: Username, PASSWORD: password },
        }),
    nobody,
  ),
  api(
    "UserMigration",
    "ForgotPassword",
    ({ house, ClientId, Username }) =>
      () =>
        house.api.forgotPassword({ ClientId, Username }),
    { name: "UserNotFoundException", message: "Username/client id combination not found." },
  ),
  page(
    "UserMigration",
    "the sign-in page",
    async (scene) => {
      const send = await formOf(scene, "login");
      return () => send({ username: scene.Username, password });
    },
    { message: nobody.message },
  ),
  page(
    "UserMigration",
    "the page for a forgotten password",
    async (scene) => {
      const send = await formOf(scene, "forgotPassword");
      return () => send({ username: scene.Username });
    },
    { message: "Username/client id combination not found." },
  ),
];

const customMessage: readonly Door[] = [
  api("CustomMessage", "SignUp", (scene) => () => signUp(scene)),
  api(
    "CustomMessage",
    "AdminCreateUser",
    ({ house, UserPoolId, Username }) =>
      () =>
        house.api.adminCreateUser({ UserPoolId, Username, DesiredDeliveryMediums: ["EMAIL"] }),
  ),
  api("CustomMessage", "ResendConfirmationCode", async (scene) => {
    await signUp(scene);
    const { ClientId, Username } = scene;
    return () => scene.house.api.resendConfirmationCode({ ClientId, Username });
  }),
  api("CustomMessage", "ForgotPassword", async (scene) => {
    await person(scene);
    const { ClientId, Username } = scene;
    return () => scene.house.api.forgotPassword({ ClientId, Username });
  }),
  api("CustomMessage", "AdminResetUserPassword", async (scene) => {
    await person(scene);
    const { UserPoolId, Username } = scene;
    return () => scene.house.api.adminResetUserPassword({ UserPoolId, Username });
  }),
  api("CustomMessage", "UpdateUserAttributes", async (scene) => {
    const { AccessToken } = await tokens(scene);
    const UserAttributes = [{ Name: "email", Value: `new-${scene.Username}` }];
    return () => scene.house.api.updateUserAttributes({ AccessToken, UserAttributes });
  }),
  api("CustomMessage", "AdminUpdateUserAttributes", async (scene) => {
    await person(scene);
    const { UserPoolId, Username } = scene;
    const UserAttributes = [{ Name: "email", Value: `new-${Username}` }];
    return () => scene.house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
  }),
  api("CustomMessage", "GetUserAttributeVerificationCode", async (scene) => {
    const { AccessToken } = await tokens(scene);
    return () => scene.house.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
  }),
  api("CustomMessage", "InitiateAuth, for a second factor", async (scene) => {
    const { house, UserPoolId, Username } = scene;
    await person(scene);
    await house.api.adminSetUserMFAPreference({ UserPoolId, Username, EmailMfaSettings: { Enabled: true } });
    return () => signIn(scene);
  }),
  page("CustomMessage", "the sign-up page", async (scene) => {
    const send = await formOf(scene, "signup");
    return () => send({ username: scene.Username, password });
  }),
  page("CustomMessage", "the page for a forgotten password", async (scene) => {
    await person(scene);
    const send = await formOf(scene, "forgotPassword");
    return () => send({ username: scene.Username });
  }),
];

/** Every such door. */
export const userDoors: readonly Door[] = [
  ...preSignUp,
  ...postConfirmation,
  arrival("PreAuthentication", true),
  arrival("PostAuthentication", true),
  arrival("InboundFederation", false),
  ...userMigration,
  ...customMessage,
];
