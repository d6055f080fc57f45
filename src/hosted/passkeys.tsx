/** The page on which somebody who is signed in adds a passkey. Managed login alone has it. */
import { beginRegistration, completeRegistration } from "../factors/registration.ts";
import { minute } from "../lib/clock.ts";
import { redirect } from "../oauth/answers.ts";
import { readCookie, sessionCookie } from "../oauth/cookies.ts";
import { resumeHostedSession } from "../sessions/session.ts";
import type { User } from "../users/user.ts";
import { PasskeyPage } from "./pages/factors.tsx";
import { endpointOf, pageAddress, showForm, trying, type Visit } from "./visit.tsx";

/** Who signed in longer ago than this does it again first. Source: OWASP ASVS 7.5.1, before what signs in is changed. */
const freshFor = 5 * minute;

/** Runs a step for who has just signed in with this browser; others sign in first, however they did before. */
async function asSignedIn(visit: Visit, step: (user: User) => Promise<Response>): Promise<Response> {
  const { at, frame } = visit;
  const secret = readCookie(at, sessionCookie);
  const resumed = secret === undefined ? undefined : await resumeHostedSession(at.app, at.pool.id, secret);
  if (!frame.isManaged || !resumed) return redirect(pageAddress(at, "login"));
  const isFresh = at.app.clock.now() - resumed.session.authenticatedAt <= freshFor;
  return isFresh ? step(resumed.user) : redirect(`${pageAddress(at, "login")}&other=yes`);
}

async function showAdd(visit: Visit, user: User, message?: string): Promise<Response> {
  const { at, request } = visit;
  const options = await beginRegistration(at.app, { pool: at.pool, client: request.client, user });
  return showForm(
    visit,
    "passkeys/add",
    (form) => <PasskeyPage form={form} mode="create" options={JSON.stringify(options)} />,
    { message },
  );
}

/** Answers `/passkeys/add`. */
export const addPasskey = endpointOf({
  show: (visit) =>
    asSignedIn(visit, (user) =>
      trying(
        () => redirect(visit.request.redirectUri),
        () => showAdd(visit, user),
      ),
    ),
  take: (post) =>
    asSignedIn(post, (user) => {
      const { at, request, form } = post;
      if (form.get("skip") === "yes") return Promise.resolve(redirect(request.redirectUri));
      return trying(
        (message) => showAdd(post, user, message),
        async () => {
          const credential = parseJson(form.get("credential") ?? "");
          await completeRegistration(at.app, { pool: at.pool, client: request.client, user }, credential);
          return redirect(request.redirectUri);
        },
      );
    }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no credential; the check says so.
    return undefined;
  }
}
