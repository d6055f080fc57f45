/** A pool as most tests need it: signed into by e-mail, with a domain, a resource server and a client. */
import { createHmac } from "node:crypto";
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { TestHouse } from "./house.ts";
import { share } from "./share.ts";

/** The callback of the walk: Postman's page. */
export const postmanCallback = "https://oauth.pstmn.io/v1/callback";

/** What was made. */
export interface TestPool {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly secret: string;
  /** The prefix of its domain. */
  readonly domain: string;
  /** Where the domain is reached by path. */
  readonly base: string;
  hashOf(username: string): string;
  /** Makes a confirmed user and gives its sub. */
  createUser(email: string, password?: string): Promise<string>;
}

/** Long enough for every policy. */
export const password = "Passw0rd!";

let made = 0;

/** What a test wants of its pool beyond the usual. */
export interface WantedPool {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
}

/** A pool for all tests of a file. */
export const usePool = (house: TestHouse, wanted?: WantedPool): TestPool => share(() => makePool(house, wanted));

/** Makes a pool with a client that may do everything of the walk. */
export async function makePool({ api, url }: TestHouse, wanted: WantedPool = {}): Promise<TestPool> {
  const { UserPool } = await api.createUserPool({
    PoolName: "walk",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    ...wanted.pool,
  });
  const UserPoolId = UserPool?.Id ?? "";
  // An id may hold a word that domains may not.
  const domain = `walk-${++made}-${UserPoolId.slice(-9).toLowerCase().replaceAll("aws", "a0s")}`;
  await api.createUserPoolDomain({ UserPoolId, Domain: domain });
  await api.createResourceServer({
    UserPoolId,
    Identifier: "order",
    Name: "Orders",
    Scopes: [{ ScopeName: "write", ScopeDescription: "Place orders" }],
  });
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: "walk",
    GenerateSecret: true,
    CallbackURLs: [postmanCallback],
    LogoutURLs: ["https://example.com/bye"],
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "phone", "profile", "order/write"],
    AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ...wanted.client,
  });
  const ClientId = UserPoolClient?.ClientId ?? "";
  const secret = UserPoolClient?.ClientSecret ?? "";
  return {
    UserPoolId,
    ClientId,
    secret,
    domain,
    base: `${url}/${domain}`,
    hashOf: (username) =>
      createHmac("sha256", secret)
        .update(username + ClientId)
        .digest("base64"),
    createUser: async (email, given = password) => {
      const UserAttributes = [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
      ];
      const { User } = await api.adminCreateUser({
        UserPoolId,
        Username: email,
        UserAttributes,
        MessageAction: "SUPPRESS",
      });
      await api.adminSetUserPassword({ UserPoolId, Username: email, Password: given, Permanent: true });
      return User?.Username ?? "";
    },
  };
}

/** Makes a pool whose users have names of their own, with a client that has no secret. */
export const makePlainPool = (
  house: TestHouse,
  pool: WantedPool["pool"] = {},
  client: WantedPool["client"] = {},
): Promise<TestPool> =>
  makePool(house, {
    pool: { UsernameAttributes: undefined, AutoVerifiedAttributes: ["email"], ...pool },
    client: { GenerateSecret: false, ...client },
  });
