import { X509Certificate } from "node:crypto";
import type { CreateIdentityProviderCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { providersOfPoolLimit } from "./provider.ts";
import { serviceProviderKey } from "./service-provider.ts";

const house = useHouse();
let UserPoolId: string;

beforeAll(async () => {
  UserPoolId = await createPool();
});

async function createPool(): Promise<string> {
  const { UserPool } = await house.api.createUserPool({
    PoolName: "p",
    Schema: [{ Name: "plan", AttributeDataType: "String" }],
  });
  return UserPool?.Id ?? "";
}

type Wanted = Omit<CreateIdentityProviderCommandInput, "UserPoolId">;

async function create(wanted: Wanted, pool = UserPoolId) {
  const { IdentityProvider } = await house.api.createIdentityProvider({ UserPoolId: pool, ...wanted });
  return IdentityProvider ?? {};
}

let made = 0;

const oidcDetails = {
  client_id: "c",
  client_secret: "canary-client-secret",
  attributes_request_method: "GET",
  oidc_issuer: "https://idp.example.com",
  authorize_scopes: "openid email",
};

const oidc = (further: Partial<Wanted> = {}): Wanted => ({
  ProviderName: `Oidc${++made}`,
  ProviderType: "OIDC",
  ProviderDetails: oidcDetails,
  ...further,
});

const social = { client_id: "c", client_secret: "s", authorize_scopes: "email" };
const apple = {
  client_id: "c",
  team_id: "t",
  key_id: "k",
  private_key: "canary-private-key",
  authorize_scopes: "email",
};
const metadata =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="e"><IDPSSODescriptor>' +
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/in"/>' +
  '<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/out"/>' +
  "</IDPSSODescriptor></EntityDescriptor>";

describe("a new provider", () => {
  it("is answered whole, with what its type adds", async () => {
    const wanted = oidc({ AttributeMapping: { email: "mail" }, IdpIdentifiers: ["a.example", "b.example"] });
    expect(await create(wanted)).toEqual({
      UserPoolId,
      ProviderName: wanted.ProviderName,
      ProviderType: "OIDC",
      ProviderDetails: { ...oidcDetails, attributes_url_add_attributes: "false" },
      AttributeMapping: { username: "sub", email: "mail" },
      IdpIdentifiers: ["a.example", "b.example"],
      LastModifiedDate: expect.any(Date),
      CreationDate: expect.any(Date),
    });
  });

  it.each<{ wanted: Wanted; details: Record<string, string>; mapping: Record<string, string> }>([
    {
      wanted: { ProviderName: "Google", ProviderType: "Google", ProviderDetails: social },
      details: {
        ...social,
        attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
        attributes_url_add_attributes: "true",
        authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
        oidc_issuer: "https://accounts.google.com",
        token_request_method: "POST",
        token_url: "https://www.googleapis.com/oauth2/v4/token",
      },
      mapping: { username: "sub" },
    },
    {
      wanted: {
        ProviderName: "Facebook",
        ProviderType: "Facebook",
        ProviderDetails: { ...social, api_version: "v19.0" },
      },
      details: {
        ...social,
        api_version: "v19.0",
        attributes_url: "https://graph.facebook.com/v19.0/me?fields=",
        attributes_url_add_attributes: "true",
        authorize_url: "https://www.facebook.com/v19.0/dialog/oauth",
        token_request_method: "GET",
        token_url: "https://graph.facebook.com/v19.0/oauth/access_token",
      },
      mapping: { username: "id" },
    },
    {
      wanted: { ProviderName: "LoginWithAmazon", ProviderType: "LoginWithAmazon", ProviderDetails: social },
      details: {
        ...social,
        attributes_url: "https://api.amazon.com/user/profile",
        attributes_url_add_attributes: "false",
        authorize_url: "https://www.amazon.com/ap/oa",
        token_request_method: "POST",
        token_url: "https://api.amazon.com/auth/o2/token",
      },
      mapping: { username: "user_id" },
    },
    {
      wanted: { ProviderName: "SignInWithApple", ProviderType: "SignInWithApple", ProviderDetails: apple },
      details: {
        client_id: "c",
        team_id: "t",
        key_id: "k",
        authorize_scopes: "email",
        attributes_url_add_attributes: "false",
        authorize_url: "https://appleid.apple.com/auth/authorize",
        oidc_issuer: "https://appleid.apple.com",
        token_request_method: "POST",
        token_url: "https://appleid.apple.com/auth/token",
      },
      mapping: { username: "sub" },
    },
    {
      wanted: {
        ProviderName: "Corp",
        ProviderType: "SAML",
        ProviderDetails: { MetadataFile: metadata, IDPSignout: "true", RequestSigningAlgorithm: "rsa-sha256" },
      },
      details: {
        MetadataFile: metadata,
        IDPSignout: "true",
        RequestSigningAlgorithm: "rsa-sha256",
        ActiveEncryptionCertificate: expect.stringMatching(/^[A-Za-z0-9+/=]+$/),
        SLORedirectBindingURI: "https://idp.example/out",
        SSORedirectBindingURI: "https://idp.example/in",
      },
      mapping: {},
    },
    {
      wanted: {
        ProviderName: "Remote",
        ProviderType: "SAML",
        ProviderDetails: { MetadataURL: "https://idp.example.com/metadata" },
      },
      details: {
        MetadataURL: "https://idp.example.com/metadata",
        ActiveEncryptionCertificate: expect.any(String),
      },
      mapping: {},
    },
  ])("of $wanted.ProviderType as $wanted.ProviderName has its details", async ({ wanted, details, mapping }) => {
    const created = await create(wanted);
    expect(created.ProviderDetails).toEqual(details);
    expect(created.AttributeMapping).toEqual(mapping);
    const { IdentityProvider } = await house.api.describeIdentityProvider({
      UserPoolId,
      ProviderName: wanted.ProviderName,
    });
    expect(IdentityProvider).toEqual(created);
  });

  it("keeps its secrets sealed", async () => {
    const names = [oidc(), oidc()];
    for (const wanted of names) await create(wanted);
    const rows = JSON.stringify(await house.app.db.selectFrom("identity_providers").selectAll().execute());
    expect(rows).not.toContain("canary");
    const sealed = await house.app.db
      .selectFrom("identity_providers")
      .select("sealed_secrets")
      .where("pool_id", "=", UserPoolId)
      .where("name", "=", names[0]?.ProviderName ?? "")
      .executeTakeFirstOrThrow();
    // Security case X-02: another row's secret does not open.
    const ProviderName = names[1]?.ProviderName ?? "";
    await house.app.db
      .updateTable("identity_providers")
      .set(sealed)
      .where("pool_id", "=", UserPoolId)
      .where("name", "=", ProviderName)
      .execute();
    const refusal = await refusalOf(house.api.describeIdentityProvider({ UserPoolId, ProviderName }));
    expect(refusal.name).toBe("InternalErrorException");
    expect(house.takeErrors()).toHaveLength(1);
    await house.api.deleteIdentityProvider({ UserPoolId, ProviderName });
  });
});

describe("a provider is refused", () => {
  const without = (details: Record<string, string>, name: string) =>
    Object.fromEntries(Object.entries(details).filter(([key]) => key !== name));
  const oidcMissing = "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.";
  const socialMissing = "clientId, clientSecret and authorizeScopes are all required idp details.";
  const appleMissing = "clientId, privateKey, teamId, and keyId are all required idp details.";
  const https = "OIDC endpoint must start with https://";
  const saml = (ProviderDetails: Record<string, string>): Wanted => ({
    ProviderName: "Saml",
    ProviderType: "SAML",
    ProviderDetails,
  });

  it.each<{ wanted: Wanted; message: string }>([
    { wanted: oidc({ ProviderName: "Google" }), message: "Provider Google cannot be of type OIDC." },
    { wanted: oidc({ ProviderName: "COGNITO" }), message: "Provider COGNITO cannot be of type OIDC." },
    {
      wanted: { ProviderName: "Mine", ProviderType: "Google", ProviderDetails: social },
      message: "Provider Mine cannot be of type Google.",
    },
    ...["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"].map((name) => ({
      wanted: oidc({ ProviderDetails: without(oidcDetails, name) }),
      message: oidcMissing,
    })),
    ...["client_id", "client_secret", "authorize_scopes"].flatMap((name) =>
      (["Google", "Facebook", "LoginWithAmazon"] as const).map((type) => ({
        wanted: { ProviderName: type, ProviderType: type, ProviderDetails: without(social, name) },
        message: socialMissing,
      })),
    ),
    ...["client_id", "private_key", "team_id", "key_id"].map((name) => ({
      wanted: {
        ProviderName: "SignInWithApple",
        ProviderType: "SignInWithApple" as const,
        ProviderDetails: without(apple, name),
      },
      message: appleMissing,
    })),
    ...["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"].map((name) => ({
      wanted: oidc({ ProviderDetails: { ...oidcDetails, [name]: "http://idp.example.com" } }),
      message: https,
    })),
    { wanted: saml({}), message: "At least one of the MetadataURL or MetadataFile should be provided." },
    {
      wanted: saml({ MetadataURL: "https://a.example/m", MetadataFile: metadata }),
      message: "Only one of the MetadataURL or MetadataFile should be provided.",
    },
    { wanted: saml({ MetadataFile: "<a/>" }), message: "Invalid SAML metadata." },
    // FED-15
    {
      wanted: saml({ MetadataFile: metadata.replace("https://idp.example/in", "javascript:alert(1)") }),
      message: "Invalid SAML metadata.",
    },
    { wanted: saml({ MetadataURL: "file:///etc/passwd" }), message: "MetadataURL must start with https://" },
    {
      wanted: oidc({ AttributeMapping: { "custom:none": "x" } }),
      message: "Invalid attribute mapping: custom:none is not an attribute of the user pool.",
    },
    {
      wanted: oidc({ AttributeMapping: { sub: "x" } }),
      message: "Invalid attribute mapping: sub is not an attribute of the user pool.",
    },
    {
      wanted: oidc({ IdpIdentifiers: ["twice", "twice"] }),
      message: "The identifier twice already exists in this user pool.",
    },
  ])("$wanted.ProviderName: $message", async ({ wanted, message }) => {
    const pool = await createPool();
    expect(await refusalOf(create(wanted, pool))).toEqual({ name: "InvalidParameterException", message });
    expect((await house.api.listIdentityProviders({ UserPoolId: pool })).Providers).toEqual([]);
  });

  it("when its name is taken", async () => {
    const wanted = oidc();
    await create(wanted);
    expect(await refusalOf(create(wanted))).toEqual({
      name: "DuplicateProviderException",
      message: `A provider with the name ${wanted.ProviderName} already exists in this user pool.`,
    });
  });

  it("when another provider has its identifier, and then nothing of it stays", async () => {
    await create(oidc({ IdpIdentifiers: ["corp.example"] }));
    const wanted = oidc({ IdpIdentifiers: ["free.example", "corp.example"] });
    const message = "The identifier corp.example already exists in this user pool.";
    expect(await refusalOf(create(wanted))).toEqual({ name: "InvalidParameterException", message });
    await create(oidc({ IdpIdentifiers: ["free.example"] }));
    await create(oidc({ IdpIdentifiers: ["corp.example"] }), await createPool());
  });

  it(`when the pool has ${providersOfPoolLimit}`, async () => {
    const full = await createPool();
    const row = { pool_id: full, type: "OIDC" as const, sealed_secrets: "", version: 1, created_at: 0, modified_at: 0 };
    await create(oidc(), full);
    const { settings } = await house.app.db
      .selectFrom("identity_providers")
      .select("settings")
      .where("pool_id", "=", full)
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: providersOfPoolLimit - 1 }, (_, at) => ({ ...row, settings, name: `P${at}` }));
    await house.app.db.insertInto("identity_providers").values(rows).execute();
    expect((await refusalOf(create(oidc(), full))).name).toBe("LimitExceededException");
  });
});

describe("an update", () => {
  it("replaces each part that it gives and keeps the others", async () => {
    const wanted = oidc({ AttributeMapping: { email: "mail" }, IdpIdentifiers: ["up.example"] });
    const created = await create(wanted);
    const update = async (parts: object) => {
      house.clock.advance(1000);
      const { IdentityProvider } = await house.api.updateIdentityProvider({
        UserPoolId,
        ProviderName: wanted.ProviderName,
        ...parts,
      });
      const described = await house.api.describeIdentityProvider({ UserPoolId, ProviderName: wanted.ProviderName });
      expect(described.IdentityProvider).toEqual(IdentityProvider);
      const { LastModifiedDate, ...rest } = IdentityProvider ?? {};
      expect(LastModifiedDate?.getTime()).toBeGreaterThan(created.LastModifiedDate?.getTime() ?? 0);
      return rest;
    };
    const { LastModifiedDate: _then, ...before } = created;
    expect(await update({})).toEqual(before);
    const mapped = { ...before, AttributeMapping: { username: "sub", name: "n" } };
    expect(await update({ AttributeMapping: { name: "n" } })).toEqual(mapped);
    const { client_secret: _secret, ...publicDetails } = oidcDetails;
    const changed = { ...mapped, ProviderDetails: { ...publicDetails, attributes_url_add_attributes: "false" } };
    expect(await update({ ProviderDetails: publicDetails })).toEqual(changed);
    expect(await update({ IdpIdentifiers: [] })).toEqual({ ...changed, IdpIdentifiers: [] });
    await create(oidc({ IdpIdentifiers: ["up.example"] }));
  });

  it("is held to the rules of a new provider", async () => {
    const { ProviderName = "" } = await create(oidc({ IdpIdentifiers: ["kept.example"] }));
    await create(oidc({ IdpIdentifiers: ["other.example"] }));
    const update = (parts: object) => house.api.updateIdentityProvider({ UserPoolId, ProviderName, ...parts });
    const { message } = await refusalOf(update({ ProviderDetails: { client_id: "c" } }));
    expect(message).toContain("are all required idp details.");
    expect((await refusalOf(update({ IdpIdentifiers: ["other.example"] }))).name).toBe("InvalidParameterException");
    const asked = { UserPoolId, IdpIdentifier: "kept.example" };
    const { IdentityProvider } = await house.api.getIdentityProviderByIdentifier(asked);
    expect(IdentityProvider?.ProviderName).toBe(ProviderName);
  });
});

describe("a provider", () => {
  it("is found by each of its identifiers, in its own pool alone", async () => {
    const wanted = oidc({ IdpIdentifiers: ["one.example", "two example"] });
    const created = await create(wanted);
    for (const IdpIdentifier of ["one.example", "two example"]) {
      const { IdentityProvider } = await house.api.getIdentityProviderByIdentifier({ UserPoolId, IdpIdentifier });
      expect(IdentityProvider).toEqual(created);
    }
    const elsewhere = { UserPoolId: await createPool(), IdpIdentifier: "one.example" };
    expect((await refusalOf(house.api.getIdentityProviderByIdentifier(elsewhere))).name).toBe(
      "ResourceNotFoundException",
    );
  });

  it("is gone when it was deleted, and its identifiers are free", async () => {
    const wanted = oidc({ IdpIdentifiers: ["gone.example"] });
    await create(wanted);
    const named = { UserPoolId, ProviderName: wanted.ProviderName };
    await house.api.deleteIdentityProvider(named);
    const calls = [
      () => house.api.describeIdentityProvider(named),
      () => house.api.updateIdentityProvider(named),
      () => house.api.deleteIdentityProvider(named),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({
        name: "ResourceNotFoundException",
        message: `Identity provider ${wanted.ProviderName} does not exist.`,
      });
    }
    await create(wanted);
  });

  it("can be named by clients of its pool, and deleted nevertheless", async () => {
    const pool = await createPool();
    const wanted = oidc();
    const createClient = (UserPool: string) =>
      house.api.createUserPoolClient({
        UserPoolId: UserPool,
        ClientName: "c",
        SupportedIdentityProviders: ["COGNITO", wanted.ProviderName ?? ""],
      });
    await create(wanted, pool);
    const { UserPoolClient } = await createClient(pool);
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO", wanted.ProviderName]);
    expect((await refusalOf(createClient(UserPoolId))).message).toBe(
      `The provider ${wanted.ProviderName} does not exist for User Pool ${UserPoolId}`,
    );
    await house.api.deleteIdentityProvider({ UserPoolId: pool, ProviderName: wanted.ProviderName });
    expect((await refusalOf(createClient(pool))).name).toBe("InvalidParameterException");
  });

  it("stands in lists that come in pages and hold each once", async () => {
    const pool = await createPool();
    const names = ["Able", "Baker", "Charlie"];
    for (const ProviderName of names) await create(oidc({ ProviderName }), pool);
    const first = await house.api.listIdentityProviders({ UserPoolId: pool, MaxResults: 2 });
    const { NextToken } = first;
    const second = await house.api.listIdentityProviders({ UserPoolId: pool, MaxResults: 2, NextToken });
    expect(second.NextToken).toBeUndefined();
    const all = [...(first.Providers ?? []), ...(second.Providers ?? [])];
    expect(all).toEqual(
      names.map((ProviderName) => ({
        ProviderName,
        ProviderType: "OIDC",
        LastModifiedDate: expect.any(Date),
        CreationDate: expect.any(Date),
      })),
    );
    expect(await refusalOf(house.api.listIdentityProviders({ UserPoolId, NextToken }))).toEqual({
      name: "InvalidParameterException",
      message: "Invalid Pagination Token",
    });
  });
});

describe("the signing certificate of a pool", () => {
  const certificateOf = async (pool: string): Promise<X509Certificate> => {
    const { Certificate = "" } = await house.api.getSigningCertificate({ UserPoolId: pool });
    return new X509Certificate(Buffer.from(Certificate, "base64"));
  };

  it("is its own, lasts ten years and signs itself with a key that stays sealed", async () => {
    const pool = await createPool();
    const certificate = await certificateOf(pool);
    expect(certificate.subject).toBe(`CN=${pool}`);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    const years = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (365 * 86_400_000);
    expect(years).toBe(10);
    const key = await serviceProviderKey(house.app, { id: pool });
    expect(key.privateKeyPem).toContain("PRIVATE KEY");
    const row = await house.app.db
      .selectFrom("service_provider_keys")
      .selectAll()
      .where("pool_id", "=", pool)
      .executeTakeFirstOrThrow();
    expect(row.sealed_private_key).toMatch(/^v1\./);
  });

  it("is the same each time, also when it is asked for twice at once", async () => {
    const pool = await createPool();
    const [one, other] = await Promise.all([certificateOf(pool), certificateOf(pool)]);
    expect(one.fingerprint256).toBe(other.fingerprint256);
    expect((await certificateOf(pool)).fingerprint256).toBe(one.fingerprint256);
  });
});
