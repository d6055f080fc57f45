import { describe, expect, it } from "vitest";
import { processorMilliseconds } from "../../test/support/processor.ts";
import { checkStyleSheet } from "./style-sheet.ts";

const malformed = "The CSS is invalid.";
const foreign = (name: string): string => `The CSS class ${name} is not in the list of allowed classes.`;

describe("a style sheet of the classic pages", () => {
  it.each([
    "",
    "  \n",
    ".logo-customizable { max-width: 60%; }",
    ".submitButton-customizable:hover, .idpButton-customizable:hover {color: #fff !important}",
    "/* ours */ .label-customizable { /* { } */ font-weight: 400 } /* end */",
    ".inputField-customizable:focus { border-color: rgb(1, 2, 3); outline: 0; }\n.background-customizable {}",
    '.banner-customizable { background: url("https://cdn.example.com/a.png"); }',
  ])("may be %j", (css) => {
    expect(() => checkStyleSheet(css)).not.toThrow();
  });

  it.each([
    { css: "body { color: red }", message: foreign("body") },
    { css: ".other { color: red }", message: foreign("other") },
    { css: ".label-customizable, .x-customizable { color: red }", message: foreign("x-customizable") },
    { css: ".label-customizable:hover { color: red }", message: foreign("label-customizable:hover") },
    { css: "label-customizable { color: red }", message: foreign("label-customizable") },
    {
      css: ".label-customizable input[value^=a] { color: red }",
      message: foreign("label-customizable input[value^=a]"),
    },
    { css: "* { color: red }", message: foreign("*") },
    { css: "{ color: red }", message: foreign("") },
    { css: `.${"a".repeat(500)} {}`, message: foreign("a".repeat(100)) },
    { css: "@import url(https://a.example/x.css);", message: malformed },
    { css: "@media print { .label-customizable { color: red } }", message: malformed },
    { css: ".label-customizable { color: red } @page {}", message: malformed },
    { css: ".label-customizable { color: red", message: malformed },
    { css: ".label-customizable { color: red } }", message: malformed },
    { css: ".label-customizable { .logo-customizable { color: red } }", message: malformed },
    { css: ".label-customizable { color: red } /* open", message: malformed },
    { css: ".label-customizable { content: '</style><script>' }", message: malformed },
    { css: ".label-customizable { background: url(JavaScript:alert(1)) }", message: malformed },
    { css: ".label-customizable { width: expression (alert(1)) }", message: malformed },
    { css: ".label-customizable { -moz-binding: url(x) }", message: malformed },
    { css: ".label-customizable { behavior : url(x) }", message: malformed },
    { css: ".label-customizable { background: url(\\6a avascript:x) }", message: malformed },
  ])("is not $css", ({ css, message }) => {
    expect(() => checkStyleSheet(css)).toThrow(message);
  });

  it("is checked in a time that grows with its length, whatever stands in it", () => {
    for (const part of ["/*", "/**/", "{", "}", ".a{}", ",", "expression ", "behavior ", ".label-customizable{}"]) {
      const css = part.repeat(131_072 / part.length);
      const before = processorMilliseconds();
      try {
        checkStyleSheet(css);
      } catch {
        // Whether it is refused is not the question here.
      }
      expect(processorMilliseconds() - before).toBeLessThan(500);
    }
  });
});
