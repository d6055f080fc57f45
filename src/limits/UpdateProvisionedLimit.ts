import { accountOperation } from "../operation.ts";
import { freeLimits } from "./categories.ts";
import { describeLimit, mostProvisioned, parseCategory } from "./limit.ts";
import { replaceLimit } from "./store.ts";

/**
 * Provisions how many requests of a category are served in a second. From then on those beyond are refused.
 * Source: Cognito API reference, UpdateProvisionedLimit, for the bounds; the sentences are unconfirmed.
 */
export const UpdateProvisionedLimit = accountOperation(
  "UpdateProvisionedLimit",
  async ({ db, limits }, { region }, { LimitDefinition, RequestedLimitValue: perSecond }, error) => {
    const category = parseCategory(LimitDefinition);
    if (perSecond < freeLimits[category]) {
      throw error("InvalidParameterException", `The limit of ${category} cannot be less than ${freeLimits[category]}.`);
    }
    if (perSecond > mostProvisioned(category)) {
      throw error(
        "ServiceQuotaExceededException",
        `The limit of ${category} cannot be more than ${mostProvisioned(category)}.`,
      );
    }
    await replaceLimit(db, { region, category, perSecond });
    limits.forget();
    return { Limit: describeLimit(category, perSecond) };
  },
);
