import { getPoolClient } from "../clients/store.ts";
import { poolOperation } from "../operation.ts";
import { checkThreatProtection } from "../pools/threat-protection.ts";
import { describeRiskConfiguration, parseRiskSettings, type RiskConfiguration } from "./configuration.ts";
import { deleteRiskConfiguration, replaceRiskConfiguration } from "./store.ts";

/**
 * Sets what a pool, or one of its clients, does about risks. A request that sets nothing forgets what was set.
 * Source: Cognito API reference, SetRiskConfiguration.
 */
export const SetRiskConfiguration = poolOperation("SetRiskConfiguration", async ({ db, clock }, pool, request) => {
  checkThreatProtection(pool);
  const { ClientId } = request;
  if (ClientId !== undefined) await getPoolClient(db, pool.id, ClientId);
  const settings = parseRiskSettings(request);
  if (!settings) {
    await deleteRiskConfiguration(db, pool.id, ClientId ?? "");
    return { RiskConfiguration: describeRiskConfiguration(pool.id, ClientId, undefined) };
  }
  const configuration: RiskConfiguration = {
    poolId: pool.id,
    clientId: ClientId ?? "",
    settings,
    modifiedAt: clock.now(),
  };
  await replaceRiskConfiguration(db, configuration);
  return { RiskConfiguration: describeRiskConfiguration(pool.id, ClientId, configuration) };
});
