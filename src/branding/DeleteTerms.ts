import { poolOperation } from "../operation.ts";
import { deleteTerms } from "./store.ts";
import { termsNotFound } from "./terms.ts";

/** Deletes a document: the sign-up page no longer links to it. */
export const DeleteTerms = poolOperation("DeleteTerms", async ({ db }, pool, { TermsId }) => {
  if (!(await deleteTerms(db, pool.id, TermsId))) throw termsNotFound();
  return undefined;
});
