/** How sessions of a pool's users are kept track of. Cognito shows it apart from the other settings. */
import { ApiError } from "../contract/errors.ts";
import type {
  GetUserPoolSessionConfigurationResponse,
  SetUserPoolSessionConfigurationRequest,
} from "../contract/types.gen.ts";
import type { Pool } from "./pool.ts";

/** The settings that only SetUserPoolSessionConfiguration changes. An update of the pool leaves them as they are. */
export interface PoolSessionSettings {
  readonly isTracking: boolean;
  /** A user's token sessions beyond so many end, the one that was used longest ago first. */
  readonly mostPerUser: number;
}

const longestList = 100;

/** Source: Cognito API reference, SetUserPoolSessionConfiguration. */
const untracked: PoolSessionSettings = { isTracking: false, mostPerUser: 20 };

/** How sessions of a pool's users are kept track of, with defaults filled in. */
export const poolSessionSettings = ({ settings }: Pick<Pool, "settings">): PoolSessionSettings =>
  settings.sessions ?? untracked;

/** The settings that a request asks for. @throws InvalidParameterException */
export function parsePoolSessionSettings(request: SetUserPoolSessionConfigurationRequest): PoolSessionSettings {
  const mostPerUser = request.TokenSession.MaxPerUser;
  if (mostPerUser < 1 || mostPerUser > longestList) {
    throw new ApiError("InvalidParameterException", `MaxPerUser must be between 1 and ${longestList}.`);
  }
  return { isTracking: request.UserSessionTracking === "ENABLED", mostPerUser };
}

/** The settings as the API shows them. */
export function describePoolSessions(pool: Pick<Pool, "id" | "settings">): GetUserPoolSessionConfigurationResponse {
  const { isTracking, mostPerUser } = poolSessionSettings(pool);
  return {
    UserPoolId: pool.id,
    UserSessionTracking: isTracking ? "ENABLED" : "DISABLED",
    TokenSession: { MaxPerUser: mostPerUser },
  };
}

/** Sessions are not tracked on the lowest tier. @throws FeatureUnavailableInTierException */
export function checkSessionTier({ settings }: Pick<Pool, "settings">): void {
  if (settings.UserPoolTier !== "LITE") return;
  throw new ApiError(
    "FeatureUnavailableInTierException",
    "The following feature is not available for the LITE pricing tier configured: Session Management",
  );
}
