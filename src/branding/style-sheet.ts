/**
 * The style sheet of the classic pages: rules for a few classes, and nothing else. It is written into a page that asks
 * for passwords, so what it may say is a list of what is allowed.
 * Source: Cognito developer guide, customizing the built-in sign-in pages; the last five classes as observed.
 */
import { ApiError } from "../contract/errors.ts";

const allowedClasses: ReadonlySet<string> = new Set([
  "background-customizable",
  "banner-customizable",
  "errorMessage-customizable",
  "idpButton-customizable",
  "idpButton-customizable:hover",
  "inputField-customizable",
  "inputField-customizable:focus",
  "label-customizable",
  "legalText-customizable",
  "logo-customizable",
  "submitButton-customizable",
  "submitButton-customizable:hover",
  "textDescription-customizable",
  "idpDescription-customizable",
  "socialButton-customizable",
  "redirect-customizable",
  "passwordCheck-valid-customizable",
  "passwordCheck-notValid-customizable",
]);

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** Unconfirmed text. */
const malformed = (): ApiError => invalid("The CSS is invalid.");

/** What no declaration may hold: rules of other kinds, the end of a style element, escapes that hide either, scripts. */
const forbidden = /[@<\\]|javascript:|expression\s*\(|-moz-binding|behavior\s*:/i;

/** Checks a style sheet. @throws InvalidParameterException, text of a foreign class as measured against the service */
export function checkStyleSheet(css: string): void {
  const text = withoutComments(css);
  if (forbidden.test(text)) throw malformed();
  let at = 0;
  for (;;) {
    const open = text.indexOf("{", at);
    if (open < 0) break;
    const close = text.indexOf("}", open);
    if (close < 0 || text.slice(open + 1, close).includes("{")) throw malformed();
    for (const selector of text.slice(at, open).split(",")) checkSelector(selector.trim());
    at = close + 1;
  }
  if (text.slice(at).trim() !== "") throw malformed();
}

const longestShown = 100;

function checkSelector(selector: string): void {
  const name = selector.replace(/^\./, "");
  if (name !== selector && allowedClasses.has(name)) return;
  throw invalid(`The CSS class ${name.slice(0, longestShown)} is not in the list of allowed classes.`);
}

function withoutComments(css: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = css.indexOf("/*", at);
    if (open < 0) break;
    const close = css.indexOf("*/", open + 2);
    if (close < 0) throw malformed();
    parts.push(css.slice(at, open));
    at = close + 2;
  }
  return [...parts, css.slice(at)].join(" ");
}
