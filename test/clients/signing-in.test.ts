/** Whole sign-ins by client libraries as people use them, with nothing changed but the address. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { Amplify } from "aws-amplify";
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchDevices,
  forgetDevice,
  rememberDevice,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  updatePassword,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { authenticatorCode } from "../support/signing-in.ts";

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

interface CustomEvent {
  readonly request: {
    readonly session: readonly { readonly challengeResult: boolean }[];
    readonly challengeAnswer: string;
  };
}

let pool: TestPool;

const house = useHouse(
  {},
  {
    triggers: {
      [arnOf("define")]: (event: CustomEvent) => {
        const { session } = event.request;
        const isDone = session.at(-1)?.challengeResult === true;
        return {
          ...event,
          response: {
            issueTokens: isDone,
            failAuthentication: session.length > 2,
            challengeName: "CUSTOM_CHALLENGE",
          },
        };
      },
      [arnOf("create")]: (event: CustomEvent) => ({
        ...event,
        response: {
          publicChallengeParameters: { hint: "four" },
          privateChallengeParameters: {},
          challengeMetadata: "x",
        },
      }),
      [arnOf("verify")]: (event: CustomEvent) => ({
        ...event,
        response: { answerCorrect: event.request.challengeAnswer === "4" },
      }),
    },
  },
);

beforeAll(async () => {
  pool = await makePool(house, {
    pool: {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
      LambdaConfig: {
        DefineAuthChallenge: arnOf("define"),
        CreateAuthChallenge: arnOf("create"),
        VerifyAuthChallengeResponse: arnOf("verify"),
      },
    },
    client: {
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_AUTH"],
    },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
});

/** What a step of the library ends with. */
interface Ending {
  readonly ended: string;
  readonly session?: CognitoUserSession;
}

describe("amazon-cognito-identity-js", () => {
  const memory = new Map<string, string>();
  const Storage = {
    setItem: (key: string, value: string) => void memory.set(key, value),
    getItem: (key: string) => memory.get(key) ?? null,
    removeItem: (key: string) => void memory.delete(key),
    clear: () => memory.clear(),
  };

  const userOf = (Username: string): CognitoUser => {
    const Pool = new CognitoUserPool({
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      endpoint: house.url,
      Storage,
    });
    return new CognitoUser({ Username, Pool, Storage });
  };

  const callbacks = (resolve: (ending: Ending) => void) => ({
    onSuccess: (session: CognitoUserSession) => resolve({ ended: "success", session }),
    onFailure: (error: Error) => resolve({ ended: `${error.name}: ${error.message}` }),
    totpRequired: () => resolve({ ended: "totp" }),
    customChallenge: (parameters: { hint: string }) => resolve({ ended: `custom ${parameters.hint}` }),
  });

  const authenticate = (user: CognitoUser, Password: string): Promise<Ending> =>
    new Promise((resolve) =>
      user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), callbacks(resolve)),
    );

  it("signs in by SRP with the right password and not with a wrong one", async () => {
    await pool.createUser("identity@example.com");
    for (const name of ["identity@example.com", "nobody@example.com"]) {
      expect(await authenticate(userOf(name), "Wr0ng-one!")).toEqual({
        ended: "NotAuthorizedException: Incorrect username or password.",
      });
    }
    expect(await authenticate(userOf("identity@example.com"), password)).toMatchObject({ ended: "success" });
  });

  it("sets up an authenticator, is asked for its code, and on the remembered device is not", async () => {
    await pool.createUser("totp@example.com");
    const user = userOf("totp@example.com");
    expect(await authenticate(user, password)).toMatchObject({ ended: "success" });
    const secret = await new Promise<string>((resolve, reject) =>
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject }),
    );
    await new Promise((onSuccess, onFailure) =>
      user.verifySoftwareToken(authenticatorCode(house, secret, -1), "Phone", { onSuccess, onFailure }),
    );
    await new Promise((resolve, reject) =>
      user.setUserMfaPreference(null, { PreferredMfa: true, Enabled: true }, (error) =>
        error ? reject(error) : resolve(undefined),
      ),
    );
    // The device that it signed in from was confirmed by the library and is remembered: no code is asked for on it.
    expect(await authenticate(userOf("totp@example.com"), password)).toMatchObject({ ended: "success" });
    memory.clear();
    const elsewhere = userOf("totp@example.com");
    expect(await authenticate(elsewhere, password)).toEqual({ ended: "totp" });
    const ending = await new Promise<Ending>((resolve) =>
      elsewhere.sendMFACode(authenticatorCode(house, secret), callbacks(resolve), "SOFTWARE_TOKEN_MFA"),
    );
    expect(ending).toMatchObject({ ended: "success" });
  });

  it("changes a password, refreshes, and signs out everywhere", async () => {
    memory.clear();
    await pool.createUser("change@example.com");
    const user = userOf("change@example.com");
    const { session } = await authenticate(user, password);
    await new Promise((resolve, reject) =>
      user.changePassword(password, "Brand-new1", (error, result) => (error ? reject(error) : resolve(result))),
    );
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) => {
      if (!session) throw new Error("There is no session.");
      user.refreshSession(session.getRefreshToken(), (error, result) => (error ? reject(error) : resolve(result)));
    });
    expect(refreshed.getAccessToken().getJwtToken()).not.toBe(session?.getAccessToken().getJwtToken());
    await new Promise((onSuccess, onFailure) => user.globalSignOut({ onSuccess, onFailure }));
    memory.clear();
    expect(await authenticate(userOf("change@example.com"), password)).not.toMatchObject({ ended: "success" });
    expect(await authenticate(userOf("change@example.com"), "Brand-new1")).toMatchObject({ ended: "success" });
  });

  it("sets a forgotten password by the code that was mailed", async () => {
    memory.clear();
    await pool.createUser("forgot@example.com");
    const user = userOf("forgot@example.com");
    await new Promise((onSuccess, onFailure) => user.forgotPassword({ onSuccess, onFailure }));
    const code = await house.codeFor("forgot@example.com");
    await new Promise<unknown>((onSuccess, onFailure) =>
      user.confirmPassword(code, "Brand-new1", { onSuccess, onFailure }),
    );
    expect(await authenticate(user, "Brand-new1")).toMatchObject({ ended: "success" });
  });

  it("goes through a custom flow", async () => {
    memory.clear();
    await pool.createUser("custom@example.com");
    const user = userOf("custom@example.com");
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const asked = await new Promise<Ending>((resolve) =>
      user.initiateAuth(new AuthenticationDetails({ Username: "custom@example.com" }), callbacks(resolve)),
    );
    expect(asked).toEqual({ ended: "custom four" });
    const answer = (text: string) =>
      new Promise<Ending>((resolve) => user.sendCustomChallengeAnswer(text, callbacks(resolve)));
    expect(await answer("5")).toEqual({ ended: "custom four" });
    expect(await answer("4")).toMatchObject({ ended: "success" });
  });
});

describe("aws-amplify", () => {
  beforeAll(() => {
    Amplify.configure({
      Auth: {
        Cognito: { userPoolId: pool.UserPoolId, userPoolClientId: pool.ClientId, userPoolEndpoint: house.url },
      },
    });
  });

  it("signs up, confirms, and signs in by SRP with the right password and not with a wrong one", async () => {
    const username = "amplify@example.com";
    await signUp({ username, password, options: { userAttributes: { email: username } } });
    await confirmSignUp({ username, confirmationCode: await house.codeFor(username) });
    await expect(signIn({ username, password: "Wr0ng-one!" })).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    expect(await signIn({ username, password })).toMatchObject({ isSignedIn: true });
    await updatePassword({ oldPassword: password, newPassword: "Brand-new1" });
    await signOut({ global: true });
    expect(await signIn({ username, password: "Brand-new1" })).toMatchObject({ isSignedIn: true });
    await signOut();
  });

  it("sets up an authenticator, remembers the device, and asks for a code elsewhere", async () => {
    const username = "amplify-totp@example.com";
    await pool.createUser(username);
    await signIn({ username, password });
    const { sharedSecret } = await setUpTOTP();
    await verifyTOTPSetup({ code: authenticatorCode(house, sharedSecret, -1) });
    await updateMFAPreference({ totp: "PREFERRED" });
    await rememberDevice();
    expect(await fetchDevices()).toHaveLength(1);
    await signOut();
    expect(await signIn({ username, password })).toMatchObject({ isSignedIn: true });
    await forgetDevice();
    await signOut();
    const asked = await signIn({ username, password });
    expect(asked.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    await expect(confirmSignIn({ challengeResponse: "000000" })).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    expect(await confirmSignIn({ challengeResponse: authenticatorCode(house, sharedSecret) })).toMatchObject({
      isSignedIn: true,
    });
    const refreshed = await fetchAuthSession({ forceRefresh: true });
    expect(refreshed.tokens?.idToken?.payload["email"]).toBe(username);
    await signOut();
  });

  it("sets a forgotten password", async () => {
    const username = "amplify-forgot@example.com";
    await pool.createUser(username);
    await resetPassword({ username });
    const confirmationCode = await house.codeFor(username);
    await confirmResetPassword({ username, confirmationCode, newPassword: "Brand-new1" });
    expect(await signIn({ username, password: "Brand-new1" })).toMatchObject({ isSignedIn: true });
    await signOut();
  });

  it("signs in by choice, with a code by mail", async () => {
    const username = "amplify-choice@example.com";
    await pool.createUser(username);
    const asked = await signIn({ username, options: { authFlowType: "USER_AUTH" } });
    expect(asked.nextStep.signInStep).toBe("CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    const mailed = await confirmSignIn({ challengeResponse: "EMAIL_OTP" });
    expect(mailed.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    expect(await confirmSignIn({ challengeResponse: await house.codeFor(username) })).toMatchObject({
      isSignedIn: true,
    });
    await signOut();
  });

  it("goes through a custom flow", async () => {
    const username = "amplify-custom@example.com";
    await pool.createUser(username);
    const asked = await signIn({ username, options: { authFlowType: "CUSTOM_WITHOUT_SRP" } });
    expect(asked.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
    expect(await confirmSignIn({ challengeResponse: "4" })).toMatchObject({ isSignedIn: true });
    await signOut();
  });
});
