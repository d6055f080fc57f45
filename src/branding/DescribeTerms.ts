import { poolOperation } from "../operation.ts";
import { findTermsById } from "./store.ts";
import { describeTerms, termsNotFound } from "./terms.ts";

/** Shows a document that a sign-up page links to. */
export const DescribeTerms = poolOperation("DescribeTerms", async ({ db }, pool, { TermsId }) => {
  const terms = await findTermsById(db, pool.id, TermsId);
  if (!terms) throw termsNotFound();
  return { Terms: describeTerms(terms) };
});
