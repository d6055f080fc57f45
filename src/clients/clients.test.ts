import { createHmac } from "node:crypto";
import type { CreateUserPoolClientCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { findClient, updateClient } from "./store.ts";

const house = useHouse();
let UserPoolId: string;

beforeAll(async () => {
  UserPoolId = await createPool();
});

async function createPool(settings: { UserPoolTier?: "LITE" } = {}): Promise<string> {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", ...settings });
  return UserPool?.Id ?? "";
}

type Wanted = Omit<CreateUserPoolClientCommandInput, "UserPoolId" | "ClientName">;

async function createClient(wanted: Wanted = {}) {
  const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName: "c", ...wanted });
  return { ...UserPoolClient, ClientId: UserPoolClient?.ClientId ?? "" };
}

async function createSecretClient(wanted: Wanted = {}) {
  const client = await createClient({ GenerateSecret: true, ...wanted });
  return { ...client, ClientSecret: client.ClientSecret ?? "" };
}

const hashOf = (secret: string, username: string, clientId: string) =>
  createHmac("sha256", secret)
    .update(username + clientId)
    .digest("base64");

describe("a new client", () => {
  it("is answered with Cognito's defaults and nothing else", async () => {
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName: "c" });
    expect(UserPoolClient).toEqual({
      UserPoolId,
      ClientType: "REGULAR",
      ClientName: "c",
      ClientId: expect.stringMatching(/^[0-9a-z]{26}$/),
      LastModifiedDate: expect.any(Date),
      CreationDate: expect.any(Date),
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
  });

  it("is shown as it was answered, and listed by id and name", async () => {
    const created = await createClient({ GenerateSecret: true });
    const { ClientId } = created;
    expect((await house.api.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient).toEqual(created);
    const { UserPoolClients } = await house.api.listUserPoolClients({ UserPoolId, MaxResults: 60 });
    expect(UserPoolClients).toContainEqual({ UserPoolId, ClientId, ClientName: "c" });
  });

  it("takes the scopes of a resource server", async () => {
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Read" }];
    await house.api.createResourceServer({ UserPoolId, Identifier: "https://api", Name: "api", Scopes });
    const client = await createClient({ AllowedOAuthScopes: ["openid", "https://api/read"] });
    expect(client.AllowedOAuthScopes).toEqual(["openid", "https://api/read"]);
  });

  it("has the id that its name asks for, once in all pools", async () => {
    const ClientName = "_custom_id_:web";
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName });
    expect(UserPoolClient).toMatchObject({ ClientId: "web", ClientName });
    const other = await createPool();
    expect(await refusalOf(house.api.createUserPoolClient({ UserPoolId: other, ClientName }))).toEqual({
      name: "InvalidParameterException",
      message: "User pool client web already exists.",
    });
    await house.api.deleteUserPoolClient({ UserPoolId, ClientId: "web" });
    await house.api.createUserPoolClient({ UserPoolId: other, ClientName });
    expect(await refusalOf(house.api.describeUserPoolClient({ UserPoolId, ClientId: "web" }))).toEqual({
      name: "ResourceNotFoundException",
      message: "User pool client web does not exist.",
    });
  });
});

describe("settings that do not agree", () => {
  const callback = { CallbackURLs: ["https://app.example.com"] };
  const code: Wanted = { AllowedOAuthFlows: ["code"], AllowedOAuthScopes: ["openid"] };
  const machine: Wanted = { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["openid"] };

  it.each<{ wanted: Wanted; name?: string; message: string }>([
    {
      wanted: { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthScopes: ["openid"] },
      message:
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    },
    {
      wanted: { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ["code"], ...callback },
      message:
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    },
    {
      wanted: code,
      name: "InvalidOAuthFlowException",
      message: "CallbackUrls can not be empty when code flow or implicit flow is selected",
    },
    {
      wanted: { ...machine, GenerateSecret: true, AllowedOAuthFlows: ["client_credentials", "code"], ...callback },
      name: "InvalidOAuthFlowException",
      message: "client_credentials flow can not be selected along with code flow or implicit flow.",
    },
    {
      wanted: machine,
      name: "InvalidOAuthFlowException",
      message: "client_credentials flow can not be selected if client does not have a client secret.",
    },
    {
      wanted: { AllowedOAuthScopes: ["openid", "https://api/unknown"] },
      name: "ScopeDoesNotExistException",
      message: "Invalid scope requested: https://api/unknown",
    },
    {
      wanted: { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] },
      message: "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    },
    {
      wanted: { RefreshTokenValidity: 60, AccessTokenValidity: 2, TokenValidityUnits: { RefreshToken: "minutes" } },
      message: "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    },
    {
      wanted: { RefreshTokenValidity: 60, IdTokenValidity: 2, TokenValidityUnits: { RefreshToken: "minutes" } },
      message: "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    },
    {
      wanted: { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: "minutes" } },
      message: "Invalid range for token validity.",
    },
    { wanted: { IdTokenValidity: 25 }, message: "Invalid range for token validity." },
    {
      wanted: { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: "minutes" } },
      message: "Invalid range for token validity.",
    },
    { wanted: { RefreshTokenValidity: 3651 }, message: "Invalid range for token validity." },
    {
      wanted: { CallbackURLs: ["http://app.example.com"] },
      message: "http://app.example.com cannot use the HTTP protocol.",
    },
    {
      wanted: { LogoutURLs: ["http://app.example.com"] },
      message: "http://app.example.com cannot use the HTTP protocol.",
    },
    { wanted: { CallbackURLs: ["https://app/#x"] }, message: "https://app/#x cannot use fragment" },
    {
      wanted: { ...callback, DefaultRedirectURI: "https://other" },
      message: "The default redirect URI https://other is not in the callback URIs list.",
    },
    {
      wanted: { ReadAttributes: ["email", "custom:unknown"] },
      message: "Invalid read attributes specified while creating a client",
    },
    {
      wanted: { WriteAttributes: ["email", "custom:unknown"] },
      message: "Invalid write attributes specified while creating a client",
    },
    {
      wanted: { WriteAttributes: ["email_verified"] },
      message: "Invalid write attributes specified while creating a client",
    },
    { wanted: { WriteAttributes: ["sub"] }, message: "Invalid write attributes specified while creating a client" },
    {
      wanted: { EnablePropagateAdditionalUserContextData: true },
      message: "Client Secret is required to set EnablePropagateAdditionalUserContextData as true",
    },
    {
      wanted: { ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"], RefreshTokenRotation: { Feature: "ENABLED" } },
      message: "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled",
    },
    {
      wanted: { AnalyticsConfiguration: { ApplicationId: "0123456789abcdef" } },
      message:
        "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
    },
    {
      wanted: { GenerateSecret: true, ClientSecret: "abcdefghijklmnopqrstuvwxyz" },
      message: "GenerateSecret and ClientSecret cannot be specified together.",
    },
  ])("$wanted: $message", async ({ wanted, name = "InvalidParameterException", message }) => {
    expect(await refusalOf(createClient(wanted))).toEqual({ name, message });
  });

  it("name a provider that the pool does not have", async () => {
    expect(await refusalOf(createClient({ SupportedIdentityProviders: ["COGNITO", "Google"] }))).toEqual({
      name: "InvalidParameterException",
      message: `The provider Google does not exist for User Pool ${UserPoolId}`,
    });
  });

  it("ask a LITE pool for choice-based sign-in", async () => {
    const lite = await createPool({ UserPoolTier: "LITE" });
    const wanted: Wanted = { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] };
    const refusal = await refusalOf(house.api.createUserPoolClient({ UserPoolId: lite, ClientName: "c", ...wanted }));
    expect(refusal.name).toBe("FeatureUnavailableInTierException");
    expect((await createClient(wanted)).ExplicitAuthFlows).toEqual(wanted.ExplicitAuthFlows);
  });

  it("leave a required attribute out of what the client may write", async () => {
    const { UserPool } = await house.api.createUserPool({ PoolName: "p", Schema: [{ Name: "email", Required: true }] });
    const create = (WriteAttributes: string[]) =>
      house.api.createUserPoolClient({ UserPoolId: UserPool?.Id, ClientName: "c", WriteAttributes });
    expect((await refusalOf(create(["name"]))).message).toBe(
      "Invalid write attributes specified while creating a client",
    );
    await create(["name", "email"]);
  });

  it("are refused in an update too, which then changes nothing", async () => {
    const before = await createClient({ CallbackURLs: ["https://app"] });
    const { ClientId } = before;
    const update = house.api.updateUserPoolClient({ UserPoolId, ClientId, AllowedOAuthFlows: ["client_credentials"] });
    expect((await refusalOf(update)).name).toBe("InvalidOAuthFlowException");
    expect((await house.api.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient).toEqual(before);
  });
});

describe("an update", () => {
  it("puts back to its default what it leaves out, and keeps name, id and secret", async () => {
    const { ClientId, ClientSecret, CreationDate } = await createClient({
      GenerateSecret: true,
      RefreshTokenValidity: 7,
      AccessTokenValidity: 2,
      CallbackURLs: ["https://app"],
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: false,
      AuthSessionValidity: 15,
    });
    house.clock.advance(1000);
    const { UserPoolClient } = await house.api.updateUserPoolClient({
      UserPoolId,
      ClientId,
      LogoutURLs: ["https://app/out"],
    });
    const passed = Number(UserPoolClient?.LastModifiedDate) - Number(CreationDate);
    expect(passed).toBeGreaterThanOrEqual(1000);
    expect(UserPoolClient).toEqual({
      UserPoolId,
      ClientType: "REGULAR",
      ClientName: "c",
      ClientId,
      ClientSecret,
      LastModifiedDate: expect.any(Date),
      CreationDate,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      LogoutURLs: ["https://app/out"],
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
  });

  it("that rests on what another has changed meanwhile writes nothing", async () => {
    const { ClientId } = await createClient();
    const { db } = house.app;
    const read = await findClient(db, ClientId);
    if (!read) throw new Error("The client was not found.");
    expect(await updateClient(db, { ...read, name: "first" })).toBe(true);
    expect(await updateClient(db, { ...read, name: "second" })).toBe(false);
    expect((await findClient(db, ClientId))?.name).toBe("first");
  });

  it("does not reach a client of another pool", async () => {
    const { ClientId } = await createClient();
    const other = await createPool();
    const calls = [
      () => house.api.updateUserPoolClient({ UserPoolId: other, ClientId }),
      () => house.api.describeUserPoolClient({ UserPoolId: other, ClientId }),
      () => house.api.deleteUserPoolClient({ UserPoolId: other, ClientId }),
      () => house.api.addUserPoolClientSecret({ UserPoolId: other, ClientId }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({
        name: "ResourceNotFoundException",
        message: `User pool client ${ClientId} does not exist.`,
      });
    }
  });
});

describe("the secrets of a client", () => {
  it("are generated or brought", async () => {
    expect((await createClient({ GenerateSecret: true })).ClientSecret).toMatch(/^[0-9a-z]{51,52}$/);
    const brought = "my_own_secret_of_some_length";
    expect((await createClient({ ClientSecret: brought })).ClientSecret).toBe(brought);
  });

  it("are two at most, of which either proves the client, and one at least", async () => {
    const { ClientId, ClientSecret: first } = await createSecretClient();
    const client = { UserPoolId, ClientId };
    const { ClientSecretDescriptor: added } = await house.api.addUserPoolClientSecret(client);
    const second = added?.ClientSecretValue ?? "";
    expect(added?.ClientSecretId).toMatch(new RegExp(`^${ClientId}--\\d+$`));
    expect((await refusalOf(house.api.addUserPoolClientSecret(client))).name).toBe("LimitExceededException");

    const { ClientSecrets = [] } = await house.api.listUserPoolClientSecrets(client);
    expect(ClientSecrets.map((secret) => Object.keys(secret).sort())).toEqual([
      ["ClientSecretCreateDate", "ClientSecretId"],
      ["ClientSecretCreateDate", "ClientSecretId"],
    ]);

    expect(await proves(ClientId, first)).toBe(true);
    expect(await proves(ClientId, second)).toBe(true);
    const [oldest] = ClientSecrets;
    await house.api.deleteUserPoolClientSecret({ ...client, ClientSecretId: oldest?.ClientSecretId });
    expect(await proves(ClientId, first)).toBe(false);
    expect(await proves(ClientId, second)).toBe(true);
    expect((await house.api.describeUserPoolClient(client)).UserPoolClient?.ClientSecret).toBe(second);

    const again = house.api.deleteUserPoolClientSecret({ ...client, ClientSecretId: oldest?.ClientSecretId });
    expect((await refusalOf(again)).name).toBe("ResourceNotFoundException");
    const last = house.api.deleteUserPoolClientSecret({ ...client, ClientSecretId: added?.ClientSecretId });
    expect((await refusalOf(last)).name).toBe("InvalidParameterException");
  });

  it("that are brought are not shown back when they are added", async () => {
    const { ClientId } = await createClient({ GenerateSecret: true });
    const ClientSecret = "another_secret_of_some_length";
    const added = await house.api.addUserPoolClientSecret({ UserPoolId, ClientId, ClientSecret });
    expect(added.ClientSecretDescriptor?.ClientSecretValue).toBeUndefined();
    expect(await proves(ClientId, ClientSecret)).toBe(true);
  });

  it("stay two when many are added at once", async () => {
    const { ClientId } = await createSecretClient();
    const eightTimes = <Answer>(call: () => Promise<Answer>) => Promise.allSettled(Array.from({ length: 8 }, call));
    // Eight open connections, so that none of the eight waits for its own.
    await eightTimes(() => house.api.describeUserPoolClient({ UserPoolId, ClientId }));
    const outcomes = await eightTimes(() => house.api.addUserPoolClientSecret({ UserPoolId, ClientId }));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await house.api.listUserPoolClientSecrets({ UserPoolId, ClientId })).ClientSecrets).toHaveLength(2);
  });

  it("cannot be added to a public client", async () => {
    const { ClientId } = await createClient();
    const adding = house.api.addUserPoolClientSecret({ UserPoolId, ClientId });
    expect((await refusalOf(adding)).name).toBe("InvalidParameterException");
  });

  it("are not readable in the database", async () => {
    const { ClientId, ClientSecret } = await createSecretClient();
    const stored = await findClient(house.app.db, ClientId);
    expect(JSON.stringify(stored)).toContain("v1.");
    expect(JSON.stringify(stored)).not.toContain(ClientSecret);
  });
});

/** Whether a SECRET_HASH that this secret made is taken: the call then goes on to find that nobody has the name. */
async function proves(ClientId: string, secret: string): Promise<boolean> {
  const SecretHash = hashOf(secret, "nobody", ClientId);
  const refusal = await refusalOf(house.api.resendConfirmationCode({ ClientId, Username: "nobody", SecretHash }));
  return refusal.message !== `Unable to verify secret hash for client ${ClientId}`;
}

describe("a call that must prove its client", () => {
  const flow: Wanted = { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"] };
  const user = { Username: "jane", Password: "Correct-horse-1" };
  const credentials = { USERNAME: user.Username, PASSWORD: user.Password };

  const calls: { title: string; call: (ClientId: string, hash?: string) => Promise<unknown> }[] = [
    { title: "SignUp", call: (ClientId, SecretHash) => house.api.signUp({ ClientId, SecretHash, ...user }) },
    {
      title: "ConfirmSignUp",
      call: (ClientId, SecretHash) =>
        house.api.confirmSignUp({ ClientId, SecretHash, Username: user.Username, ConfirmationCode: "123456" }),
    },
    {
      title: "ResendConfirmationCode",
      call: (ClientId, SecretHash) =>
        house.api.resendConfirmationCode({ ClientId, SecretHash, Username: user.Username }),
    },
    {
      title: "ForgotPassword",
      call: (ClientId, SecretHash) => house.api.forgotPassword({ ClientId, SecretHash, Username: user.Username }),
    },
    {
      title: "ConfirmForgotPassword",
      call: (ClientId, SecretHash) =>
        house.api.confirmForgotPassword({ ClientId, SecretHash, ConfirmationCode: "123456", ...user }),
    },
    {
      title: "InitiateAuth",
      call: (ClientId, hash) =>
        house.api.initiateAuth({
          ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { ...credentials, ...(hash !== undefined && { SECRET_HASH: hash }) },
        }),
    },
    {
      title: "AdminInitiateAuth",
      call: (ClientId, hash) =>
        house.api.adminInitiateAuth({
          UserPoolId,
          ClientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { ...credentials, ...(hash !== undefined && { SECRET_HASH: hash }) },
        }),
    },
    {
      title: "RespondToAuthChallenge",
      call: (ClientId, hash) =>
        house.api.respondToAuthChallenge({
          ClientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session: "AYABeAAAAAAAAAAAAAAAAAAA",
          ChallengeResponses: {
            USERNAME: user.Username,
            NEW_PASSWORD: user.Password,
            ...(hash !== undefined && { SECRET_HASH: hash }),
          },
        }),
    },
  ];

  it.each(calls)("CLI-01: $title needs the hash of a client with a secret", async ({ call }) => {
    const { ClientId } = await createClient({ ...flow, GenerateSecret: true });
    expect(await refusalOf(call(ClientId))).toEqual({
      name: "NotAuthorizedException",
      message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    });
  });

  it.each<{
    title: string;
    name: string;
    /** What a client that is not there is refused with. */
    unknown: string;
    call: (ClientId: string, ClientSecret?: string) => Promise<unknown>;
  }>([
    {
      title: "GetTokensFromRefreshToken",
      name: "NotAuthorizedException",
      unknown: "ResourceNotFoundException",
      call: (ClientId, ClientSecret) =>
        house.api.getTokensFromRefreshToken({ ClientId, ClientSecret, RefreshToken: "x.y.z" }),
    },
    {
      title: "RevokeToken",
      name: "UnauthorizedException",
      unknown: "UnauthorizedException",
      call: (ClientId, ClientSecret) => house.api.revokeToken({ ClientId, ClientSecret, Token: "x.y.z" }),
    },
  ])("CLI-01, CLI-03: $title needs the secret itself, and none of a public client", async ({ name, unknown, call }) => {
    const { ClientId, ClientSecret } = await createSecretClient(flow);
    const refused = await refusalOf(call(ClientId));
    expect(refused).toEqual({ name, message: expect.stringMatching(/client secret/) });
    expect(await refusalOf(call(ClientId, `${ClientSecret.slice(0, -1)}_`))).toEqual(refused);
    const open = await createClient(flow);
    expect((await refusalOf(call(open.ClientId, ClientSecret))).name).toBe(name);
    expect((await refusalOf(call("nobody", ClientSecret))).name).toBe(unknown);
  });

  it.each(calls)("CLI-03: $title takes no hash from a client without a secret", async ({ call }) => {
    const { ClientId } = await createClient(flow);
    expect(await refusalOf(call(ClientId, hashOf("", user.Username, ClientId)))).toEqual({
      name: "NotAuthorizedException",
      message: `Unable to verify secret hash for client ${ClientId}`,
    });
  });

  it.each<{ title: string; hash: (secret: string, id: string) => string }>([
    { title: "another user", hash: (secret, id) => hashOf(secret, "joe", id) },
    { title: "another case of the name", hash: (secret, id) => hashOf(secret, "JANE", id) },
    { title: "another client", hash: (secret) => hashOf(secret, "jane", "another") },
    { title: "an empty secret", hash: (_secret, id) => hashOf("", "jane", id) },
    { title: "the parts in the other order", hash: (secret, id) => hashOf(secret, id, "jane") },
    { title: "no padding", hash: (secret, id) => hashOf(secret, "jane", id).replace(/=+$/, "") },
    { title: "a trailing space", hash: (secret, id) => `${hashOf(secret, "jane", id)} ` },
    { title: "a trailing line break", hash: (secret, id) => `${hashOf(secret, "jane", id)}\n` },
    {
      title: "hexadecimal digits",
      hash: (secret, id) => Buffer.from(hashOf(secret, "jane", id), "base64").toString("hex"),
    },
    { title: "nothing", hash: () => "" },
    { title: "the secret itself", hash: (secret) => secret },
  ])("CLI-02: a hash of $title is refused", async ({ hash }) => {
    const { ClientId, ClientSecret } = await createSecretClient(flow);
    const initiate = (SECRET_HASH: string) =>
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: "Correct-horse-1", SECRET_HASH },
      });
    expect((await refusalOf(initiate(hashOf(ClientSecret, "jane", ClientId)))).name).toBe("UserNotFoundException");
    expect((await refusalOf(initiate(hash(ClientSecret, ClientId)))).name).toBe("NotAuthorizedException");
  });
});

describe("a list of clients", () => {
  it("comes in pages that hold each client once, with a token until the last", async () => {
    const pool = await createPool();
    const made: (string | undefined)[] = [];
    for (let count = 0; count < 5; count++) {
      const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId: pool, ClientName: "c" });
      made.push(UserPoolClient?.ClientId);
    }
    const listed: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await house.api.listUserPoolClients({ UserPoolId: pool, MaxResults: 2, NextToken });
      listed.push((page.UserPoolClients ?? []).map(({ ClientId }) => ClientId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(listed.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(listed.flat().sort()).toEqual(made.sort());
  });

  it("goes on only where its token is from", async () => {
    const invalid = { name: "InvalidParameterException", message: "Invalid Pagination Token" };
    await createClient();
    await createClient();
    const { NextToken } = await house.api.listUserPoolClients({ UserPoolId, MaxResults: 1 });
    const other = await createPool();
    expect(await refusalOf(house.api.listUserPoolClients({ UserPoolId: other, NextToken }))).toEqual(invalid);
    expect(await refusalOf(house.api.listResourceServers({ UserPoolId, NextToken }))).toEqual(invalid);
    const ofOneType = house.api.listUserPoolClients({ UserPoolId, ClientType: "REGULAR", NextToken });
    expect(await refusalOf(ofOneType)).toEqual(invalid);
    expect(await refusalOf(house.api.listUserPoolClients({ UserPoolId, NextToken: "made-up" }))).toEqual(invalid);
  });
});
