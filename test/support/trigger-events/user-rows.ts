/** The events of functions that watch users come into being, and come back. */
import { arriveFrom } from "../arriving.ts";
import { password } from "../pool.ts";
import { refusalOf } from "../refusal.ts";
import {
  answerNewPassword,
  attributesOf,
  ClientMetadata,
  clientMetadata,
  noClient,
  person,
  type Row,
  type Scene,
  signIn,
  signUp,
  tokensOf,
  unprovedOf,
} from "./row.ts";

const undecidedSignUp = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
const migration = {
  userAttributes: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
};

/** Somebody comes from the provider of the pool, as often as told. */
const arrive = async ({ house, pool, name, contact }: Scene, times = 1): Promise<void> => {
  for (let time = 0; time < times; time++) {
    await arriveFrom(house, pool, "Corp", { sub: name, email: contact.value });
  }
};
const federatedName = ({ name }: Scene): string => `Corp_${name}`;
const federatedAttributes = ({ contact, name }: Scene) => ({
  sub: "SUB",
  "cognito:user_status": "EXTERNAL_PROVIDER",
  email: contact.value,
  email_verified: "false",
  identities: `IDENTITY of ${name}`,
});

const confirmations: readonly Row[] = [
  {
    source: "PreSignUp_SignUp",
    act: signUp,
    request: ({ contact }) => ({
      userAttributes: { [contact.attribute]: contact.value },
      validationData: { captcha: "ok" },
      clientMetadata,
    }),
    response: undecidedSignUp,
  },
  {
    source: "PreSignUp_AdminCreateUser",
    act: ({ house, UserPoolId, name }) =>
      house.api.adminCreateUser({ UserPoolId, Username: name, MessageAction: "SUPPRESS", ClientMetadata }),
    request: () => ({ userAttributes: {}, validationData: null, clientMetadata }),
    response: undecidedSignUp,
    clientId: noClient,
  },
  {
    source: "PreSignUp_AdminCreateUser",
    when: "with validation data",
    act: ({ house, UserPoolId, name }) =>
      house.api.adminCreateUser({
        UserPoolId,
        Username: name,
        MessageAction: "SUPPRESS",
        ValidationData: [{ Name: "team", Value: "red" }],
      }),
    request: () => ({ userAttributes: {}, validationData: { team: "red" } }),
    response: undecidedSignUp,
    clientId: noClient,
  },
  {
    source: "PostConfirmation_ConfirmSignUp",
    act: async (scene) => {
      const { house, ClientId, name, contact } = scene;
      await signUp(scene);
      const ConfirmationCode = await house.codeFor(contact.value);
      await house.api.confirmSignUp({ ClientId, Username: name, ConfirmationCode, ClientMetadata });
    },
    request: (scene) => ({ userAttributes: attributesOf(scene), clientMetadata }),
    response: {},
  },
  {
    source: "PostConfirmation_ConfirmSignUp",
    when: "by an administrator",
    act: async (scene) => {
      const { house, UserPoolId, name } = scene;
      await signUp(scene);
      await house.api.adminConfirmSignUp({ UserPoolId, Username: name, ClientMetadata });
    },
    request: (scene) => ({ userAttributes: unprovedOf(scene, "CONFIRMED"), clientMetadata }),
    response: {},
    clientId: noClient,
  },
  {
    source: "PostConfirmation_ConfirmForgotPassword",
    act: async (scene) => {
      const { house, ClientId, name, contact } = scene;
      await person(scene);
      await house.api.forgotPassword({ ClientId, Username: name });
      const ConfirmationCode = await house.codeFor(contact.value);
      const Password = "Another1!";
      await house.api.confirmForgotPassword({ ClientId, Username: name, ConfirmationCode, Password, ClientMetadata });
    },
    request: (scene) => ({ userAttributes: attributesOf(scene), clientMetadata }),
    response: {},
  },
];

const arrivals: readonly Row[] = [
  {
    source: "InboundFederation_ExternalProvider",
    act: (scene) => arrive(scene),
    userName: federatedName,
    request: ({ name }) => ({
      providerName: "Corp",
      providerType: "OIDC",
      attributes: { idToken: { sub: name } },
    }),
    response: { userAttributesToMap: {} },
  },
  {
    source: "PreSignUp_ExternalProvider",
    act: (scene) => arrive(scene),
    userName: federatedName,
    request: ({ contact }) => ({
      userAttributes: {
        "cognito:email_alias": "",
        "cognito:phone_number_alias": "",
        email: contact.value,
        email_verified: "false",
      },
      validationData: null,
    }),
    response: undecidedSignUp,
  },
  {
    source: "PostConfirmation_ConfirmSignUp",
    when: "of a provider's user",
    act: (scene) => arrive(scene),
    userName: federatedName,
    request: (scene) => ({ userAttributes: federatedAttributes(scene) }),
    response: {},
  },
  {
    source: "PreAuthentication_Authentication",
    when: "of a provider's user",
    act: (scene) => arrive(scene, 2),
    userName: federatedName,
    request: (scene) => ({
      userAttributes: federatedAttributes(scene),
      validationData: {},
      userNotFound: false,
    }),
    response: {},
  },
  {
    source: "PostAuthentication_Authentication",
    when: "of a provider's user",
    act: (scene) => arrive(scene, 2),
    userName: federatedName,
    request: (scene) => ({ userAttributes: federatedAttributes(scene), newDeviceUsed: false }),
    response: {},
  },
];

const newcomers: readonly Row[] = [
  {
    source: "UserMigration_ForgotPassword",
    act: ({ house, ClientId, name }) => house.api.forgotPassword({ ClientId, Username: name, ClientMetadata }),
    request: () => ({ userAttributes: null, validationData: null, clientMetadata }),
    response: migration,
  },
  {
    source: "UserMigration_Authentication",
    act: (scene) => refusalOf(signIn(scene)),
    request: () => ({ userAttributes: null, password, validationData: ClientMetadata }),
    response: migration,
  },
  {
    source: "PreAuthentication_Authentication",
    act: tokensOf,
    request: (scene) => ({ userAttributes: attributesOf(scene), validationData: ClientMetadata, userNotFound: false }),
    response: {},
  },
  {
    source: "PreAuthentication_Authentication",
    when: "for a name that nobody has",
    act: (scene) => refusalOf(signIn(scene)),
    request: () => ({ userAttributes: {}, validationData: ClientMetadata, userNotFound: true }),
    response: {},
  },
  {
    source: "PostAuthentication_Authentication",
    act: tokensOf,
    request: (scene) => ({ userAttributes: attributesOf(scene), newDeviceUsed: true }),
    response: {},
  },
  {
    source: "PostAuthentication_Authentication",
    when: "after an answer",
    act: async (scene) => {
      await person(scene);
      await answerNewPassword(scene);
    },
    request: (scene) => ({ userAttributes: attributesOf(scene), newDeviceUsed: true, clientMetadata }),
    response: {},
  },
];

/** Every function that watches users. */
export const userRows: readonly Row[] = [...confirmations, ...arrivals, ...newcomers];
