/** What every page of a request shares: its language, its look, and where it is. */
import type { Client } from "../clients/client.ts";
import { readCookie, setCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { findDomain } from "../pools/store.ts";
import { english, type Texts } from "./languages/en.ts";
import { textsFor } from "./languages/index.ts";
import { type Look, lookOf, plainLook } from "./look.ts";
import { textsOfPool } from "./page-settings.ts";

/** The frame of a page. */
export interface Frame {
  readonly texts: Texts;
  readonly isDevelopment: boolean;
  /** Of managed login, or of the classic pages. */
  readonly isManaged: boolean;
  readonly look: Look;
  /** Cookies that the page sets beside its own. */
  readonly cookies: readonly string[];
}

/** The cookie that remembers the language. Source: Cognito developer guide, managed login localization. */
const languageCookie = "lang";
const longestLanguage = 16;

/**
 * The frame of a request's pages. A language that the query names is remembered; the classic pages know English alone.
 * Undefined where managed login has no style for the client: then there is no page to show.
 */
export async function frameOf(at: DomainRequest, client?: Client): Promise<Frame | undefined> {
  const { app, pool, name } = at;
  const domain = await findDomain(app.db, name);
  const isManaged = domain?.settings.managedLoginVersion === 2;
  const look = await lookOf(app, pool, { client, isManaged });
  if (!look) return undefined;
  const asked = at.query.get("lang")?.slice(0, longestLanguage);
  const wanted =
    isManaged && pool.settings.UserPoolTier !== "LITE" ? (asked ?? readCookie(at, languageCookie)) : undefined;
  const texts = textsOfPool(pool, textsFor(wanted));
  // A language that is none of ours must not take the place of one that is remembered.
  const isNew = wanted !== undefined && wanted === asked && texts.code.toLowerCase() === asked.toLowerCase();
  return {
    texts,
    isDevelopment: app.settings.mode === "dev",
    isManaged,
    look,
    cookies: isNew ? [setCookie(at, languageCookie, texts.code, yearSeconds)] : [],
  };
}

const yearSeconds = 365 * 24 * 60 * 60;

/** The frame of what is shown before anything is known of the request. */
export const plainFrame = ({ app }: Pick<DomainRequest, "app">): Frame => ({
  texts: english,
  isDevelopment: app.settings.mode === "dev",
  isManaged: false,
  look: plainLook,
  cookies: [],
});
