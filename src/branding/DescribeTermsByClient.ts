import { clientOperation } from "../operation.ts";
import { findTerms } from "./store.ts";
import { describeTerms, termsNotFound } from "./terms.ts";

/** Shows the document of a client that has this name. */
export const DescribeTermsByClient = clientOperation(
  "DescribeTermsByClient",
  async ({ db }, { pool, client }, { TermsName }) => {
    const terms = (await findTerms(db, pool.id, client.id)).find(({ name }) => name === TermsName);
    if (!terms) throw termsNotFound();
    return { Terms: describeTerms(terms) };
  },
);
