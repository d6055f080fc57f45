import { getPoolClient } from "../clients/store.ts";
import { poolOperation } from "../operation.ts";
import { checkThreatProtection } from "../pools/threat-protection.ts";
import { describeRiskConfiguration } from "./configuration.ts";
import { findOwnRiskConfiguration } from "./store.ts";

/** Shows what a pool, or one of its clients, does about risks. Unconfirmed: a client that has none of its own shows none. */
export const DescribeRiskConfiguration = poolOperation(
  "DescribeRiskConfiguration",
  async ({ db }, pool, { ClientId }) => {
    checkThreatProtection(pool);
    if (ClientId !== undefined) await getPoolClient(db, pool.id, ClientId);
    const configuration = await findOwnRiskConfiguration(db, pool.id, ClientId ?? "");
    return { RiskConfiguration: describeRiskConfiguration(pool.id, ClientId, configuration) };
  },
);
