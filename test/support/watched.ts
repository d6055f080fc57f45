/** A pool with threat protection, and sign-ins to it from anywhere in the world. */
import type { AdminInitiateAuthCommandOutput } from "@aws-sdk/client-cognito-identity-provider";
import type { TestHouse } from "./house.ts";
import { makePool, password, type TestPool } from "./pool.ts";

/** Makes a pool that watches, and with ENFORCED acts. Its client has no secret. */
export const makeWatchedPool = (
  house: TestHouse,
  AdvancedSecurityMode: "AUDIT" | "ENFORCED",
  wanted: Parameters<typeof makePool>[1] = {},
): Promise<TestPool> =>
  makePool(house, {
    pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode }, ...wanted.pool },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
      ...wanted.client,
    },
  });

/** A password that nobody guesses. */
export const goodPassword = "vQ7#mZ2!kTw9";

/** Where a person signs in from. */
export interface From {
  readonly address?: string;
  readonly device?: string;
  readonly given?: string;
}

/** Signs a user in by an administrator's call that tells where the person is. */
export const signInFrom = (
  { api }: Pick<TestHouse, "api">,
  { UserPoolId, ClientId }: TestPool,
  USERNAME: string,
  { address = "198.51.100.7", device = "home", given = password }: From = {},
): Promise<AdminInitiateAuthCommandOutput> =>
  api.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: given },
    ContextData: {
      IpAddress: address,
      ServerName: "app.example.com",
      ServerPath: "/login",
      HttpHeaders: [{ headerName: "User-Agent", headerValue: device }],
    },
  });

/** The events of a user, the newest first. */
export const eventsOf = async ({ api }: Pick<TestHouse, "api">, { UserPoolId }: TestPool, Username: string) =>
  (await api.adminListUserAuthEvents({ UserPoolId, Username })).AuthEvents ?? [];
