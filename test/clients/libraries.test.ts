/** Client libraries as people use them, with nothing changed but the address. */
import { readFileSync } from "node:fs";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { Amplify } from "aws-amplify";
import { confirmSignIn, fetchAuthSession, getCurrentUser, signIn, signOut } from "aws-amplify/auth";
import newman from "newman";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";

const house = useHouse();
let pool: TestPool;
let publicClient: string;

beforeAll(async () => {
  pool = await makePool(house);
  const { UserPoolClient } = await house.api.createUserPoolClient({
    UserPoolId: pool.UserPoolId,
    ClientName: "app",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
  });
  publicClient = UserPoolClient?.ClientId ?? "";
});

/** What a sign-in of the library ends with. */
type Ending =
  | { readonly ended: "success"; readonly idToken: string }
  | { readonly ended: "new password" | "failure"; readonly why: string };

describe("amazon-cognito-identity-js", () => {
  const userOf = (Username: string): CognitoUser => {
    const memory = new Map<string, string>();
    const Storage = {
      setItem: (key: string, value: string) => void memory.set(key, value),
      getItem: (key: string) => memory.get(key) ?? null,
      removeItem: (key: string) => void memory.delete(key),
      clear: () => memory.clear(),
    };
    const Pool = new CognitoUserPool({
      UserPoolId: pool.UserPoolId,
      ClientId: publicClient,
      endpoint: house.url,
      Storage,
    });
    const user = new CognitoUser({ Username, Pool, Storage });
    user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    return user;
  };

  const authenticate = (user: CognitoUser, Password: string): Promise<Ending> =>
    new Promise((resolve) => {
      user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), {
        onSuccess: (session) => resolve({ ended: "success", idToken: session.getIdToken().getJwtToken() }),
        onFailure: (error: Error) => resolve({ ended: "failure", why: `${error.name}: ${error.message}` }),
        newPasswordRequired: () => resolve({ ended: "new password", why: "" }),
      });
    });

  it("signs in with the right password and not with a wrong one", async () => {
    await pool.createUser("identity@example.com");
    expect(await authenticate(userOf("identity@example.com"), "Wr0ng-one!")).toEqual({
      ended: "failure",
      why: "NotAuthorizedException: Incorrect username or password.",
    });
    expect(await authenticate(userOf("nobody@example.com"), password)).toEqual({
      ended: "failure",
      why: "NotAuthorizedException: Incorrect username or password.",
    });
    expect(await authenticate(userOf("identity@example.com"), password)).toMatchObject({ ended: "success" });
  });

  it("sets the password of an invited user", async () => {
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: "invited@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    const user = userOf("invited@example.com");
    expect(await authenticate(user, "Temp0rary!")).toMatchObject({ ended: "new password" });
    const ending = await new Promise<string>((resolve) => {
      user.completeNewPasswordChallenge(
        "Brand-new1",
        {},
        {
          onSuccess: () => resolve("success"),
          onFailure: (error: Error) => resolve(error.message),
        },
      );
    });
    expect(ending).toBe("success");
    expect(await authenticate(userOf("invited@example.com"), "Brand-new1")).toMatchObject({ ended: "success" });
  });
});

describe("aws-amplify", () => {
  const options = { authFlowType: "USER_PASSWORD_AUTH" } as const;

  it("signs in, refreshes, answers the new-password challenge and signs out", async () => {
    Amplify.configure({
      Auth: { Cognito: { userPoolId: pool.UserPoolId, userPoolClientId: publicClient, userPoolEndpoint: house.url } },
    });
    const sub = await pool.createUser("amplify@example.com");
    await expect(signIn({ username: "amplify@example.com", password: "Wr0ng-one!", options })).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    expect(await signIn({ username: "amplify@example.com", password, options })).toMatchObject({ isSignedIn: true });
    expect(await getCurrentUser()).toMatchObject({ userId: sub });
    const { tokens } = await fetchAuthSession();
    const refreshed = await fetchAuthSession({ forceRefresh: true });
    expect(refreshed.tokens?.accessToken.payload["origin_jti"]).toBe(tokens?.accessToken.payload["origin_jti"]);
    expect(refreshed.tokens?.accessToken.payload.jti).not.toBe(tokens?.accessToken.payload.jti);
    await signOut({ global: true });
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: "amplify-invited@example.com",
      TemporaryPassword: "Temp0rary!",
      MessageAction: "SUPPRESS",
    });
    const asked = await signIn({ username: "amplify-invited@example.com", password: "Temp0rary!", options });
    expect(asked.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
    expect(await confirmSignIn({ challengeResponse: "Brand-new1" })).toMatchObject({ isSignedIn: true });
    await signOut();
  });
});

describe("newman", () => {
  it("runs the Postman collection that the documentation offers", async () => {
    await pool.createUser("postman@example.com");
    const collection = JSON.parse(
      readFileSync(new URL("../../docs/postman/poolhouse.postman_collection.json", import.meta.url), "utf8"),
    );
    const values: Readonly<Record<string, string>> = {
      base: pool.base,
      clientId: pool.ClientId,
      clientSecret: pool.secret,
      username: "postman@example.com",
      password,
    };
    const variable = collection.variable.map(({ key, value }: { key: string; value: string }) => ({
      key,
      value: values[key] ?? value,
    }));
    const summary = await new Promise<newman.NewmanRunSummary>((resolve, reject) => {
      newman.run({ collection: { ...collection, variable } }, (error, done) => (error ? reject(error) : resolve(done)));
    });
    expect(summary.run.failures.map(({ error, source }) => `${source?.name}: ${error.message}`)).toEqual([]);
    expect(summary.run.stats.assertions.total).toBe(6);
  });
});
