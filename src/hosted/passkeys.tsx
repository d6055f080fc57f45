/** The page on which somebody who is signed in adds a passkey. Managed login alone has it. */
import { allowedFlows } from "../clients/client.ts";
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

/** Where a sign-in goes on to before it goes to the client: the member of the query that says so is ours. */
const nextPage = "next";
const addPath = "passkeys/add";

/** The visit of somebody who is to add a passkey once the sign-in has ended. */
export function thenAddPasskey(visit: Visit): Visit {
  const query = new URLSearchParams(visit.at.query);
  query.set(nextPage, addPath);
  return { ...visit, at: { ...visit.at, query } };
}

/** The page that a sign-in leads to before the client, if any. */
export const pageBeforeClient = ({ at }: Pick<Visit, "at">): string | undefined =>
  at.query.get(nextPage) === addPath ? pageAddress(at, addPath) : undefined;

/** Whether a passkey of a user could be used on the client's pages. */
export const mayHavePasskeys = ({ at, request, frame }: Visit): boolean =>
  frame.isManaged &&
  allowedFlows(request.client).has("ALLOW_USER_AUTH") &&
  at.pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") === true;

/**
 * Back to the client. A request that came with a sign-in is answered as after any sign-in, what it asked of the sign-in
 * given; a link of the client's own, which names no kind of answer, leads back as it is.
 */
function done({ at, request }: Visit): Response {
  if (!at.query.has("response_type")) return redirect(request.redirectUri);
  const query = new URLSearchParams(at.query);
  for (const name of [nextPage, "prompt", "max_age"]) query.delete(name);
  return redirect(pageAddress({ ...at, query }, "oauth2/authorize"));
}

/** Runs a step for who has just signed in with this browser; others sign in first, however they did before. */
async function asSignedIn(visit: Visit, step: (user: User) => Promise<Response>): Promise<Response> {
  const { at, frame } = visit;
  const secret = readCookie(at, sessionCookie);
  const resumed = secret === undefined ? undefined : await resumeHostedSession(at.app, at.pool.id, secret);
  if (!frame.isManaged) return redirect(pageAddress(at, "login"));
  const isFresh = resumed && at.app.clock.now() - resumed.session.authenticatedAt <= freshFor;
  if (resumed && isFresh) return step(resumed.user);
  const login = pageAddress(thenAddPasskey(withResponseType(visit)).at, "login");
  return redirect(resumed ? `${login}&other=yes` : login);
}

/** The visit with the kind of answer that its request is read with. */
function withResponseType(visit: Visit): Visit {
  const query = new URLSearchParams(visit.at.query);
  query.set("response_type", visit.request.responseType);
  return { ...visit, at: { ...visit.at, query } };
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
export const addPasskey = endpointOf(
  {
    show: (visit) =>
      asSignedIn(visit, (user) =>
        trying(
          () => done(visit),
          () => showAdd(visit, user),
        ),
      ),
    take: (post) =>
      asSignedIn(post, (user) => {
        const { at, request, form } = post;
        if (form.get("skip") === "yes") return Promise.resolve(done(post));
        return trying(
          (message) => showAdd(post, user, message),
          async () => {
            const credential = parseJson(form.get("credential") ?? "");
            await completeRegistration(at.app, { pool: at.pool, client: request.client, user }, credential);
            return done(post);
          },
        );
      }),
  },
  // Source: observed: links to this page name the client and its address alone.
  { hasKind: false },
);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no credential; the check says so.
    return undefined;
  }
}
