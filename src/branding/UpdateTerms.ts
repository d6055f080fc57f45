import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import { deleteTerms, insertTerms } from "./store.ts";
import { checkLinks, describeTerms, type Terms, termsExist, termsNotFound } from "./terms.ts";

/** Replaces what the request gives of a document, its links as a whole. The rest stays. */
export const UpdateTerms = poolOperation("UpdateTerms", async (app, pool, request) => {
  const { TermsId, TermsName, TermsSource, Enforcement, Links } = request;
  checkLinks(Links ?? {});
  const now = app.clock.now();
  const terms = await withTransaction(app, async ({ db }) => {
    // The name is part of the key, so the document is taken out and put back: who comes meanwhile waits.
    const before = await deleteTerms(db, pool.id, TermsId);
    if (!before) throw termsNotFound();
    const { source, enforcement, links } = before.settings;
    const after: Terms = {
      ...before,
      name: TermsName ?? before.name,
      settings: {
        source: TermsSource ?? source,
        enforcement: Enforcement ?? enforcement,
        links: Links ?? links,
      },
      modifiedAt: now,
    };
    if (!(await insertTerms(db, after))) throw termsExist(after.name);
    return after;
  });
  return { Terms: describeTerms(terms) };
});
