/** People of a pool as tests meet them: made by an administrator, signed in by their password. */
import type { TestHouse } from "./house.ts";
import { password, type TestPool } from "./pool.ts";

type Values = Readonly<Record<string, string>>;

/** Attributes as requests carry them. */
export const attributeList = (values: Values): { Name: string; Value: string }[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** Makes a confirmed user with the usual password and these attributes, and gives its sub. */
export async function makePerson({ api }: TestHouse, pool: TestPool, Username: string, values: Values = {}) {
  const { UserPoolId } = pool;
  const { User } = await api.adminCreateUser({
    UserPoolId,
    Username,
    MessageAction: "SUPPRESS",
    UserAttributes: attributeList(values),
  });
  await api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
  return User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
}

/** The access token of a user who signs in by its password. The client of the pool must have no secret. */
export async function signIn({ api }: TestHouse, { ClientId }: TestPool, USERNAME: string, PASSWORD = password) {
  const AuthParameters = { USERNAME, PASSWORD };
  const answer = await api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  return answer.AuthenticationResult?.AccessToken ?? "";
}

/** A user's attributes as an administrator sees them, by name. */
export async function attributesOf(house: TestHouse, pool: TestPool, Username: string) {
  const { UserAttributes = [] } = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username });
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}
