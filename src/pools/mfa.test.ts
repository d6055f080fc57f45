import type { SetUserPoolMfaConfigCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
const EmailConfiguration = {
  EmailSendingAccount: "DEVELOPER",
  SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
} as const;

async function createPool(wanted: object = {}): Promise<string> {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", ...wanted });
  return UserPool?.Id ?? "";
}

async function configOf(UserPoolId: string) {
  const { $metadata: _metadata, ...config } = await house.api.getUserPoolMfaConfig({ UserPoolId });
  return config;
}

async function set(UserPoolId: string, wanted: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">) {
  const { $metadata: _metadata, ...config } = await house.api.setUserPoolMfaConfig({ UserPoolId, ...wanted });
  return config;
}

describe("the MFA settings of a pool", () => {
  it("say that it is off, and nothing else, when it was made without", async () => {
    expect(await configOf(await createPool())).toEqual({ MfaConfiguration: "OFF" });
  });

  it("are answered as they were set, and shown so", async () => {
    const UserPoolId = await createPool({ EmailConfiguration, SmsConfiguration });
    const wanted = {
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Code" },
      SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}", SmsConfiguration },
      WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "required" },
    } as const;
    expect(await set(UserPoolId, wanted)).toEqual(wanted);
    expect(await configOf(UserPoolId)).toEqual(wanted);
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    expect(UserPool).toMatchObject({ MfaConfiguration: "OPTIONAL", SmsAuthenticationMessage: "Code {####}" });
    expect(UserPool).not.toHaveProperty("mfa");
  });

  it("are replaced as a whole", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } });
    expect(await set(UserPoolId, {})).toEqual({ MfaConfiguration: "OFF" });
    await set(UserPoolId, { WebAuthnConfiguration: { RelyingPartyId: "example.com" } });
    expect(await set(UserPoolId, {})).toEqual({ MfaConfiguration: "OFF" });
  });

  it("prefer verification of the user by a passkey", async () => {
    const UserPoolId = await createPool();
    expect(await set(UserPoolId, { WebAuthnConfiguration: { RelyingPartyId: "example.com" } })).toEqual({
      MfaConfiguration: "OFF",
      WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "preferred" },
    });
  });

  it("keep their factors when the pool is updated", async () => {
    const UserPoolId = await createPool();
    await set(UserPoolId, { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } });
    await house.api.updateUserPool({ UserPoolId });
    expect(await configOf(UserPoolId)).toEqual({
      MfaConfiguration: "OFF",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await house.api.updateUserPool({ UserPoolId, MfaConfiguration: "ON" });
    expect(await configOf(UserPoolId)).toMatchObject({ MfaConfiguration: "ON" });
  });

  it("lose SMS when an update takes its configuration away, until one brings it back", async () => {
    const UserPoolId = await createPool();
    const rest = { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
    await set(UserPoolId, { ...rest, SmsMfaConfiguration: { SmsConfiguration } });
    await house.api.updateUserPool({ UserPoolId, MfaConfiguration: "OPTIONAL" });
    expect(await configOf(UserPoolId)).toEqual(rest);
    await house.api.updateUserPool({ UserPoolId, MfaConfiguration: "OPTIONAL", SmsConfiguration });
    expect(await configOf(UserPoolId)).toEqual({ ...rest, SmsMfaConfiguration: { SmsConfiguration } });
  });

  it("move the time of the last change", async () => {
    const UserPoolId = await createPool();
    house.clock.advance(1000);
    await set(UserPoolId, {});
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    expect(UserPool?.LastModifiedDate).toEqual(new Date(house.clock.now()));
  });

  it.each([
    {
      title: "a factor while it is off",
      pool: {},
      wanted: { SoftwareTokenMfaConfiguration: { Enabled: true } },
      message: "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    },
    {
      title: "no factor while it is on",
      pool: {},
      wanted: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: false } },
      message: "Invalid MFA configuration given, can't disable all MFAs and require an MFA together.",
    },
    {
      title: "codes by SMS without a way to send them",
      pool: {},
      wanted: { MfaConfiguration: "ON", SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}" } },
      message: "SMS configuration is required when SMS MFA is enabled.",
    },
    {
      title: "codes by mail from Cognito's own sender",
      pool: {},
      wanted: { MfaConfiguration: "ON", EmailMfaConfiguration: {} },
      message:
        "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.",
    },
    {
      title: "codes by mail on the lowest tier",
      pool: { EmailConfiguration, UserPoolTier: "LITE" },
      wanted: { MfaConfiguration: "ON", EmailMfaConfiguration: {} },
      name: "FeatureUnavailableInTierException",
      message: "The following features need to be disabled for the LITE pricing tier configured: Email MFA",
    },
  ] as const)("are refused with $title", async (row) => {
    const UserPoolId = await createPool(row.pool);
    const name = "name" in row ? row.name : "InvalidParameterException";
    expect(await refusalOf(set(UserPoolId, row.wanted))).toEqual({ name, message: row.message });
    expect(await configOf(UserPoolId)).toEqual({ MfaConfiguration: "OFF" });
  });
});
