import { accountOperation } from "../operation.ts";
import { describeLimit, parseCategory } from "./limit.ts";
import { findLimit } from "./store.ts";

/** Shows how many requests of a category are served in a second. */
export const GetProvisionedLimit = accountOperation(
  "GetProvisionedLimit",
  async ({ db }, { region }, { LimitDefinition }) => {
    const category = parseCategory(LimitDefinition);
    return { Limit: describeLimit(category, await findLimit(db, region, category)) };
  },
);
