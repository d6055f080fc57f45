/**
 * Every row of docs/differences.md is a test: here, or in the file that a row names, under words of its title. A row that
 * nobody proves fails here, and so does a proof of a row that is not there any more.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDifferences } from "../../../tools/differences.ts";
import { useHouse } from "../../support/house.ts";
import { fileOf, headerOf, importFile, newImportJob, personRow, putFile } from "../../support/importing.ts";
import { makePool } from "../../support/pool.ts";
import { refusalOf } from "../../support/refusal.ts";

const house = useHouse({ smtp: "smtp://127.0.0.1:1" });

const role = "arn:aws:iam::999999999999:role/of-nobody";
const sender = "arn:aws:ses:us-east-1:999999999999:identity/nobody@example.com";

/** Rows of administration, by the words that they begin with. */
const here: Readonly<Record<string, () => Promise<void>>> = {
  "quotas on what a pool holds": async () => {
    const { UserPoolId } = await makePool(house);
    for (let count = 0; count < 26; count++) {
      await house.api.createResourceServer({ UserPoolId, Identifier: `api-${count}`, Name: "API" });
    }
    const { ResourceServers } = await house.api.listResourceServers({ UserPoolId, MaxResults: 50 });
    expect(ResourceServers?.length).toBeGreaterThan(25);
  },
  "`KeyConfiguration` of a pool": async () => {
    const KmsKeyArn = "arn:aws:kms:us-east-1:999999999999:key/of-nobody";
    const KeyConfiguration = { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn } as const;
    const { UserPool } = await house.api.createUserPool({ PoolName: "keyed", KeyConfiguration });
    expect(UserPool?.KeyConfiguration).toEqual(KeyConfiguration);
    const keys = await house.app.vault.poolKeys(house.app.db, UserPool?.Id ?? "");
    expect(keys.version).toBe(1);
  },
  "roles, origins of messages and verified identities": async () => {
    const { UserPool } = await house.api.createUserPool({
      PoolName: "borrowed",
      SmsConfiguration: { SnsCallerArn: role },
      EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn: sender },
    });
    expect(UserPool?.SmsConfiguration?.SnsCallerArn).toBe(role);
    expect(UserPool?.EmailConfiguration?.SourceArn).toBe(sender);
  },
  "codes of a name that nobody has": async () => {
    const client = { GenerateSecret: false, PreventUserExistenceErrors: "ENABLED" } as const;
    const { ClientId } = await makePool(house, { client });
    const person = { ClientId, Username: "nobody@example.com" };
    const confirm = () => house.api.confirmSignUp({ ...person, ConfirmationCode: "000000" });
    expect(await refusalOf(confirm())).toMatchObject({ name: "ExpiredCodeException" });
    await house.api.resendConfirmationCode(person);
    expect(await refusalOf(confirm())).toMatchObject({ name: "CodeMismatchException" });
  },
  "a message that cannot be delivered": async () => {
    const { ClientId, createUser } = await makePool(house, { client: { GenerateSecret: false } });
    await createUser("nowhere@example.com");
    const { CodeDeliveryDetails } = await house.api.forgotPassword({ ClientId, Username: "nowhere@example.com" });
    expect(CodeDeliveryDetails?.Destination).toBe("n***@e***");
  },
  "running import jobs": async () => {
    const pools = [await makePool(house), await makePool(house)];
    const jobs = [];
    for (const pool of pools) {
      const job = await newImportJob(house, pool);
      const rows = Array.from({ length: 500 }, (_, index) => personRow(`row-${index}@example.com`));
      await putFile(job.url, fileOf(await headerOf(house, pool), rows));
      jobs.push(job);
    }
    for (const { UserPoolId, JobId } of jobs) {
      const { UserImportJob } = await house.api.startUserImportJob({ UserPoolId, JobId });
      expect(UserImportJob?.Status).toMatch(/Pending|InProgress/);
    }
  },
  "the column of password hashes in a file of users": async () => {
    const pool = await makePool(house);
    const header = [...(await headerOf(house, pool)), "cognito:password_hash"];
    const file = fileOf(header, [personRow("hashless@example.com")]);
    const { done } = await importFile(house, pool, file, { PasswordHashingAlgorithm: "BCRYPT" });
    expect(done.ImportedUsers).toBe(1);
  },
  "city and country of an event": async () => {
    const { UserPoolId, ClientId, createUser } = await makePool(house, {
      pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
      client: { GenerateSecret: false },
    });
    const Username = await createUser("somewhere@example.com");
    const AuthParameters = { USERNAME: Username, PASSWORD: "Wr0ng-one!" };
    await refusalOf(house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
    const { AuthEvents = [] } = await house.api.adminListUserAuthEvents({ UserPoolId, Username });
    expect(AuthEvents).toHaveLength(1);
    expect(AuthEvents[0]?.EventContextData?.IpAddress).toBeTruthy();
    expect(AuthEvents[0]?.EventContextData).not.toHaveProperty("City");
    expect(AuthEvents[0]?.EventContextData).not.toHaveProperty("Country");
  },
};

/** Rows that other tests prove: the file, and words that stand in it. */
const elsewhere: Readonly<Record<string, readonly [file: string, words: string]>> = {
  "`prompt` and `max_age` on a domain of version 1": ["test/oidc/request.test.ts", "oidcc-prompt-login"],
  "request rates": ["src/limits/limits.test.ts", "are not counted where nothing is provisioned"],
  "unsigned requests from one address": ["test/security/rate.test.ts", "takes 300 failures of an address at once"],
  replicas: ["src/replicas/replicas.test.ts", "nothing of the pool is changed"],
  "the tag `_custom_id_`": ["src/pools/pools.test.ts", "has the id that its tag asks for"],
  "wrong passwords for a name that nobody has": ["src/passwords/lock.test.ts", "burst-of-nobody@example.com"],
  "the code that sending triggers get": ["src/triggers/events.test.ts", "stage.openCode(code)"],
  "the welcome message of a user whom": ["src/users/migration.test.ts", "is sent no welcome"],
  "a temporary password within a custom flow": ["src/signin/custom.test.ts", "no new password, no choice"],
  "SRP for a name that nobody has": ["src/signin/srp.test.ts", "SRP-09"],
  "refresh token": ["test/clients/walk.test.ts", "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ"],
  "`form-action` in the pages' content security policy": [
    "test/security/page-headers.test.ts",
    'headers["content-security-policy"]).toBe(policy)',
  ],
  "a browser's session after `GlobalSignOut`": ["test/security/levels.test.ts", "ends when %s, at once"],
  "a browser's session where the pool tracks sessions": [
    "test/security/levels.test.ts",
    "beyond its hour where its client says so",
  ],
  "`XSRF-TOKEN`": ["src/hosted/pages.test.ts", "can still be sent when another was opened after it"],
  "`csrf-state` and `csrf-state-legacy`": ["src/federation/oidc.test.ts", "though another of its tabs has gone"],
  "words of the pages, recovery codes, passkeys before a name": [
    "src/hosted/own-pages.test.ts",
    "are unknown to the API",
  ],
  "`acr` and `amr` in tokens": ["test/security/levels.test.ts", "are told of in every token of a pool that names them"],
  "a request with two signatures": ["test/security/signature.test.ts", "one signature only"],
  "a request to `/oauth2/authorize` by POST": ["test/oidc/request.test.ts", "oidcc-ensure-post-request-succeeds"],
  "`id_token_hint` at `/oauth2/authorize`": ["test/oidc/request.test.ts", "oidcc-id-token-hint"],
  "`post_logout_redirect_uri`, `id_token_hint` and `state` at `/logout`": [
    "test/oidc/logout.test.ts",
    "oidcc-rp-initiated-logout: ends the session",
  ],
  "an access token in the form of a POST": ["test/oidc/claims.test.ts", 'method: "POST"'],
  discovery: ["test/oidc/discovery.test.ts", "everything a client must know"],
  "a username that begins with a provider's name": [
    "src/federation/arrival.test.ts",
    "Username cannot begin with the name of an identity provider.",
  ],
  "a mail address or telephone number that a provider tells of": [
    "src/federation/arrival.test.ts",
    "an address that the provider does not vouch for",
  ],
  "an attribute that a provider no longer tells of": [
    "src/federation/arrival.test.ts",
    "brings what the provider says now, and keeps what it says no more",
  ],
  "a user of a provider whose own identity is taken away": [
    "src/federation/arrival.test.ts",
    "comes in no more and is nobody else",
  ],
  "the token request to Facebook": [
    "src/federation/social.test.ts",
    'method: "POST", path: "/v21.0/oauth/access_token"',
  ],
  "the secret at an OpenID provider": ["src/federation/oidc.test.ts", "is proved by a header where the provider takes"],
  "answers of `/oauth2/register`": ["src/oauth/register.test.ts", "with no scope that is allowed"],
  "SAML signatures by SHA-1": ["src/federation/saml-response.rules.test.ts", 'title: "SHA-1"'],
  "SAML messages with comments": ["src/federation/saml-response.rules.test.ts", "a comment in a name"],
  "a SAML response of which only the response is signed": [
    "src/federation/saml-response.rules.test.ts",
    "a signed response",
  ],
  "a SAML provider that signs somebody out": ["src/federation/sign-out.test.ts", "ends that user's sessions here"],
  "the `MetadataURL` of a SAML provider": [
    "src/federation/saml-metadata.test.ts",
    "is asked for at the first sign-in, and then not for six hours",
  ],
};

const rows = readDifferences();
const startsWith = (start: string): boolean => rows.some(({ what }) => what.startsWith(start));

describe("a known difference", () => {
  it.each(Object.keys(here))("%s: is as it is told", async (start) => {
    await here[start]?.();
  });

  it.each(Object.entries(elsewhere))("%s: is proved by another test", (_start, [file, words]) => {
    const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
    expect(text.includes(words)).toBe(true);
  });

  it("is proved, each of them, and has a reason", () => {
    const proofs = [...Object.keys(here), ...Object.keys(elsewhere)];
    const unproved = rows.filter(({ what }) => !proofs.some((start) => what.startsWith(start)));
    expect(unproved.map(({ what }) => what)).toEqual([]);
    expect(proofs.filter((start) => !startsWith(start))).toEqual([]);
    expect(rows.filter(({ why }) => why.length < 10)).toEqual([]);
  });
});
