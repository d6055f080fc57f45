/** The page: signed out it offers to sign in, signed in it shows notes and the session. */
import type { User } from "oidc-client-ts";
import { openSession, type Session } from "./session.ts";
import type { ExampleSettings, Note } from "./settings.ts";

/** An element of the page. @throws when the page has none of this id */
function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${id}.`);
}

const say = (text: string): void => {
  element("message", HTMLElement).textContent = text;
};

/** Runs what a button does, and says so when it fails. */
const when = (id: string, event: "click" | "submit", act: () => Promise<void>): void =>
  element(id, HTMLElement).addEventListener(event, (happened) => {
    happened.preventDefault();
    say("");
    act().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  });

/** Calls the API as who is signed in. @throws saying what the API answered */
async function call(session: Session, method: "GET" | "POST", body?: object): Promise<unknown> {
  const user = await session.current();
  const answer = await fetch("/api/notes", {
    method,
    headers: { authorization: `Bearer ${user?.access_token ?? ""}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The API answered ${answer.status}.`);
  return answer.json();
}

const isNotes = (value: unknown): value is Note[] => Array.isArray(value);

async function showNotes(session: Session): Promise<void> {
  const notes = await call(session, "GET");
  const items = (isNotes(notes) ? notes : []).map(({ text, writtenAt }) => {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = new Date(writtenAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    item.append(text, time);
    return item;
  });
  element("notes", HTMLUListElement).replaceChildren(...items);
  element("empty", HTMLElement).hidden = items.length > 0;
}

function showUser(user: User | null): void {
  element("signed-out", HTMLElement).hidden = user !== null;
  element("signed-in", HTMLElement).hidden = user === null;
  element("account", HTMLElement).hidden = user === null;
  if (!user) return;
  const email = user.profile.email ?? user.profile.sub;
  element("email", HTMLElement).textContent = email;
  element("initial", HTMLElement).textContent = email.charAt(0).toUpperCase();
  element("scopes", HTMLElement).textContent = user.scope ?? "";
  element("subject", HTMLElement).textContent = user.profile.sub;
  element("expires", HTMLElement).textContent = new Date((user.expires_at ?? 0) * 1000).toLocaleTimeString();
  element("token", HTMLElement).textContent = jtiOf(user.access_token);
}

/** The id of a token, which changes with every refresh. Nothing is believed by it: that is for the API. */
const jtiOf = (token: string): string =>
  JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))).jti;

async function openPage(): Promise<void> {
  const settings: ExampleSettings = await (await fetch("/settings.json")).json();
  const session = await openSession(settings);
  when("sign-in", "click", () => session.signIn());
  when("sign-out", "click", () => session.signOut());
  when("refresh", "click", async () => showUser(await session.refresh()));
  when("new-note", "submit", async () => {
    const field = element("text", HTMLInputElement);
    await call(session, "POST", { text: field.value });
    field.value = "";
    await showNotes(session);
  });
  const user = await session.current();
  showUser(user);
  if (user) await showNotes(session);
}

openPage().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
