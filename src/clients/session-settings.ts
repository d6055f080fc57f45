/** How long a browser's session with the pages of a pool is used again in a client's name. */
import { ApiError } from "../contract/errors.ts";
import type { GetUserPoolClientSessionConfigurationResponse } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { type PoolSessionSettings, poolSessionSettings } from "../pools/session-settings.ts";
import type { Client } from "./client.ts";

/** Source: Cognito API reference, ClientSSOSessionConfigType: an hour unless set, 90 days at most. */
const defaultMinutes = 60;
const mostMinutes = 129_600;

/** What sessions of a pool's users go by in a client. */
export interface SessionSettings extends PoolSessionSettings {
  /** A session is used again for so long after its user last proved who it is; zero never uses one again. */
  readonly reuseMinutes: number;
}

/** What sessions of a pool's users go by in a client. While the pool does not track them, the client's own value rests. */
export function sessionSettingsOf(
  pool: Pick<Pool, "settings">,
  { settings }: Pick<Client, "settings">,
): SessionSettings {
  const ofPool = poolSessionSettings(pool);
  return {
    ...ofPool,
    reuseMinutes: ofPool.isTracking ? (settings.sessionReuseMinutes ?? defaultMinutes) : defaultMinutes,
  };
}

/** @throws InvalidParameterException for minutes that no session may last. */
export function checkReuseMinutes(minutes: number): void {
  if (minutes >= 0 && minutes <= mostMinutes) return;
  throw new ApiError("InvalidParameterException", `MaxValidityMinutes must be between 0 and ${mostMinutes}.`);
}

/** The client's own setting as the API shows it. */
export const describeClientSessions = ({
  id,
  poolId,
  settings,
}: Pick<Client, "id" | "poolId" | "settings">): GetUserPoolClientSessionConfigurationResponse => ({
  UserPoolId: poolId,
  ClientId: id,
  SSOSession: { MaxValidityMinutes: settings.sessionReuseMinutes ?? defaultMinutes },
});
