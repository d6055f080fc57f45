import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { importInProgress } from "./pool.ts";
import { addCustomAttributes, customAttributeLimit, customNameOf, isStandardAttribute } from "./schema.ts";
import { holdPool, updatePool } from "./store.ts";

/** Adds attributes to the schema of a pool. There is no way to change or to remove one afterwards. */
export const AddCustomAttributes = poolOperation("AddCustomAttributes", async (app, pool, request, error) => {
  await withTransaction(app, async ({ db, clock }) => {
    const held = await holdPool(db, pool.id);
    if (held.isImporting) throw error("UserImportInProgressException", importInProgress);
    const schema = held.settings.SchemaAttributes;
    const taken = request.CustomAttributes.map(customNameOf).find((name) => schema.some(({ Name }) => Name === name));
    if (taken !== undefined) {
      // Source: observed.
      throw error("InvalidParameterException", `${taken}: Existing attribute already has name ${taken}.`);
    }
    const SchemaAttributes = addCustomAttributes(schema, request.CustomAttributes);
    if (SchemaAttributes.filter(({ Name = "" }) => !isStandardAttribute(Name)).length > customAttributeLimit) {
      // Unconfirmed: the contract lists no LimitExceededException here.
      throw error(
        "InvalidParameterException",
        `A user pool can have at most ${customAttributeLimit} custom attributes.`,
      );
    }
    await updatePool(db, { ...held, settings: { ...held.settings, SchemaAttributes }, modifiedAt: clock.now() });
  });
  return {};
});
