/** What a person sees of the limits: a page that says why nothing happened, and that works again a moment later. */
import type { Page } from "playwright-core";
import { describe, expect, it, vi } from "vitest";
import { DatabaseBusyError } from "../../src/database/busy.ts";
import { authorizeUrl } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password } from "../support/pool.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";

/** Five tries at once, and one a minute. */
const house = useHouse({ addressLimit: "1", unlimitedAddresses: "none" });
const client = useClientPage();
const browser = useBrowser();

const minuteMilliseconds = 60_000;

/** A browser tells of each page that is no success. */
const expected = /status of (429|503)/;

const message = (page: Page) => page.locator(".errorMessage-customizable:visible").first().textContent();

/** The status of the page that a click leads to. */
async function statusAfter(page: Page, click: () => Promise<void>): Promise<number> {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest()), click()]);
  return answer.status();
}

describe("an address that has tried too often", () => {
  it("is told so on the page of the code, by whatever button, and goes on there a while later", async () => {
    const pool = await makePool(house, { client: { CallbackURLs: [client.callback] } });
    const { UserPoolId } = pool;
    const phone = "+14325551234";
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" } },
    });
    const Username = await pool.createUser("limited@example.com");
    const UserAttributes = Object.entries({ phone_number: phone, phone_number_verified: "true" });
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username,
      UserAttributes: UserAttributes.map(([Name, Value]) => ({ Name, Value })),
    });
    await browser.onPage({ expected }, async (page) => {
      const send = (code: string) =>
        statusAfter(page, async () => {
          await page.locator("#smsCodeInput:visible").fill(code);
          await page.locator("#signInButton:visible").click();
        });
      const sendAgain = () =>
        statusAfter(page, async () => {
          await page.evaluate("for (const one of document.querySelectorAll('[name=resend]')) one.disabled = false");
          await page.locator('[name="resend"]:visible').click();
        });
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      await sendSignIn(page, "limited@example.com", password);
      const code = await house.codeFor(phone);
      // The sign-in was the first try of five.
      for (const _ of ["second", "third", "fourth", "fifth"]) {
        expect(await send("000000")).toBe(200);
        expect(await message(page)).toBe("Invalid code or auth state for the user.");
      }
      for (const tryOnce of [() => send("000000"), () => send(code), sendAgain]) {
        expect(await tryOnce()).toBe(429);
        expect(await message(page)).toBe("Too many requests");
        expect(await page.locator("body").textContent()).toContain("+*******1234");
      }
      expect(await house.codeFor(phone)).toBe(code);
      house.clock.advance(minuteMilliseconds);
      await page.locator("#smsCodeInput:visible").fill(code);
      await page.locator("#signInButton:visible").click();
      await expect.poll(() => page.url()).toMatch(/\/callback\?code=[0-9a-f-]{36}&state=xyz$/);
    });
  });
});

describe("a house that has more to do than it can", () => {
  it("says so on a page, and the way back leads to the form that was not taken", async () => {
    const pool = await makePool(house, { client: { CallbackURLs: [client.callback] } });
    await pool.createUser("busy@example.com");
    house.clock.advance(5 * minuteMilliseconds);
    await browser.onPage({ expected }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      const admit = vi.spyOn(house.app, "admit").mockImplementation(() => {
        throw new DatabaseBusyError();
      });
      try {
        expect(await statusAfter(page, () => sendSignIn(page, "busy@example.com", password))).toBe(503);
        expect(await page.locator("body").textContent()).toContain("Too many requests");
      } finally {
        admit.mockRestore();
      }
      await page.goBack();
      await sendSignIn(page, "busy@example.com", password);
      await expect.poll(() => page.url()).toMatch(/\/callback\?code=[0-9a-f-]{36}&state=xyz$/);
    });
  });
});
