/** The events of the function that changes tokens: for each occasion, in each of its three versions. */
import { createDeviceVerifier } from "cognito-srp-helper";
import { authorizeUrl, basic, newVisitor, requestToken, signIn as signInOnPage } from "../browser-steps.ts";
import { password } from "../pool.ts";
import { createSrpSession, deviceProofOf } from "../signing-in.ts";
import {
  answerNewPassword,
  attributesOf,
  ClientMetadata,
  clientMetadata,
  person,
  type Row,
  type Scene,
  signIn,
  tokensOf,
} from "./row.ts";
import { role } from "./stage.ts";

/** An occasion on which a user gets tokens. */
interface Occasion {
  readonly occasion: "HostedAuth" | "Authentication" | "NewPasswordChallenge" | "AuthenticateDevice" | "RefreshTokens";
  readonly when?: string;
  readonly act: (scene: Scene) => Promise<unknown>;
  readonly passesMetadata: boolean;
  readonly scopes?: readonly string[];
  readonly groups?: object;
}

const noGroups = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };

async function onPages(scene: Scene): Promise<void> {
  const { pool, ClientId: client_id, name: username } = scene;
  await person(scene);
  const url = authorizeUrl(pool);
  const answer = await signInOnPage(newVisitor(), url, { username, password });
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const redirect_uri = new URL(url).searchParams.get("redirect_uri") ?? "";
  await requestToken(pool, { grant_type: "authorization_code", client_id, code, redirect_uri }, {});
}

async function byNewPassword(scene: Scene): Promise<void> {
  await person(scene);
  await answerNewPassword(scene);
}

/** Signs in, has the device remembered, and signs in from it. */
async function fromDevice(scene: Scene): Promise<void> {
  const { house, UserPoolId, ClientId, name } = scene;
  const { AccessToken, NewDeviceMetadata } = await tokensOf(scene);
  const { DeviceKey = "", DeviceGroupKey = "" } = NewDeviceMetadata ?? {};
  const { DeviceRandomPassword, DeviceSecretVerifierConfig } = createDeviceVerifier(DeviceKey, DeviceGroupKey);
  await house.api.confirmDevice({ AccessToken, DeviceKey, DeviceSecretVerifierConfig });
  await house.api.updateDeviceStatus({ AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" });
  const asked = await house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: name, PASSWORD: password, DEVICE_KEY: DeviceKey },
  });
  const session = createSrpSession(name, password, UserPoolId, false);
  const proving = await house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "DEVICE_SRP_AUTH",
    Session: asked.Session,
    ChallengeResponses: { USERNAME: name, DEVICE_KEY: DeviceKey, SRP_A: session.largeA },
  });
  const device = { key: DeviceKey, groupKey: DeviceGroupKey, password: DeviceRandomPassword };
  await house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "DEVICE_PASSWORD_VERIFIER",
    Session: proving.Session,
    ChallengeResponses: { USERNAME: name, ...deviceProofOf(session, proving, device) },
    ClientMetadata,
  });
}

async function byRefreshing(scene: Scene): Promise<void> {
  const { house, ClientId } = scene;
  const { RefreshToken, NewDeviceMetadata } = await tokensOf(scene);
  const { DeviceKey } = NewDeviceMetadata ?? {};
  await house.api.getTokensFromRefreshToken({ ClientId, RefreshToken, DeviceKey, ClientMetadata });
}

async function byRefreshFlow(scene: Scene): Promise<void> {
  const { house, ClientId } = scene;
  const { RefreshToken = "", NewDeviceMetadata } = await tokensOf(scene);
  const AuthParameters = { REFRESH_TOKEN: RefreshToken, DEVICE_KEY: NewDeviceMetadata?.DeviceKey ?? "" };
  await house.api.initiateAuth({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters, ClientMetadata });
}

async function asMember(scene: Scene): Promise<void> {
  const { house, UserPoolId, name } = scene;
  await person(scene);
  await house.api.adminAddUserToGroup({ UserPoolId, Username: name, GroupName: "staff" });
  await signIn(scene);
}

const occasions: readonly Occasion[] = [
  {
    occasion: "HostedAuth",
    act: onPages,
    passesMetadata: false,
    scopes: ["openid", "email", "order/write"],
  },
  { occasion: "Authentication", act: tokensOf, passesMetadata: false },
  {
    occasion: "Authentication",
    when: "of a member of a group",
    act: asMember,
    passesMetadata: false,
    groups: { groupsToOverride: ["staff"], iamRolesToOverride: [role], preferredRole: role },
  },
  { occasion: "NewPasswordChallenge", act: byNewPassword, passesMetadata: true },
  { occasion: "AuthenticateDevice", act: fromDevice, passesMetadata: true },
  { occasion: "RefreshTokens", act: byRefreshing, passesMetadata: true },
  // Source: Cognito API reference, InitiateAuth, ClientMetadata, which reaches no function that changes tokens.
  { occasion: "RefreshTokens", when: "by InitiateAuth", act: byRefreshFlow, passesMetadata: false },
];

const versions = [
  { pool: "mail", version: "1", response: { claimsOverrideDetails: null } },
  { pool: "second", version: "2", response: { claimsAndScopeOverrideDetails: null } },
  { pool: "third", version: "3", response: { claimsAndScopeOverrideDetails: null } },
] as const;

const byUsers = occasions.flatMap((given) =>
  versions.map(
    ({ pool, version, response }): Row => ({
      source: `TokenGeneration_${given.occasion}`,
      when: [`version ${version}`, given.when].filter((word) => word !== undefined).join(", "),
      pool,
      version,
      at: "last",
      act: given.act,
      request: (scene) => ({
        userAttributes: attributesOf(scene),
        groupConfiguration: given.groups ?? noGroups,
        ...(version !== "1" && { scopes: given.scopes ?? ["aws.cognito.signin.user.admin"] }),
        ...(given.passesMetadata && { clientMetadata }),
      }),
      response,
    }),
  ),
);

const byMachines = (["GetClientToken", "the token endpoint", "the token endpoint, without metadata"] as const).map(
  (way): Row => ({
    source: "TokenGeneration_ClientCredentials",
    when: `by ${way}`,
    pool: "third",
    version: "3",
    act: async ({ house, pool, stage: { machine } }) => {
      if (way === "GetClientToken") {
        await house.api.getClientToken({ ClientId: machine.id, Secret: machine.secret, ClientMetadata });
        return;
      }
      const answer = await requestToken(
        pool,
        {
          grant_type: "client_credentials",
          ...(way === "the token endpoint" && { aws_client_metadata: JSON.stringify(ClientMetadata) }),
        },
        { authorization: basic(machine.id, machine.secret) },
      );
      if (!answer.ok) throw new Error(await answer.text());
    },
    userName: () => "ClientCredentials",
    clientId: ({ stage: { machine } }) => machine.id,
    request: () => ({
      userAttributes: {},
      groupConfiguration: null,
      scopes: ["order/write"],
      clientMetadata: way.endsWith("without metadata") ? {} : clientMetadata,
    }),
    response: { claimsAndScopeOverrideDetails: null },
  }),
);

/** Every token of the house. */
export const tokenRows: readonly Row[] = [...byUsers, ...byMachines];
