import { clientOperation } from "../operation.ts";
import { insertTerms } from "./store.ts";
import { checkLinks, describeTerms, type Terms, termsExist } from "./terms.ts";

/** Gives a client a document that its sign-up page links to. */
export const CreateTerms = clientOperation("CreateTerms", async ({ db, clock, random }, { pool, client }, request) => {
  const { TermsName: name, TermsSource: source, Enforcement: enforcement, Links: links = {} } = request;
  checkLinks(links);
  const now = clock.now();
  const terms: Terms = {
    poolId: pool.id,
    clientId: client.id,
    id: random.uuid(),
    name,
    settings: { source, enforcement, links },
    createdAt: now,
    modifiedAt: now,
  };
  if (!(await insertTerms(db, terms))) throw termsExist(name);
  return { Terms: describeTerms(terms) };
});
