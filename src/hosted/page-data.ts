/** What one page tells the next, in a cookie. It proves nothing: every step is proved by a code or a password. */
import { readCookie, setCookie } from "../oauth/cookies.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import type { Texts } from "./languages/en.ts";

/** Whom a page is about. */
export interface PageData {
  readonly username: string;
  /** Where a code went, masked, and how. */
  readonly destination?: string | undefined;
  readonly medium?: string | undefined;
  /** The user's sub, of a new account. */
  readonly sub?: string | undefined;
}

/** Source: Cognito developer guide, cookies of managed login. */
const name = "page-data";
const lifetimeSeconds = 60 * 60;
const longest = 3000;

/** The cookie that tells the next page. */
export const tellNextPage = (at: DomainRequest, data: PageData): string =>
  setCookie(at, name, Buffer.from(JSON.stringify(data)).toString("base64url"), lifetimeSeconds);

/** What the page before told. */
export function toldByLastPage(at: DomainRequest): PageData | undefined {
  const text = readCookie(at, name);
  if (!text || text.length > longest) return undefined;
  try {
    const data: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof data !== "object" || data === null || !("username" in data)) return undefined;
    const textAt = (key: string): string | undefined => {
      const value: unknown = Reflect.get(data, key);
      return typeof value === "string" ? value : undefined;
    };
    const { username } = data;
    return {
      username: String(username),
      destination: textAt("destination"),
      medium: textAt("medium"),
      sub: textAt("sub"),
    };
  } catch {
    // A cookie of anybody's making: then nothing was told.
    return undefined;
  }
}

/** What a page says of the code that it asks for. */
export const aboutCode = (texts: Texts, { destination }: Pick<PageData, "destination">): string =>
  destination ? texts.codeSent.replace("{destination}", () => destination) : texts.codeAsked;
