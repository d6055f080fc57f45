import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { linkedIdentitiesLimit, subjectAttribute } from "./identity.ts";
import { findLinkedUser, linkIdentity } from "./link.ts";
import { findIdentityByClaims } from "./store.ts";

const house = useHouse();
let pool: TestPool;
let UserPoolId: string;

const oidc = "Corp";
const saml = "Campus";

beforeAll(async () => {
  pool = await createPool();
  UserPoolId = pool.UserPoolId;
});

async function createPool(): Promise<TestPool> {
  const created = await makePool(house, {
    pool: {
      UsernameAttributes: undefined,
      Schema: [{ Name: "badge", AttributeDataType: "String", Mutable: false }],
    },
    client: { GenerateSecret: false },
  });
  const common = { client_id: "c", client_secret: "s", authorize_scopes: "openid" };
  await house.api.createIdentityProvider({
    UserPoolId: created.UserPoolId,
    ProviderName: oidc,
    ProviderType: "OIDC",
    ProviderDetails: { ...common, oidc_issuer: "https://idp.example.com", attributes_request_method: "GET" },
  });
  await house.api.createIdentityProvider({
    UserPoolId: created.UserPoolId,
    ProviderName: saml,
    ProviderType: "SAML",
    ProviderDetails: { MetadataURL: "https://idp.example.com/metadata" },
  });
  await house.api.createIdentityProvider({
    UserPoolId: created.UserPoolId,
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: common,
  });
  return created;
}

let made = 0;

async function createUser(in_ = pool, attributes: Record<string, string> = {}): Promise<string> {
  const Username = `user-${++made}`;
  await house.api.adminCreateUser({
    UserPoolId: in_.UserPoolId,
    Username,
    MessageAction: "SUPPRESS",
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });
  await house.api.adminSetUserPassword({
    UserPoolId: in_.UserPoolId,
    Username,
    Password: password,
    Permanent: true,
  });
  return Username;
}

const subject = (): string => `subject-${++made}`;

interface Named {
  readonly ProviderName: string;
  readonly ProviderAttributeName?: string;
  readonly ProviderAttributeValue?: string;
}

const local = (Username: string): Named => ({ ProviderName: "Cognito", ProviderAttributeValue: Username });

const external = (ProviderName: string, ProviderAttributeValue: string, ProviderAttributeName = subjectAttribute) => ({
  ProviderName,
  ProviderAttributeName,
  ProviderAttributeValue,
});

const link = (DestinationUser: Named, SourceUser: Named, in_ = pool) =>
  house.api.adminLinkProviderForUser({ UserPoolId: in_.UserPoolId, DestinationUser, SourceUser });

const disable = (User: Named) => house.api.adminDisableProviderForUser({ UserPoolId, User });

async function identitiesOf(Username: string): Promise<unknown> {
  const { UserAttributes = [] } = await house.api.adminGetUser({ UserPoolId, Username });
  const text = UserAttributes.find(({ Name }) => Name === "identities")?.Value;
  return text === undefined ? undefined : JSON.parse(text);
}

const signIn = (USERNAME: string) =>
  house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  });

async function makeFederated(providerName: string, itsSubject: string): Promise<string> {
  const Username = await createUser();
  const { UserAttributes = [] } = await house.api.adminGetUser({ UserPoolId, Username });
  await linkIdentity(house.app, {
    poolId: UserPoolId,
    providerName,
    attribute: subjectAttribute,
    subject: itsSubject,
    sub: UserAttributes.find(({ Name }) => Name === "sub")?.Value ?? "",
    providerType: "OIDC",
    issuer: undefined,
    isPrimary: true,
    createdAt: house.clock.now(),
  });
  return Username;
}

describe("a linked identity", () => {
  it("is shown with its user by everything that shows attributes, in the order of linking", async () => {
    const Username = await createUser();
    const [first, second] = [subject(), subject()];
    const at = house.clock.now();
    await link(local(Username), external("Google", first));
    house.clock.advance(1000);
    await link(local(Username), external(saml, second, "email"));
    const shown = [
      { userId: first, providerName: "Google", providerType: "Google", issuer: null, primary: false, dateCreated: at },
      {
        userId: second,
        providerName: saml,
        providerType: "SAML",
        issuer: null,
        primary: false,
        dateCreated: at + 1000,
      },
    ];
    expect(await identitiesOf(Username)).toEqual(shown);
    const { AuthenticationResult } = await signIn(Username);
    const { UserAttributes = [] } = await house.api.getUser({ AccessToken: AuthenticationResult?.AccessToken });
    expect(JSON.parse(UserAttributes.find(({ Name }) => Name === "identities")?.Value ?? "")).toEqual(shown);
    const { Users = [] } = await house.api.listUsers({ UserPoolId, Filter: `username = "${Username}"` });
    const listed = Users[0]?.Attributes?.find(({ Name }) => Name === "identities")?.Value;
    expect(JSON.parse(listed ?? "")).toEqual(shown);
    const payload = AuthenticationResult?.IdToken?.split(".")[1] ?? "";
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
      identities: shown.map((identity) => ({ ...identity, primary: "false", dateCreated: `${identity.dateCreated}` })),
    });
  });

  it("finds its user by provider and subject, case and all, in its own pool (ATT-15)", async () => {
    const Username = await createUser();
    await link(local(Username), external(oidc, "Same-Subject"));
    const found = (providerName: string, itsSubject: string, poolId = UserPoolId) =>
      findLinkedUser(house.app.db, poolId, providerName, itsSubject);
    expect((await found(oidc, "Same-Subject"))?.username).toBe(Username);
    expect(await found(oidc, "same-subject")).toBeUndefined();
    expect(await found(saml, "Same-Subject")).toBeUndefined();
    expect(await found(oidc, "Same-Subject", (await createPool()).UserPoolId)).toBeUndefined();
    const other = await createUser();
    await link(local(other), external(saml, "Same-Subject"));
    expect((await found(saml, "Same-Subject"))?.username).toBe(other);
  });

  it("is found by any claim that it was linked by, the subject first", async () => {
    const [byMail, bySubject] = [await createUser(), await createUser()];
    await link(local(byMail), external(oidc, "jane@example.com", "email"));
    const findBy = (claims: Record<string, string>) =>
      findIdentityByClaims(house.app.db, { poolId: UserPoolId, providerName: oidc }, claims);
    expect((await findBy({ [subjectAttribute]: "1", email: "jane@example.com" }))?.attribute).toBe("email");
    expect(await findBy({ [subjectAttribute]: "jane@example.com" })).toBeUndefined();
    expect(await findBy({})).toBeUndefined();
    await link(local(bySubject), external(oidc, "1"));
    const found = await findBy({ [subjectAttribute]: "1", email: "jane@example.com" });
    expect(found?.attribute).toBe(subjectAttribute);
  });

  it("leaves with its user, and a new user of the name has none of it (ATT-16)", async () => {
    const Username = await createUser();
    const gone = subject();
    await link(local(Username), external(oidc, gone));
    await house.api.adminDeleteUser({ UserPoolId, Username });
    expect(await findLinkedUser(house.app.db, UserPoolId, oidc, gone)).toBeUndefined();
    const other = await createUser();
    await link(local(other), external(oidc, gone));
  });

  it("can be taken away, and then linked to somebody else", async () => {
    const [Username, other] = [await createUser(), await createUser()];
    const [kept, gone] = [subject(), subject()];
    await link(local(Username), external(oidc, kept));
    await link(local(Username), external(oidc, gone));
    await disable(external(oidc, gone));
    expect(await identitiesOf(Username)).toMatchObject([{ userId: kept }]);
    await disable(external(oidc, kept));
    expect(await identitiesOf(Username)).toBeUndefined();
    expect(await refusalOf(disable(external(oidc, kept)))).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
    await link(local(other), external(oidc, gone));
    await signIn(Username);
  });

  it("is written by links alone (ATT-04)", async () => {
    const Username = await createUser();
    await link(local(Username), external(oidc, subject()));
    const before = await identitiesOf(Username);
    const UserAttributes = [{ Name: "identities", Value: "[]" }];
    const calls = [
      () => house.api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes }),
      () => house.api.adminCreateUser({ UserPoolId, Username: "new", UserAttributes }),
      () => house.api.adminDeleteUserAttributes({ UserPoolId, Username, UserAttributeNames: ["identities"] }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({
        name: "InvalidParameterException",
        message: "Cannot modify the non-mutable attribute identities",
      });
    }
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username,
      UserAttributes: [{ Name: "name", Value: "Jane" }],
    });
    expect(await identitiesOf(Username)).toEqual(before);
  });
});

describe("a link is refused", () => {
  it("when the identity is linked already, to whomever (ATT-14)", async () => {
    const [Username, other] = [await createUser(), await createUser()];
    const taken = subject();
    await link(local(Username), external(oidc, taken));
    expect(await refusalOf(link(local(Username), external(oidc, taken)))).toEqual({
      name: "InvalidParameterException",
      message: "SourceUser is already linked to DestinationUser",
    });
    expect(await refusalOf(link(local(other), external(oidc, taken)))).toEqual({
      name: "AliasExistsException",
      message: "SourceUser is already linked to another user",
    });
    expect(await identitiesOf(other)).toBeUndefined();
  });

  it("when the identity has a user of its own", async () => {
    const signedUp = subject();
    const Username = await makeFederated(oidc, signedUp);
    expect(await refusalOf(link(local(await createUser()), external(oidc, signedUp)))).toEqual({
      name: "InvalidParameterException",
      message: "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    });
    // Until it is taken away: then it may be anybody's, its own user's again as well.
    await disable(external(oidc, signedUp));
    expect(await identitiesOf(Username)).toBeUndefined();
    await link(local(Username), external(oidc, signedUp));
    expect(await identitiesOf(Username)).toMatchObject([{ userId: signedUp, primary: false }]);
  });

  it(`when the user has ${linkedIdentitiesLimit} beside its own`, async () => {
    const own = subject();
    const Username = await makeFederated(oidc, own);
    for (let count = 0; count < linkedIdentitiesLimit; count++) await link(local(Username), external(saml, subject()));
    const sixth = subject();
    expect((await refusalOf(link(external(oidc, own), external(saml, sixth)))).name).toBe("LimitExceededException");
    expect(await identitiesOf(Username)).toHaveLength(linkedIdentitiesLimit + 1);
    await link(local(await createUser()), external(saml, sixth));
  });

  it("when more are made at once than a user may have", async () => {
    const Username = await createUser();
    const calls = Array.from({ length: 12 }, () => link(local(Username), external(saml, subject())));
    const outcomes = await Promise.allSettled(calls);
    const linked = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect(linked).toBeGreaterThan(0);
    expect(linked).toBeLessThanOrEqual(linkedIdentitiesLimit);
    expect(await identitiesOf(Username)).toHaveLength(linked);
  });

  it("when the user has an attribute that is never to change", async () => {
    const Username = await createUser(pool, { "custom:badge": "7" });
    expect((await refusalOf(link(local(Username), external(oidc, subject())))).name).toBe("InvalidParameterException");
    expect(await identitiesOf(Username)).toBeUndefined();
  });

  it.each<{ title: string; destination?: Named; source: Named; name: string }>([
    {
      title: "a user nobody knows",
      destination: local("nobody"),
      source: external(oidc, "x"),
      name: "UserNotFoundException",
    },
    {
      title: "a provider's user nobody knows",
      destination: external(oidc, "nobody"),
      source: external(saml, "x"),
      name: "UserNotFoundException",
    },
    { title: "a local source", source: local("x"), name: "InvalidParameterException" },
    { title: "an unknown provider", source: external("Nowhere", "x"), name: "ResourceNotFoundException" },
    { title: "a social source by e-mail", source: external("Google", "x", "email"), name: "InvalidParameterException" },
    {
      title: "no attribute",
      source: { ProviderName: oidc, ProviderAttributeValue: "x" },
      name: "InvalidParameterException",
    },
    { title: "no value", source: external(oidc, ""), name: "InvalidParameterException" },
    { title: "a long value", source: external(oidc, "é".repeat(513)), name: "InvalidParameterException" },
    { title: "a value with a NUL", source: external(oidc, "a\u0000b"), name: "SerializationException" },
  ])("for $title", async ({ destination, source, name }) => {
    const refusal = await refusalOf(link(destination ?? local(await createUser()), source));
    expect(refusal.name).toBe(name);
  });
});

describe("a user who is kept from its own password", () => {
  it("cannot sign in by it or ask for another, until an administrator sets one", async () => {
    const email = "kept-out@example.com";
    const Username = await createUser(pool, { email, email_verified: "true" });
    await house.api.forgotPassword({ ClientId: pool.ClientId, Username });
    await disable(external("Cognito", Username));
    expect(await refusalOf(signIn(Username))).toEqual({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    const ask = house.api.forgotPassword({ ClientId: pool.ClientId, Username });
    expect((await refusalOf(ask)).name).toBe("NotAuthorizedException");
    const answer = house.api.confirmForgotPassword({
      ClientId: pool.ClientId,
      Username,
      ConfirmationCode: await house.codeFor(email),
      Password: password,
    });
    expect((await refusalOf(answer)).name).toBe("ExpiredCodeException");
    await disable(external("Cognito", Username));
    await house.api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
    await signIn(Username);
  });

  it("is named by its subject and nothing else", async () => {
    const Username = await createUser();
    expect((await refusalOf(disable(external("Cognito", Username, "email")))).name).toBe("InvalidParameterException");
    expect((await refusalOf(disable(external("Cognito", "nobody")))).name).toBe("UserNotFoundException");
    await signIn(Username);
  });
});
