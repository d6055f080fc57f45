/** The pools that walks go over: each asks for something else. */
import type {
  AuthFactorType,
  ExplicitAuthFlowsType,
  UserPoolMfaType,
  WebAuthnConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Credential, makeCredential } from "../authenticator.ts";
import type { TestHouse } from "../house.ts";
import { makePool, type TestPool } from "../pool.ts";
import { customTokens, registerPasskey } from "./possessions.ts";

/** A pool with what the model has to know of it. */
export interface Ground extends TestPool {
  readonly name: string;
  readonly mfa: UserPoolMfaType;
  readonly factors: readonly ("totp" | "sms" | "email")[];
  readonly hasPasskeys: boolean;
  /** Whether a passkey whose holder was verified can stand for a second factor. */
  readonly passkeysCount: boolean;
  /** Whether a passkey whose holder was not verified is none. */
  readonly verifiesHolders: boolean;
  /** Whether a remembered device stands for a second factor. */
  readonly devicesSpare: boolean;
  /** Whether users have a name that is no address, and may be without one. */
  readonly hasPlainNames: boolean;
  /** Another client of the same pool: no session of the first is its. */
  readonly OtherClientId: string;
  /** The passkey of another user of the same pool. */
  readonly neighbour: Credential;
}

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:walk-${name}`;

interface CustomEvent {
  readonly request: {
    readonly session: readonly { readonly challengeName: string; readonly challengeResult: boolean }[];
    readonly challengeAnswer: string;
  };
  readonly response: object;
}

const answering = (make: (event: CustomEvent) => object) => (event: CustomEvent) => ({
  ...event,
  response: { ...event.response, ...make(event) },
});

/** The functions of custom flows: a password first where the flow began with one, then a sum, asked three times. */
export const walkTriggers = {
  [arnOf("define")]: answering(({ request: { session } }) => {
    const names = session.map(({ challengeName }) => challengeName);
    if (names.includes("SRP_A") && !names.includes("PASSWORD_VERIFIER")) return { challengeName: "PASSWORD_VERIFIER" };
    const sums = session.filter(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE");
    if (sums.at(-1)?.challengeResult) return { issueTokens: true };
    return sums.length < 3 ? { challengeName: "CUSTOM_CHALLENGE" } : { failAuthentication: true };
  }),
  [arnOf("create")]: answering(() => ({
    publicChallengeParameters: { sum: "2+2" },
    privateChallengeParameters: { answer: "4" },
  })),
  [arnOf("verify")]: answering(({ request }) => ({ answerCorrect: request.challengeAnswer === "4" })),
};

interface Plan {
  readonly name: string;
  readonly mfa: UserPoolMfaType;
  readonly factors?: Ground["factors"];
  readonly first?: readonly AuthFactorType[];
  readonly passkeys?: Pick<WebAuthnConfigurationType, "FactorConfiguration" | "UserVerification">;
  readonly devices?: "spare" | "track";
  readonly hidesUsers?: boolean;
  readonly hasPlainNames?: boolean;
}

const single = { FactorConfiguration: "SINGLE_FACTOR" } as const;
const double = { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" } as const;

const plans: readonly Plan[] = [
  { name: "no second factor", mfa: "OFF", first: ["EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"], passkeys: single },
  { name: "any second factor", mfa: "OPTIONAL", factors: ["totp", "sms", "email"], hidesUsers: true },
  { name: "an authenticator required", mfa: "ON", factors: ["totp"], hidesUsers: true },
  { name: "SMS required", mfa: "ON", factors: ["sms"], first: ["EMAIL_OTP"] },
  { name: "devices spare", mfa: "OPTIONAL", factors: ["totp", "sms"], devices: "spare", first: ["EMAIL_OTP"] },
  { name: "devices are tracked", mfa: "ON", factors: ["totp", "email"], devices: "track", hidesUsers: true },
  { name: "an address is set up", mfa: "ON", factors: ["email", "totp"], hasPlainNames: true },
  { name: "passkeys off", mfa: "OFF", first: ["WEB_AUTHN"], passkeys: double, hidesUsers: true },
  {
    name: "passkeys do not count",
    mfa: "OPTIONAL",
    factors: ["totp", "sms"],
    first: ["WEB_AUTHN", "EMAIL_OTP"],
    passkeys: single,
  },
  { name: "passkeys count", mfa: "OPTIONAL", factors: ["totp", "sms"], first: ["WEB_AUTHN"], passkeys: double },
  { name: "passkeys beside what is required", mfa: "ON", factors: ["totp"], first: ["WEB_AUTHN"], passkeys: single },
  {
    name: "passkeys for what is required",
    mfa: "ON",
    factors: ["totp", "email"],
    first: ["WEB_AUTHN", "SMS_OTP"],
    passkeys: double,
  },
  {
    name: "verified passkeys for what is required",
    mfa: "ON",
    factors: ["totp"],
    first: ["WEB_AUTHN"],
    passkeys: { ...double, UserVerification: "required" },
  },
];

const flows: ExplicitAuthFlowsType[] = [
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
];

const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "x" };
const mail = {
  EmailSendingAccount: "DEVELOPER",
  SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@b.c",
} as const;

/** Makes every ground. */
export const makeGrounds = (house: TestHouse): Promise<Ground[]> =>
  Promise.all(plans.map((plan) => makeGround(house, plan)));

async function makeGround(house: TestHouse, plan: Plan): Promise<Ground> {
  const { name, mfa, factors = [], first = [], passkeys, devices, hidesUsers = false, hasPlainNames = false } = plan;
  const devicesSpare = devices === "spare";
  const client = {
    GenerateSecret: false,
    ExplicitAuthFlows: flows,
    PreventUserExistenceErrors: hidesUsers ? ("ENABLED" as const) : ("LEGACY" as const),
  };
  const pool = await makePool(house, {
    pool: {
      ...(hasPlainNames && { UsernameAttributes: [] }),
      EmailConfiguration: mail,
      SmsConfiguration: sms,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", ...first] } },
      LambdaConfig: {
        DefineAuthChallenge: arnOf("define"),
        CreateAuthChallenge: arnOf("create"),
        VerifyAuthChallengeResponse: arnOf("verify"),
      },
      ...(devices && {
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: devicesSpare, DeviceOnlyRememberedOnUserPrompt: false },
      }),
    },
    client,
  });
  const { UserPoolId } = pool;
  await house.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: mfa,
    ...(factors.includes("sms") && { SmsMfaConfiguration: { SmsConfiguration: sms } }),
    ...(factors.includes("totp") && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    ...(factors.includes("email") && { EmailMfaConfiguration: {} }),
    ...(passkeys && {
      WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "preferred", ...passkeys },
    }),
  });
  const neighbour = makeCredential();
  if (passkeys) {
    const { AccessToken } = await customTokens(house, pool, await makeNeighbour(house, UserPoolId));
    await registerPasskey(house, AccessToken, neighbour);
  }
  const other = await house.api.createUserPoolClient({ UserPoolId, ClientName: "other", ...client });
  return {
    ...pool,
    name,
    mfa,
    factors,
    hasPasskeys: passkeys !== undefined,
    passkeysCount: passkeys?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION",
    verifiesHolders: passkeys?.UserVerification === "required",
    devicesSpare,
    hasPlainNames,
    OtherClientId: other.UserPoolClient?.ClientId ?? "",
    neighbour,
  };
}

async function makeNeighbour({ api }: TestHouse, UserPoolId: string): Promise<string> {
  const Username = "neighbour@example.com";
  await api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
  return Username;
}
