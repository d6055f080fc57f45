/**
 * Passkeys of a real browser, with an authenticator that the browser imitates, by the JSON API as an application uses
 * it: with its own script, and with Amplify's.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsOf } from "../support/browser-steps.ts";
import { bundleOf } from "../support/bundle.ts";
import { useHouse } from "../support/house.ts";
import { signIn } from "../support/people.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { giveAuthenticator, useBrowser } from "../support/visiting.ts";

const html = `<!doctype html><html lang=en><title>Application</title><link rel="icon" href="data:,"><h1>Application</h1><script type="module" src="/amplify.js"></script></html>`;

const house = useHouse();
const { onPage } = useBrowser();
let site: Server;
let origin: string;

beforeAll(async () => {
  const script = await bundleOf("amplify-calls");
  site = createServer((request, response) => {
    const isScript = request.url === "/amplify.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${(site.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => site.close(resolve)));

const passkeyPool = (UserVerification: "preferred" | "required" = "preferred"): Promise<TestPool> =>
  makePool(house, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"] },
  }).then(async (pool) => {
    await house.api.setUserPoolMfaConfig({
      UserPoolId: pool.UserPoolId,
      WebAuthnConfiguration: { RelyingPartyId: "localhost", UserVerification },
    });
    return pool;
  });

/** Opens the application in a browser with an authenticator. */
const inApplication = <Result>(isUserVerified: boolean, visit: (page: Page) => Promise<Result>): Promise<Result> =>
  onPage({}, async (page) => {
    await giveAuthenticator(page, isUserVerified);
    await page.goto(origin);
    return visit(page);
  });

/** Does in the page what an application's script does; the browser's own types are not those of this test. */
const run = (page: Page, body: string, given: object): Promise<unknown> =>
  page.evaluate(`(async () => {
    const given = ${JSON.stringify(given)};
    const call = async (operation, request) => {
      const answer = await fetch(given.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSCognitoIdentityProviderService." + operation,
        },
        body: JSON.stringify(request),
      });
      return answer.json();
    };
    ${body}
  })()`);

const registering = `
  const { CredentialCreationOptions } = await call("StartWebAuthnRegistration", { AccessToken: given.AccessToken });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(CredentialCreationOptions);
  const made = await navigator.credentials.create({ publicKey });
  return call("CompleteWebAuthnRegistration", { AccessToken: given.AccessToken, Credential: made.toJSON() });
`;

const signingIn = `
  const asked = await call("InitiateAuth", {
    ClientId: given.ClientId,
    AuthFlow: "USER_AUTH",
    AuthParameters: { USERNAME: given.name, PREFERRED_CHALLENGE: "WEB_AUTHN" },
  });
  const options = JSON.parse(asked.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const proof = await navigator.credentials.get({ publicKey });
  return call("RespondToAuthChallenge", {
    ClientId: given.ClientId,
    ChallengeName: asked.ChallengeName,
    Session: asked.Session,
    ChallengeResponses: { USERNAME: given.name, CREDENTIAL: JSON.stringify(proof.toJSON()) },
  });
`;

describe("a passkey of Chromium", () => {
  it("is registered with a user's token, listed, signs in, and is deleted", async () => {
    const pool = await passkeyPool("required");
    const name = "passkey@example.com";
    const sub = await pool.createUser(name);
    const AccessToken = await signIn(house, pool, name);
    const given = { url: house.url, ClientId: pool.ClientId, name, AccessToken };
    await inApplication(true, async (page) => {
      expect(await run(page, registering, given)).toEqual({});
      const { Credentials = [] } = await house.api.listWebAuthnCredentials({ AccessToken });
      expect(Credentials).toMatchObject([
        { RelyingPartyId: "localhost", AuthenticatorAttachment: "platform", AuthenticatorTransports: ["internal"] },
      ]);
      const signedIn = await run(page, signingIn, given);
      const token = JSON.parse(JSON.stringify(signedIn)).AuthenticationResult?.AccessToken;
      expect(claimsOf(token)).toMatchObject({ sub });
      // The authenticator knows that it has a passkey of this user, and makes no second one.
      await expect(run(page, registering, given)).rejects.toThrow(/InvalidStateError/);
      await house.api.deleteWebAuthnCredential({ AccessToken, CredentialId: Credentials[0]?.CredentialId });
      const { ChallengeName } = await house.api.initiateAuth({
        ClientId: pool.ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: name, PREFERRED_CHALLENGE: "WEB_AUTHN" },
      });
      expect(ChallengeName).toBe("SELECT_CHALLENGE");
    });
  });

  it("WAN-04: is made by nobody who was not verified, where the pool requires that", async () => {
    const pool = await passkeyPool("required");
    await pool.createUser("unverified@example.com");
    const AccessToken = await signIn(house, pool, "unverified@example.com");
    const given = { url: house.url, ClientId: pool.ClientId, name: "unverified@example.com", AccessToken };
    await inApplication(false, async (page) => {
      await expect(run(page, registering, given)).rejects.toThrow(/NotAllowedError/);
    });
    expect((await house.api.listWebAuthnCredentials({ AccessToken })).Credentials).toEqual([]);
  });

  it("WAN-01: is not made for a relying party by a page of another site", async () => {
    const pool = await passkeyPool();
    await house.api.setUserPoolMfaConfig({
      UserPoolId: pool.UserPoolId,
      WebAuthnConfiguration: { RelyingPartyId: "example.com" },
    });
    await pool.createUser("elsewhere@example.com");
    const AccessToken = await signIn(house, pool, "elsewhere@example.com");
    const given = { url: house.url, ClientId: pool.ClientId, name: "elsewhere@example.com", AccessToken };
    await inApplication(true, async (page) => {
      await expect(run(page, registering, given)).rejects.toThrow(/SecurityError/);
    });
  });
});

describe("aws-amplify in Chromium", () => {
  it("registers a passkey, signs in with it and with nothing else, and deletes it", async () => {
    const pool = await passkeyPool("required");
    const username = "amplify-passkey@example.com";
    await pool.createUser(username);
    await inApplication(true, async (page) => {
      const told = { userPoolId: pool.UserPoolId, userPoolClientId: pool.ClientId, userPoolEndpoint: house.url };
      await page.goto(`${origin}/?${new URLSearchParams(told)}`);
      await page.waitForFunction("window.amplify !== undefined");
      const amplify = (call: string, given: object = {}): Promise<unknown> =>
        page.evaluate(`window.amplify.${call}(${JSON.stringify(given)})`);
      const byPasskey = () =>
        amplify("signIn", { username, options: { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" } });
      await amplify("signIn", { username, password, options: { authFlowType: "USER_PASSWORD_AUTH" } });
      await amplify("associateWebAuthnCredential");
      const listed = await amplify("listWebAuthnCredentials");
      expect(listed).toMatchObject({ credentials: [{ relyingPartyId: "localhost" }] });
      await amplify("signOut");
      expect(await byPasskey()).toMatchObject({ isSignedIn: true });
      await amplify("signOut");
      // Asked what it would use, the library is told of the passkey among the others, and chooses it.
      const asked = await amplify("signIn", { username, options: { authFlowType: "USER_AUTH" } });
      expect(asked).toMatchObject({
        nextStep: {
          signInStep: "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION",
          availableChallenges: expect.arrayContaining(["WEB_AUTHN"]),
        },
      });
      expect(await amplify("confirmSignIn", { challengeResponse: "WEB_AUTHN" })).toMatchObject({ isSignedIn: true });
      const { credentials } = JSON.parse(JSON.stringify(listed));
      await amplify("deleteWebAuthnCredential", { credentialId: credentials[0].credentialId });
      await amplify("signOut");
      expect(await byPasskey()).toMatchObject({
        isSignedIn: false,
        nextStep: { signInStep: "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION" },
      });
    });
  });
});
