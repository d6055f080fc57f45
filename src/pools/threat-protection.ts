/** Whether a pool watches for stolen passwords and taken accounts, and whether it acts on what it sees. */
import { ApiError } from "../contract/errors.ts";
import type { AdvancedSecurityModeType } from "../contract/types.gen.ts";
import type { Pool } from "./pool.ts";

/** The mode of a pool: off, watching only, or acting. */
export const threatModeOf = ({ settings }: Pool): AdvancedSecurityModeType =>
  settings.UserPoolAddOns?.AdvancedSecurityMode ?? "OFF";

/** The mode in sign-ins by custom challenges, which has to be switched on apart. Source: Cognito API reference, AdvancedSecurityAdditionalFlowsType. */
export const customThreatModeOf = (pool: Pool): AdvancedSecurityModeType =>
  threatModeOf(pool) === "OFF"
    ? "OFF"
    : (pool.settings.UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode ?? "OFF");

/** Refuses what needs the add-on where it is off. Unconfirmed text. @throws UserPoolAddOnNotEnabledException */
export function checkThreatProtection(pool: Pool): void {
  if (threatModeOf(pool) !== "OFF") return;
  throw new ApiError("UserPoolAddOnNotEnabledException", "Threat protection is not enabled for the user pool.");
}
