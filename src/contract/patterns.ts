/**
 * The model's patterns as regular expressions of ours. They are written for Java, which matches the whole value; a few
 * spellings differ, and a few would take quadratic time on a long text that almost matches.
 */

/** Whether a value matches. */
export type Matcher = (value: string) => boolean;

const compiled = new Map<string, Matcher>();

/** The matcher of a pattern of the model, made once. */
export function matcherOf(pattern: string): Matcher {
  const known = compiled.get(pattern);
  if (known) return known;
  const matcher = templateMatcher(pattern) ?? expressionMatcher(pattern);
  compiled.set(pattern, matcher);
  return matcher;
}

function expressionMatcher(pattern: string): Matcher {
  const expression = new RegExp(`^(?:${translate(pattern)})$`, "u");
  return (value) => expression.test(value);
}

/**
 * Java allows a hyphen after a class escape (`[\w-]`, `[A-Za-z0-9-_=.]`) and an inline flag at the start; JavaScript's
 * Unicode mode wants the hyphen escaped and has no flag for a whole expression.
 */
function translate(pattern: string): string {
  if (pattern.startsWith("(?s)")) return translate(pattern.slice("(?s)".length)).replaceAll(".", "[\\s\\S]");
  return pattern
    .replaceAll("[A-Za-z0-9-_=.]", "[A-Za-z0-9\\-_=.]")
    .replaceAll("\\w-]", "\\w\\-]")
    .replaceAll("[\\w\\- ]", "[\\w\\- ]");
}

const placeholder = "\\{####\\}";
const anything = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
const anyText = /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u;

const visible = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";
const visibleText = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/**
 * Message templates: any text around a placeholder. As an expression it backtracks over every split of a text that
 * lacks the placeholder, so it is matched in two linear looks instead. The same goes for an address around its sign.
 */
function templateMatcher(pattern: string): Matcher | undefined {
  if (pattern === anything + placeholder + anything) {
    return (value) => value.includes("{####}") && anyText.test(value);
  }
  if (pattern === `${visible}@${visible}`) {
    return (value) => value.slice(1, -1).includes("@") && visibleText.test(value);
  }
  if (pattern === `.*${placeholder}.*`) return (value) => value.includes("{####}") && !/[\n\r\u2028\u2029]/.test(value);
  if (pattern === `${anything}\\{##${anything}##\\}${anything}`) {
    return (value) => {
      const open = value.indexOf("{##");
      return open >= 0 && value.indexOf("##}", open + "{##".length) >= 0 && anyText.test(value);
    };
  }
  return undefined;
}
