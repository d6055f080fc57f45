/** Requests about a furnished pool, made from the contract for any operation. */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { operationModel, structureOf } from "../../src/contract/contract.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { validRequest } from "./contract-cases.ts";
import { type Furniture, type FurnitureName, furnitureNames } from "./furnished-pool.ts";
import { password } from "./pool.ts";

/** The members of a request for an operation. */
export const membersOf = (name: OperationName): string[] =>
  Object.keys(structureOf(operationModel(name).input.shape).members);

/** Whether a member names something of a pool. */
export const isFurniture = (member: string): member is FurnitureName => furnitureNames.some((name) => name === member);

/** Calls an operation by its name on the wire. */
export async function call(api: CognitoIdentityProvider, name: OperationName, input: object): Promise<unknown> {
  const method: unknown = Reflect.get(api, name.charAt(0).toLowerCase() + name.slice(1));
  if (typeof method !== "function") throw new Error(`The SDK has no ${name}.`);
  const answer: unknown = await Reflect.apply(method, api, [input]);
  return answer;
}

/** The member by which an operation finds its pool. The others name something in it. */
export const subjectOf = (name: OperationName): string | undefined =>
  ["UserPoolId", "AccessToken", "ClientId"].find((member) => membersOf(name).includes(member));

/** Somebody whose sign-in waits for a new password. */
const guestOf = ({ Username }: Furniture): string => Username.replace("-user", "-guest");

/** A sign-in by password in a flow. */
export const signIn = (AuthFlow: string) => (things: Furniture) => ({
  AuthFlow,
  AuthParameters: { USERNAME: things.Username, PASSWORD: password },
});

const newPassword = (things: Furniture) => ({
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  ChallengeResponses: { USERNAME: guestOf(things), NEW_PASSWORD: password },
  Session: things.Session,
});

/** An account at a provider, as requests name it. */
export const account = (ProviderName: string, ProviderAttributeValue: string) => ({
  ProviderName,
  ProviderAttributeValue,
});

/** A user of the pool itself, where an account is asked for. */
export const localUser = (name: string) => ({ ...account("Cognito", name), ProviderAttributeName: "Cognito_Subject" });

const verifier = {
  PasswordVerifier: Buffer.alloc(256, 1).toString("base64"),
  Salt: Buffer.alloc(16, 1).toString("base64"),
};

/** What is asked for beside names, where the least that the contract takes asks for nothing sensible. */
const details: Partial<Record<OperationName, (things: Furniture) => object>> = {
  AdminDisableProviderForUser: ({ Username }) => ({ User: localUser(Username) }),
  AdminInitiateAuth: signIn("ADMIN_USER_PASSWORD_AUTH"),
  AdminLinkProviderForUser: ({ Username, ProviderName }) => ({
    DestinationUser: account("Cognito", Username),
    SourceUser: { ...account(ProviderName, "account"), ProviderAttributeName: "Cognito_Subject" },
  }),
  AdminRespondToAuthChallenge: newPassword,
  // Its client, as the id of the secret says.
  DeleteUserPoolClientSecret: ({ ClientSecretId }) => ({ ClientId: ClientSecretId.split("--")[0] }),
  ConfirmDevice: () => ({ DeviceSecretVerifierConfig: verifier }),
  GetTokensFromRefreshToken: ({ DeviceKey }) => ({ DeviceKey }),
  InitiateAuth: signIn("USER_PASSWORD_AUTH"),
  RespondToAuthChallenge: newPassword,
};

/** A request for an operation on what is in a pool. */
export function requestFor(name: OperationName, things: Furniture): Record<string, unknown> {
  const request = validRequest(name);
  for (const member of membersOf(name)) {
    if (isFurniture(member) && (member in request || member === subjectOf(name))) request[member] = things[member];
  }
  return { ...request, ...details[name]?.(things) };
}
