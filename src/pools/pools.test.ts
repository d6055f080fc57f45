import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { sdkFor, useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { sweep } from "../database/sweep.ts";

const house = useHouse();

async function createPool(wanted: Partial<CreateUserPoolCommandInput> = {}) {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", ...wanted });
  return { ...UserPool, Id: UserPool?.Id ?? "" };
}

const invalid = (message: string) => ({ name: "InvalidParameterException", message });

describe("a new pool", () => {
  it("is answered with Cognito's defaults and nothing else", async () => {
    const { SchemaAttributes, ...pool } = await createPool();
    const now = new Date(house.clock.now());
    expect(pool).toEqual({
      Id: expect.stringMatching(/^us-east-1_[0-9a-zA-Z]{9}$/),
      Name: "p",
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
      },
      DeletionProtection: "INACTIVE",
      LambdaConfig: {},
      LastModifiedDate: now,
      CreationDate: now,
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      MfaConfiguration: "OFF",
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${pool.Id}`,
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: "verified_email" },
          { Priority: 2, Name: "verified_phone_number" },
        ],
      },
      UserPoolTier: "ESSENTIALS",
    });
    expect(SchemaAttributes?.map(({ Name }) => Name).join(" ")).toBe(
      "profile address birthdate gender preferred_username updated_at website picture identities sub phone_number " +
        "phone_number_verified zoneinfo locale email email_verified given_name family_name middle_name name nickname",
    );
    expect(SchemaAttributes).toContainEqual({
      Name: "sub",
      AttributeDataType: "String",
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
    });
  });

  it("is described as it was answered", async () => {
    const pool = await createPool({ Schema: [{ Name: "plan", AttributeDataType: "String" }] });
    const { UserPool } = await house.api.describeUserPool({ UserPoolId: pool.Id });
    expect(UserPool).toEqual(pool);
    expect(UserPool?.SchemaAttributes?.at(-1)).toMatchObject({ Name: "custom:plan", Mutable: true, Required: false });
  });

  it("switches off what a policy leaves out", async () => {
    const pool = await createPool({ Policies: { PasswordPolicy: { MinimumLength: 6 } } });
    expect(pool.Policies?.PasswordPolicy).toEqual({
      MinimumLength: 6,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    });
  });

  it.each([
    { UnusedAccountValidityDays: 3, days: 3 },
    { UnusedAccountValidityDays: 0, days: 7 },
  ])("says in both places that a temporary password lives $days days", async ({ days, ...AdminCreateUserConfig }) => {
    const pool = await createPool({ AdminCreateUserConfig });
    expect(pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(days);
    expect(pool.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(days);
    await house.api.updateUserPool({
      UserPoolId: pool.Id,
      Policies: pool.Policies,
      AdminCreateUserConfig: pool.AdminCreateUserConfig,
    });
    const { UserPool } = await house.api.describeUserPool({ UserPoolId: pool.Id });
    expect(UserPool?.Policies).toEqual(pool.Policies);
  });

  it("shows verification texts in both of their places", async () => {
    const old = await createPool({ EmailVerificationMessage: "Code {####}", EmailVerificationSubject: "Hello" });
    expect(old.VerificationMessageTemplate).toMatchObject({ EmailMessage: "Code {####}", EmailSubject: "Hello" });
    const present = await createPool({ VerificationMessageTemplate: { SmsMessage: "Code {####}" } });
    expect(present.SmsVerificationMessage).toBe("Code {####}");
  });

  it("has the id that its tag asks for", async () => {
    const pool = await createPool({ UserPoolTags: { _custom_id_: "known1" } });
    expect(pool.Id).toBe("us-east-1_known1");
    expect(await refusalOf(createPool({ UserPoolTags: { _custom_id_: "known1" } }))).toEqual(
      invalid("User pool us-east-1_known1 already exists."),
    );
    expect(await refusalOf(createPool({ UserPoolTags: { _custom_id_: "not an id" } }))).toEqual(
      invalid("not an id cannot be the id of a user pool."),
    );
  });
});

const sms = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
const arn = (region: string) => `arn:aws:lambda:${region}:123456789012:function:f`;

const rules: readonly (readonly [
  title: string,
  wanted: Partial<CreateUserPoolCommandInput>,
  message: string,
  name?: string,
])[] = [
  [
    "aliases beside username attributes",
    { AliasAttributes: ["email"], UsernameAttributes: ["email"] },
    "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
  ],
  [
    "phones to verify without SMS",
    { AutoVerifiedAttributes: ["phone_number"] },
    "SMS configuration is required when phone_number is selected for auto verification",
  ],
  [
    "MFA without SMS",
    { MfaConfiguration: "ON" },
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
  ],
  [
    "a required custom attribute",
    { Schema: [{ Name: "a", AttributeDataType: "String", Required: true }] },
    "Required custom attributes are not supported currently.",
  ],
  [
    "a custom attribute twice",
    {
      Schema: [
        { Name: "a", AttributeDataType: "String" },
        { Name: "a", AttributeDataType: "Number" },
      ],
    },
    "Duplicate custom attribute names custom:a are not allowed in a user pool schema.",
  ],
  [
    "another type for a standard attribute",
    { Schema: [{ Name: "email", AttributeDataType: "Number" }] },
    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
  ],
  [
    "a custom attribute without a type",
    { Schema: [{ Name: "a" }] },
    "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
  ],
  [
    "lengths that cross",
    {
      Schema: [
        { Name: "a", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "5", MaxLength: "4" } },
      ],
    },
    "Attribute custom:a cannot have a max length shorter than it's min length",
  ],
  [
    "values that cross",
    {
      Schema: [
        { Name: "a", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "5", MaxValue: "4" } },
      ],
    },
    "Attribute custom:a cannot have a max value smaller than it's min value",
  ],
  [
    "a length above what a value may have",
    { Schema: [{ Name: "a", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "2049" } }] },
    "The lengths of attribute custom:a must be whole numbers from 0 to 2048",
  ],
  [
    "a length that is no number",
    { Schema: [{ Name: "a", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "long" } }] },
    "The lengths of attribute custom:a must be whole numbers from 0 to 2048",
  ],
  [
    "a length below nothing",
    { Schema: [{ Name: "a", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "-1" } }] },
    "The lengths of attribute custom:a must be whole numbers from 0 to 2048",
  ],
  [
    "a length of a standard attribute above what a value may have",
    { Schema: [{ Name: "email", StringAttributeConstraints: { MaxLength: "2049" } }] },
    "The lengths of attribute email must be whole numbers from 0 to 2048",
  ],
  [
    "a bound that is no whole number",
    { Schema: [{ Name: "a", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "1.5" } }] },
    "The bounds of attribute custom:a must be whole numbers from -2^1023 to 2^1023",
  ],
  [
    "a bound above all numbers",
    { Schema: [{ Name: "a", AttributeDataType: "Number", NumberAttributeConstraints: { MaxValue: "9".repeat(308) } }] },
    "The bounds of attribute custom:a must be whole numbers from -2^1023 to 2^1023",
  ],
  [
    "two lives of a temporary password",
    {
      AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 4 } },
    },
    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
  ],
  [
    "verification of what is not auto-verified",
    { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] } },
    "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
  ],
  [
    "admin_only with another",
    {
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: "admin_only" },
          { Priority: 2, Name: "verified_email" },
        ],
      },
    },
    "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
  ],
  [
    "one priority twice",
    {
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: "verified_phone_number" },
          { Priority: 1, Name: "verified_email" },
        ],
      },
    },
    "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
  ],
  [
    "first factors without a password",
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["EMAIL_OTP"] } } },
    "Password should be configured as one of the allowed first auth factors.",
  ],
  [
    "an authenticator app for a first factor",
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "SOFTWARE_TOKEN"] } } },
    "SOFTWARE_TOKEN cannot be one of the allowed first auth factors.",
  ],
  [
    "passwordless on LITE",
    { UserPoolTier: "LITE", Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
    "The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In",
    "FeatureUnavailableInTierException",
  ],
  [
    "the second token trigger on LITE",
    {
      UserPoolTier: "LITE",
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: arn("us-east-1") } },
    },
    "The following features need to be disabled for the LITE pricing tier configured: Token Customization with Pre-Token Generation Lambda V2_0",
    "FeatureUnavailableInTierException",
  ],
  [
    "a sender without a key",
    { LambdaConfig: { CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: arn("us-east-1") } } },
    "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
  ],
  [
    "two token triggers",
    {
      LambdaConfig: {
        PreTokenGeneration: arn("us-east-1"),
        PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: `${arn("us-east-1")}2` },
      },
    },
    "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
  ],
  [
    "a trigger of another region",
    { LambdaConfig: { PreSignUp: arn("eu-west-1") } },
    "Cross-region lambda functions are not supported",
  ],
  [
    "mail of one's own without a source",
    { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } },
    "Source ARN is required to use DEVELOPER email sending owner",
  ],
  ["a sender that is no address", { EmailConfiguration: { From: "nobody" } }, "Provided From email address is invalid"],
  [
    "threat protection below the highest tier",
    { UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
    "The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection",
    "FeatureUnavailableInTierException",
  ],
  [
    "clients that register themselves on LITE",
    { UserPoolTier: "LITE", DcrConfiguration: {} },
    "The following features need to be disabled for the LITE pricing tier configured: Dynamic Client Registration",
    "FeatureUnavailableInTierException",
  ],
  [
    "names of levels of assurance on LITE",
    { UserPoolTier: "LITE", AcrConfiguration: { Level1: { AcrValue: "urn:a" } } },
    "The following features need to be disabled for the LITE pricing tier configured: ACR Configuration",
    "FeatureUnavailableInTierException",
  ],
  [
    "a fifth level of assurance",
    { AcrConfiguration: { Level5: { AcrValue: "urn:a" } } },
    "AcrConfiguration levels must be Level1, Level2, Level3 or Level4.",
  ],
  [
    "a level's name that no URN could hold",
    { AcrConfiguration: { Level1: { AcrValue: "a b" } } },
    "An AcrValue can hold only characters that are valid in a URL or a URN.",
  ],
  [
    "the default name of another level",
    { AcrConfiguration: { Level1: { AcrValue: "urn:cognito:loa:2" } } },
    "Each AcrValue must be unique across all levels.",
  ],
  [
    "a key of one's own that is not named",
    { KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY" } },
    "KmsKeyArn is required when KeyType is CUSTOMER_MANAGED_KEY.",
  ],
  [
    "a key that is not to be used",
    { KeyConfiguration: { KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1" } },
    "KmsKeyArn can be given only when KeyType is CUSTOMER_MANAGED_KEY.",
  ],
  [
    "a key of another region",
    {
      KeyConfiguration: {
        KeyType: "CUSTOMER_MANAGED_KEY",
        KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1",
      },
    },
    "KmsKeyArn must be the ARN of a KMS key in the region of the user pool.",
  ],
  [
    "mail from a region that is not near",
    {
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:ap-south-1:123456789012:identity/a@example.com",
      },
    },
    "Provided SourceArn must be in one of the following SES regions: us-east-1, us-west-2, eu-west-1.",
  ],
  [
    "an invitation that does not name the user",
    { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: "Your password is {####}" } } },
    "The invitation message must contain the placeholders {username} and {####}.",
  ],
  [
    "an SMS invitation without the password",
    { AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: "Welcome {username}" } } },
    "The invitation message must contain the placeholders {username} and {####}.",
  ],
  [
    "a history of passwords on LITE",
    { UserPoolTier: "LITE", Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } },
    "The following features need to be disabled for the LITE pricing tier configured: Password History",
    "FeatureUnavailableInTierException",
  ],
  [
    "SMS from another region",
    { SmsConfiguration: { ...sms, SnsRegion: "eu-west-1" } },
    "Invalid snsRegion. Allowed SNS region for us-east-1 is us-east-1",
  ],
];

describe("a pool is refused", () => {
  it.each(rules.map(([title, wanted, message, name]) => ({ title, wanted, message, name })))(
    "with $title",
    async ({ wanted, message, name = "InvalidParameterException" }) => {
      expect(await refusalOf(createPool(wanted))).toEqual({ name, message });
    },
  );

  it("with the same settings when it is updated", async () => {
    const { Id } = await createPool();
    const update = house.api.updateUserPool({ UserPoolId: Id, MfaConfiguration: "OPTIONAL" });
    expect(await refusalOf(update)).toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("an update", () => {
  it("puts back to its default what it leaves out, and keeps what only the making of a pool sets", async () => {
    const { Id, CreationDate } = await createPool({
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      DeletionProtection: "ACTIVE",
      UserPoolTier: "PLUS",
      UserPoolTags: { team: "a" },
      Schema: [{ Name: "plan", AttributeDataType: "String" }],
    });
    house.clock.advance(1000);
    await house.api.updateUserPool({ UserPoolId: Id, PoolName: "renamed" });
    const { UserPool } = await house.api.describeUserPool({ UserPoolId: Id });
    expect(UserPool).toMatchObject({
      Name: "renamed",
      UsernameAttributes: ["email"],
      DeletionProtection: "INACTIVE",
      UserPoolTags: {},
      UserPoolTier: "PLUS",
      CreationDate,
      LastModifiedDate: new Date(house.clock.now()),
    });
    expect(UserPool?.AutoVerifiedAttributes).toBeUndefined();
    expect(UserPool?.SchemaAttributes?.at(-1)?.Name).toBe("custom:plan");
  });
});

describe("the newer settings of a pool", () => {
  it("are shown with what was left out filled in", async () => {
    const KeyConfiguration = {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1",
    } as const;
    const pool = await createPool({
      AcrConfiguration: { Level2: { AcrValue: "https://example.com/strong" } },
      DcrConfiguration: { AllowedScopes: ["order/write"] },
      KeyConfiguration,
      IssuerConfiguration: { Type: "UPDATED" },
    });
    expect(pool).toMatchObject({
      AcrConfiguration: {
        Level1: { AcrValue: "urn:cognito:loa:1" },
        Level2: { AcrValue: "https://example.com/strong" },
        Level3: { AcrValue: "urn:cognito:loa:3" },
        Level4: { AcrValue: "urn:cognito:loa:4" },
      },
      DcrConfiguration: {
        EnableStatus: "Enabled",
        OpenDcrEnabled: false,
        AuthenticatedGrantTypes: ["code", "client_credentials"],
        OpenDcrGrantTypes: ["code"],
        AllowedScopes: ["order/write"],
      },
      KeyConfiguration,
      IssuerConfiguration: { Type: "UPDATED" },
    });
  });

  it("are kept by an update that does not name them, and replaced by one that does", async () => {
    const { Id: UserPoolId } = await createPool({ DcrConfiguration: { OpenDcrEnabled: true } });
    await house.api.updateUserPool({ UserPoolId });
    const { UserPool: kept } = await house.api.describeUserPool({ UserPoolId });
    expect(kept?.DcrConfiguration).toMatchObject({ OpenDcrEnabled: true });
    await house.api.updateUserPool({ UserPoolId, DcrConfiguration: { EnableStatus: "Disabled" } });
    const { UserPool: replaced } = await house.api.describeUserPool({ UserPoolId });
    expect(replaced?.DcrConfiguration).toMatchObject({ EnableStatus: "Disabled", OpenDcrEnabled: false });
    await house.api.updateUserPool({ UserPoolId, UserPoolTier: "LITE" });
  });

  it("keep a pool from the lowest tier while clients may register themselves", async () => {
    const { Id: UserPoolId } = await createPool({ DcrConfiguration: {} });
    expect(await refusalOf(house.api.updateUserPool({ UserPoolId, UserPoolTier: "LITE" }))).toMatchObject({
      name: "FeatureUnavailableInTierException",
    });
  });
});

describe("a pool keeps its tier", () => {
  it.each<{ feature: string; tier: "LITE" | "ESSENTIALS"; arrange: (UserPoolId: string) => Promise<unknown> }>([
    {
      feature: "Email MFA",
      tier: "LITE",
      arrange: async (UserPoolId) => {
        const SourceArn = "arn:aws:ses:us-east-1:123456789012:identity/a@example.com";
        const EmailConfiguration = { EmailSendingAccount: "DEVELOPER", SourceArn } as const;
        await house.api.updateUserPool({ UserPoolId, EmailConfiguration });
        await house.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: "ON", EmailMfaConfiguration: {} });
      },
    },
    {
      feature: "Session Management",
      tier: "LITE",
      arrange: (UserPoolId) =>
        house.api.setUserPoolSessionConfiguration({
          UserPoolId,
          UserSessionTracking: "ENABLED",
          TokenSession: { MaxPerUser: 5 },
        }),
    },
    {
      feature: "Log Streaming",
      tier: "ESSENTIALS",
      arrange: async (UserPoolId) => {
        await house.api.updateUserPool({ UserPoolId, UserPoolTier: "PLUS" });
        const S3Configuration = { BucketArn: "arn:aws:s3:::events" };
        const LogConfigurations = [{ EventSource: "userAuthEvents", LogLevel: "INFO", S3Configuration } as const];
        await house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });
      },
    },
  ])("while it has $feature, which $tier has not", async ({ feature, tier, arrange }) => {
    const { Id: UserPoolId = "" } = await createPool();
    await arrange(UserPoolId);
    expect(await refusalOf(house.api.updateUserPool({ UserPoolId, UserPoolTier: tier }))).toEqual({
      name: "FeatureUnavailableInTierException",
      message: `The following features need to be disabled for the ${tier} pricing tier configured: ${feature}`,
    });
  });
});

describe("a pool that is deleted", () => {
  it("is gone, with its domain refused before and protection respected", async () => {
    const { Id: UserPoolId } = await createPool({ DeletionProtection: "ACTIVE" });
    expect(await refusalOf(house.api.deleteUserPool({ UserPoolId }))).toEqual(
      invalid(
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      ),
    );
    await house.api.updateUserPool({ UserPoolId, DeletionProtection: "INACTIVE" });
    await house.api.createUserPoolDomain({ UserPoolId, Domain: "going" });
    expect(await refusalOf(house.api.deleteUserPool({ UserPoolId }))).toEqual(
      invalid("User pool cannot be deleted. It has a domain configured that should be deleted first."),
    );
    await house.api.deleteUserPoolDomain({ UserPoolId, Domain: "going" });
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName: "c" });
    await house.api.deleteUserPool({ UserPoolId });
    const gone = { name: "ResourceNotFoundException", message: `User pool ${UserPoolId} does not exist.` };
    expect(await refusalOf(house.api.describeUserPool({ UserPoolId }))).toEqual(gone);
    const ClientId = UserPoolClient?.ClientId ?? "";
    expect(await refusalOf(house.api.signUp({ ClientId, Username: "u", Password: "p" }))).toEqual({
      name: "ResourceNotFoundException",
      message: `User pool client ${ClientId} does not exist.`,
    });
    await expect(house.app.vault.poolKeys(house.app.db, UserPoolId)).rejects.toThrow("has no keys");
  });
});

describe("the number of a pool's users", () => {
  const countOf = async (UserPoolId: string) =>
    (await house.api.describeUserPool({ UserPoolId })).UserPool?.EstimatedNumberOfUsers;

  it("is counted from time to time, in every pool however many there are, and back to none", async () => {
    const { Id: UserPoolId = "" } = await createPool({ UserPoolTags: { _custom_id_: "zzzzzzzzz" } });
    await house.api.adminCreateUser({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" });
    await house.api.adminCreateUser({ UserPoolId, Username: "joe", MessageAction: "SUPPRESS" });
    const row = await house.app.db
      .selectFrom("pools")
      .selectAll()
      .where("pool_id", "=", UserPoolId)
      .executeTakeFirstOrThrow();
    const others = Array.from({ length: 110 }, (_, index) => ({
      ...row,
      region: "aa-one-1",
      pool_id: `aa-one-1_other${index}`,
    }));
    await house.app.db.insertInto("pools").values(others).execute();
    try {
      expect(await countOf(UserPoolId)).toBe(0);
      const minutes = Array.from({ length: 3 }, (_, index) => house.clock.now() + index * 60_000);
      for (const now of minutes) await sweep(house.app.db, now);
      expect(await countOf(UserPoolId)).toBe(2);
      for (const Username of ["jane", "joe"]) await house.api.adminDeleteUser({ UserPoolId, Username });
      for (const now of minutes) await sweep(house.app.db, now);
      expect(await countOf(UserPoolId)).toBe(0);
    } finally {
      await house.app.db.deleteFrom("pools").where("region", "=", "aa-one-1").execute();
    }
  });
});

describe("pools", () => {
  it("are listed page by page, in the region of the signature only", async () => {
    const region = "eu-north-1";
    const there = sdkFor(house.url, undefined, region);
    const made: string[] = [];
    for (const PoolName of ["a", "b", "c", "d", "e"]) {
      const { UserPool } = await there.createUserPool({ PoolName });
      made.push(UserPool?.Id ?? "");
    }
    expect(made.every((id) => id.startsWith(`${region}_`))).toBe(true);
    const listed: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await there.listUserPools({ MaxResults: 2, NextToken });
      listed.push(...(page.UserPools ?? []).map(({ Id = "" }) => Id));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(listed.toSorted()).toEqual(made.toSorted());
    expect(await refusalOf(house.api.describeUserPool({ UserPoolId: made[0] }))).toMatchObject({
      name: "ResourceNotFoundException",
    });
    const first = await there.listUserPools({ MaxResults: 2 });
    expect(await refusalOf(house.api.listUserPools({ MaxResults: 2, NextToken: first.NextToken }))).toEqual(
      invalid("Invalid Pagination Token"),
    );
  });
});

describe("a domain", () => {
  it("is shown with its pool, once in all pools, one of a kind in a pool", async () => {
    const { Id: UserPoolId } = await createPool();
    const other = await createPool();
    expect((await house.api.createUserPoolDomain({ UserPoolId, Domain: "acme" })).CloudFrontDomain).toBeUndefined();
    const { DomainDescription } = await house.api.describeUserPoolDomain({ Domain: "acme" });
    expect(DomainDescription).toMatchObject({
      UserPoolId,
      AWSAccountId: "123456789012",
      Domain: "acme",
      Version: expect.stringMatching(/^\d{14}$/),
      Status: "ACTIVE",
      CustomDomainConfig: {},
      ManagedLoginVersion: 1,
    });
    expect((await house.api.describeUserPool({ UserPoolId })).UserPool?.Domain).toBe("acme");
    const taken = house.api.createUserPoolDomain({ UserPoolId: other.Id, Domain: "acme" });
    expect(await refusalOf(taken)).toEqual(invalid("Domain already associated with another user pool."));
    const second = house.api.createUserPoolDomain({ UserPoolId, Domain: "acme2" });
    expect(await refusalOf(second)).toEqual(invalid("User pool already has a domain configured."));
    const CustomDomainConfig = { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" };
    const custom = await house.api.createUserPoolDomain({ UserPoolId, Domain: "auth.example.com", CustomDomainConfig });
    expect(custom.CloudFrontDomain).toMatch(/^[\da-z]{14}\.cloudfront\.net$/);
    await house.api.updateUserPoolDomain({ UserPoolId, Domain: "acme", ManagedLoginVersion: 2 });
    expect((await house.api.describeUserPoolDomain({ Domain: "acme" })).DomainDescription?.ManagedLoginVersion).toBe(2);
  });

  it("that does not exist is shown empty, and cannot be changed or deleted", async () => {
    const { Id: UserPoolId } = await createPool();
    expect((await house.api.describeUserPoolDomain({ Domain: "nowhere" })).DomainDescription).toEqual({});
    const missing = invalid("No such domain or user pool exists.");
    expect(await refusalOf(house.api.deleteUserPoolDomain({ UserPoolId, Domain: "nowhere" }))).toEqual(missing);
    expect(await refusalOf(house.api.updateUserPoolDomain({ UserPoolId, Domain: "nowhere" }))).toEqual(missing);
  });

  it.each([
    ["my-aws-app", "Domain cannot contain reserved word: aws"],
    ["amazonia", "Domain cannot contain reserved word: amazon"],
    ["mycognito", "Domain cannot contain reserved word: cognito"],
    [
      "Upper",
      "1 validation error detected: Value 'Upper' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern:",
    ],
    [
      "two.labels",
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens.",
    ],
  ])("may not be called %s", async (Domain, message) => {
    const { Id: UserPoolId } = await createPool();
    expect((await refusalOf(house.api.createUserPoolDomain({ UserPoolId, Domain }))).message).toContain(message);
  });

  it("of version 2 is not for the LITE tier", async () => {
    const { Id: UserPoolId } = await createPool({ UserPoolTier: "LITE" });
    const call = house.api.createUserPoolDomain({ UserPoolId, Domain: "light", ManagedLoginVersion: 2 });
    expect(await refusalOf(call)).toEqual({
      name: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
    });
  });
});

describe("a resource server", () => {
  it("is made, shown, listed, replaced and deleted", async () => {
    const { Id: UserPoolId } = await createPool();
    const Scopes = [{ ScopeName: "write", ScopeDescription: "Write" }];
    const server = { UserPoolId, Identifier: "https://orders", Name: "Orders" };
    expect((await house.api.createResourceServer({ ...server, Scopes })).ResourceServer).toEqual({ ...server, Scopes });
    expect(await refusalOf(house.api.createResourceServer(server))).toEqual(
      invalid(`https://orders already exists in user pool ${UserPoolId}.`),
    );
    await house.api.createResourceServer({ ...server, Identifier: "other" });
    const page = await house.api.listResourceServers({ UserPoolId, MaxResults: 1 });
    const next = await house.api.listResourceServers({ UserPoolId, MaxResults: 1, NextToken: page.NextToken });
    expect(
      [...(page.ResourceServers ?? []), ...(next.ResourceServers ?? [])].map(({ Identifier }) => Identifier),
    ).toEqual(["https://orders", "other"]);
    expect(next.NextToken).toBeUndefined();
    await house.api.updateResourceServer({ ...server, Name: "New" });
    const { ResourceServer } = await house.api.describeResourceServer({ UserPoolId, Identifier: server.Identifier });
    expect(ResourceServer).toEqual({ ...server, Name: "New" });
    await house.api.deleteResourceServer({ UserPoolId, Identifier: server.Identifier });
    expect(await refusalOf(house.api.describeResourceServer({ UserPoolId, Identifier: server.Identifier }))).toEqual({
      name: "ResourceNotFoundException",
      message: "Resource server https://orders does not exist.",
    });
  });
});
