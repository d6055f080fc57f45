/** The page that shows recovery codes, once: they are kept as hashes, so no page could show them again. */
import { answerPage } from "./page-answers.ts";
import { renderPage } from "./pages/layout.tsx";
import { RecoveryCodesPage } from "./pages/recovery-codes.tsx";
import { actionOf, type Visit } from "./visit.tsx";

/**
 * Shows new codes to who has just signed in. From there on the browser's session goes on to the client: what the request
 * asked of the sign-in, a new one or a recent one, has been given.
 */
export function showRecoveryCodes(
  { at, frame }: Visit,
  codes: readonly string[],
  cookies: readonly string[],
): Response {
  const query = new URLSearchParams(at.query);
  for (const name of ["prompt", "max_age"]) query.delete(name);
  const onHref = actionOf({ ...at, query }, "oauth2/authorize");
  return answerPage(renderPage(<RecoveryCodesPage frame={frame} codes={codes} onHref={onHref} />), { frame, cookies });
}
