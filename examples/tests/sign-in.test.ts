/**
 * How a test suite uses Poolhouse: a house of its own for the file, with a pool that is there from the start under ids
 * that are known, and nothing left behind. Your own tests import vitest, the AWS SDK and `poolhouse`, as here.
 */
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { type RunningHouse, start } from "poolhouse";
import { afterAll, beforeAll, expect, test } from "vitest";

let house: RunningHouse;
let cognito: CognitoIdentityProvider;
const ClientId = "web";

beforeAll(async () => {
  house = await start({
    seed: {
      pools: [
        {
          id: "main1",
          UsernameAttributes: ["email"],
          AutoVerifiedAttributes: ["email"],
          clients: [{ id: ClientId, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }],
          users: [{ username: "jane@example.com", password: "Passw0rd!" }],
        },
      ],
    },
  });
  cognito = new CognitoIdentityProvider({
    endpoint: house.url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
});

afterAll(() => house.stop());

const signIn = (USERNAME: string, PASSWORD: string) =>
  cognito.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

test("a user of the seed signs in", async () => {
  const { AuthenticationResult } = await signIn("jane@example.com", "Passw0rd!");
  expect(AuthenticationResult?.TokenType).toBe("Bearer");
});

test("a wrong password is refused as Cognito refuses it", async () => {
  await expect(signIn("jane@example.com", "wrong")).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: "Incorrect username or password.",
  });
});

test("somebody signs up with the code of the mail", async () => {
  const Username = "joe@example.com";
  await cognito.signUp({ ClientId, Username, Password: "Passw0rd!" });
  await expect(signIn(Username, "Passw0rd!")).rejects.toMatchObject({ name: "UserNotConfirmedException" });
  const [mail] = await house.inbox(Username);
  await cognito.confirmSignUp({ ClientId, Username, ConfirmationCode: mail?.code });
  await expect(signIn(Username, "Passw0rd!")).resolves.toHaveProperty("AuthenticationResult");
});
