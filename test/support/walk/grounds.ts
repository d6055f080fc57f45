/** The pools that walks go over: each asks for something else. */
import type { ExplicitAuthFlowsType, UserPoolMfaType } from "@aws-sdk/client-cognito-identity-provider";
import type { TestHouse } from "../house.ts";
import { makePool, type TestPool } from "../pool.ts";

/** A pool with what the model has to know of it. */
export interface Ground extends TestPool {
  readonly name: string;
  readonly mfa: UserPoolMfaType;
  /** Whether a remembered device stands for a second factor. */
  readonly devicesSpare: boolean;
  readonly tracksDevices: boolean;
  readonly hidesUsers: boolean;
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
  readonly factors?: readonly ("totp" | "sms" | "email")[];
  readonly first?: readonly ("PASSWORD" | "EMAIL_OTP" | "SMS_OTP")[];
  readonly devices?: "spare" | "track";
  readonly hidesUsers?: boolean;
}

const plans: readonly Plan[] = [
  { name: "no second factor", mfa: "OFF", first: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] },
  { name: "any second factor", mfa: "OPTIONAL", factors: ["totp", "sms", "email"], hidesUsers: true },
  { name: "an authenticator required", mfa: "ON", factors: ["totp"], hidesUsers: true },
  { name: "SMS required", mfa: "ON", factors: ["sms"], first: ["PASSWORD", "EMAIL_OTP"] },
  { name: "devices spare", mfa: "OPTIONAL", factors: ["totp"], devices: "spare", first: ["PASSWORD", "EMAIL_OTP"] },
  { name: "devices are tracked", mfa: "ON", factors: ["totp", "email"], devices: "track", hidesUsers: true },
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
  const { name, mfa, factors = [], first = ["PASSWORD"], devices, hidesUsers = false } = plan;
  const devicesSpare = devices === "spare";
  const pool = await makePool(house, {
    pool: {
      EmailConfiguration: mail,
      SmsConfiguration: sms,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...first] } },
      LambdaConfig: {
        DefineAuthChallenge: arnOf("define"),
        CreateAuthChallenge: arnOf("create"),
        VerifyAuthChallengeResponse: arnOf("verify"),
      },
      ...(devices && {
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: devicesSpare, DeviceOnlyRememberedOnUserPrompt: false },
      }),
    },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: flows,
      PreventUserExistenceErrors: hidesUsers ? "ENABLED" : "LEGACY",
    },
  });
  if (mfa !== "OFF") {
    await house.api.setUserPoolMfaConfig({
      UserPoolId: pool.UserPoolId,
      MfaConfiguration: mfa,
      ...(factors.includes("sms") && { SmsMfaConfiguration: { SmsConfiguration: sms } }),
      ...(factors.includes("totp") && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
      ...(factors.includes("email") && { EmailMfaConfiguration: {} }),
    });
  }
  return { ...pool, name, mfa, devicesSpare, tracksDevices: devices !== undefined, hidesUsers };
}
