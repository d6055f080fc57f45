/** What every page says of itself in its headers, in each way that it can be answered. */
import { describe, expect, it } from "vitest";
import { applySeed } from "../../src/apply-seed.ts";
import { authorizeUrl, newVisitor } from "../support/browser-steps.ts";
import { openTestHouse, useHouse } from "../support/house.ts";
import { usePool } from "../support/pool.ts";

const house = useHouse();
const pool = usePool(house);

const paths = [
  "login",
  "verifyPassword",
  "changePassword",
  "factor",
  "passkey",
  "mfa",
  "mfaOption",
  "mfaSetup",
  "signup",
  "confirm",
  "resendcode",
  "confirmUser",
  "forgotPassword",
  "confirmForgotPassword",
  "passkeys/add",
  "logout",
  "error",
  "oauth2/authorize",
];

/** What belongs to every answer, and what to every page. */
const always = {
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  pragma: "no-cache",
  "x-amz-cognito-request-id": expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
};
const onPages = {
  "content-type": "text/html;charset=UTF-8",
  "content-language": "en-US",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
};
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

describe("WEB-12: the headers of a page", () => {
  it.each(paths.flatMap((path) => [["GET", path] as const, ["POST", path] as const]))(
    "say what it may do: %s /%s",
    async (method, path) => {
      const url = authorizeUrl(pool).replace("/oauth2/authorize?", `/${path}?`);
      const answer = await newVisitor().visit(url, method === "POST" ? { _csrf: "x" } : undefined);
      const headers = Object.fromEntries(answer.headers);
      expect(headers).toMatchObject(always);
      expect(headers["access-control-allow-origin"]).toBeUndefined();
      if (answer.headers.get("content-type")?.startsWith("text/html")) {
        expect(headers).toMatchObject(onPages);
        expect(headers["content-security-policy"]).toBe(policy);
        expect(await answer.text()).not.toMatch(/<script(?! src="\/_poolhouse\/)|<style| style="| on\w+="/);
      }
    },
  );

  it("of a production house keep browsers from going there in the clear, and only of one", async () => {
    const served = await openTestHouse({ mode: "serve", publicUrl: "https://auth.example.com", proxies: "1" });
    await applySeed(served.app, { pools: [{ id: "secured1", domain: "secured" }] });
    const secured = async (path: string): Promise<string | null> => {
      const request = new Request(`https://auth.example.com/secured/${path}`, {
        headers: { host: "auth.example.com" },
      });
      return (await served.handle(request)).headers.get("strict-transport-security");
    };
    for (const path of ["login", "oauth2/token", "oauth2/authorize", "error"]) {
      expect(await secured(path), path).toBe("max-age=31536000 ; includeSubDomains");
      expect((await fetch(`${pool.base}/${path}`)).headers.get("strict-transport-security")).toBeNull();
    }
    await served.close();
    expect(served.errors).toEqual([]);
  });
});
