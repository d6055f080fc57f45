/**
 * Risk: what a pool does about passwords that are known to attackers and about sign-ins that do not look like their
 * user's. The room owns the configuration, the look at the circumstances and the list of known passwords; what follows
 * from a risk in a sign-in is for signin/ to do.
 */
import { isIP } from "node:net";
import { ApiError } from "../contract/errors.ts";
import type {
  EventFilterType,
  RiskConfigurationType,
  RiskExceptionConfigurationType,
  SetRiskConfigurationRequest,
} from "../contract/types.gen.ts";

/** What is set for a pool or for one of its clients, as the API names it. */
export type RiskSettings = Omit<RiskConfigurationType, "UserPoolId" | "ClientId" | "LastModifiedDate">;

/** A configuration as it is kept. */
export interface RiskConfiguration {
  readonly poolId: string;
  /** Empty for the pool's own, which every client without one follows. */
  readonly clientId: string;
  readonly settings: RiskSettings;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Source: Cognito API reference, CompromisedCredentialsRiskConfigurationType: all events where none is named. */
const allEvents: EventFilterType[] = ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"];

/**
 * The settings of a request, or undefined where it sets nothing, which resets what was set.
 * Source: Cognito API reference, SetRiskConfiguration.
 * @throws InvalidParameterException for what is no network
 */
export function parseRiskSettings(request: SetRiskConfigurationRequest): RiskSettings | undefined {
  const {
    CompromisedCredentialsRiskConfiguration: compromised,
    AccountTakeoverRiskConfiguration: takeover,
    RiskExceptionConfiguration: exceptions,
  } = request;
  if (!compromised && !takeover && !exceptions) return undefined;
  if (exceptions) checkNetworks(exceptions);
  const filter = compromised?.EventFilter ?? [];
  return {
    ...(compromised && {
      CompromisedCredentialsRiskConfiguration: {
        ...compromised,
        EventFilter: filter.length > 0 ? filter : allEvents,
      },
    }),
    ...(takeover && { AccountTakeoverRiskConfiguration: takeover }),
    ...(exceptions && { RiskExceptionConfiguration: exceptions }),
  };
}

function checkNetworks({ BlockedIPRangeList = [], SkippedIPRangeList = [] }: RiskExceptionConfigurationType): void {
  if ([...BlockedIPRangeList, ...SkippedIPRangeList].every(isNetwork)) return;
  // Text as observed.
  throw new ApiError("InvalidParameterException", "Incorrect CIDR format");
}

/** Whether a text is a network in CIDR notation. Source: RFC 4632 section 3.1, RFC 4291 section 2.3. */
function isNetwork(text: string): boolean {
  const [address = "", length = "", ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length) || address.includes("%")) return false;
  return Number(length) <= (version === 4 ? 32 : 128);
}

/** The configuration as the API shows it. Unconfirmed: that where nothing is set, only the ids are there. */
export const describeRiskConfiguration = (
  poolId: string,
  clientId: string | undefined,
  configuration: RiskConfiguration | undefined,
): RiskConfigurationType => ({
  UserPoolId: poolId,
  ClientId: clientId,
  ...configuration?.settings,
  LastModifiedDate: configuration && new Date(configuration.modifiedAt),
});
