import { describe, expect, it } from "vitest";
import { refusalOf } from "../../test/support/refusal.ts";
import { readMetadata } from "./metadata.ts";

const namespaces = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"';
const service = (name: string, binding: string, at: string): string =>
  `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location='${at}'/>`;

const entity = (inside: string): string =>
  `<?xml version="1.0"?>\n<!-- ours -->\n<md:EntityDescriptor ${namespaces} entityID="https://idp.example/a?b&amp;c">${inside}</md:EntityDescriptor>\n`;

const role = (inside: string): string => `<md:IDPSSODescriptor>${inside}</md:IDPSSODescriptor>`;

describe("metadata of a SAML provider", () => {
  it("says who it is of and where that one is reached by redirect", () => {
    const text = entity(
      role(
        service("SingleLogoutService", "HTTP-Redirect", "https://idp.example/bye") +
          service("SingleSignOnService", "HTTP-POST", "https://idp.example/post") +
          service("SingleSignOnService", "HTTP-Redirect", "https://idp.example/in?x=1&amp;y=2"),
      ),
    );
    expect(readMetadata(text)).toEqual({
      entityId: "https://idp.example/a?b&c",
      signOnAddress: "https://idp.example/in?x=1&y=2",
      signOutAddress: "https://idp.example/bye",
    });
  });

  it("may leave the addresses out", () => {
    expect(readMetadata(entity(role("<![CDATA[<x>]]>")))).toEqual({
      entityId: "https://idp.example/a?b&c",
      signOnAddress: undefined,
      signOutAddress: undefined,
    });
  });

  it.each([
    { title: "nothing", text: "" },
    { title: "text", text: "metadata" },
    { title: "JSON", text: "{}" },
    { title: "another document", text: "<html></html>" },
    { title: "an entity without a role", text: entity("") },
    { title: "an entity without a name", text: `<EntityDescriptor>${role("")}</EntityDescriptor>` },
    { title: "an element that does not close", text: entity(role("<a>")) },
    { title: "elements that cross", text: entity(role("<a><b></a></b>")) },
    { title: "a second root", text: entity(role("")) + entity(role("")) },
    { title: "text after the root", text: `${entity(role(""))}x` },
    { title: "a cut-off document", text: entity(role("")).slice(0, -5) },
    { title: "a document type", text: `<!DOCTYPE x [<!ENTITY a "b">]>${entity(role(""))}` },
    { title: "an attribute without quotes", text: entity(role("<a b=c/>")) },
  ])("is not $title", async ({ text }) => {
    const refusal = await refusalOf(Promise.resolve().then(() => readMetadata(text)));
    expect(refusal).toEqual({ name: "InvalidParameterException", message: "Invalid SAML metadata." });
  });

  it("is read in a time that grows with its length, whatever stands in it", () => {
    for (const part of ["<a ", "<a b", "<a b='", " b='x'", "<!--", "<![CDATA[", " a=", "<?", "</a", "&amp;"]) {
      const text = `<a${part.repeat(60_000)}`;
      const before = performance.now();
      expect(() => readMetadata(text)).toThrow("Invalid SAML metadata.");
      expect(performance.now() - before).toBeLessThan(1000);
    }
  });
});
