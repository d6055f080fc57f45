/** Pages of a real browser, and what people do on them. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { openBrowser } from "./chromium.ts";
import { share } from "./share.ts";

/** How a page is opened, and which of the browser's complaints are the point of the test. */
export interface VisitOptions extends BrowserContextOptions {
  readonly expected?: RegExp;
}

/** Opens a page, does something there and gives what came of it. A test may add what it complains of itself. */
export type OnPage = <Result>(
  options: VisitOptions,
  visit: (page: Page, complaints: string[]) => Promise<Result>,
) => Promise<Result>;

const longestWaitMilliseconds = 10_000;

/**
 * A browser for all tests of a file, started with flags that are known when the tests begin. Each page is opened in a
 * profile that nobody has used; what the browser complains of, and the test does not expect, fails the test.
 */
export function useBrowser(flags: () => readonly string[] = () => []): { readonly onPage: OnPage } {
  const opened: { readonly browser: Browser } = share(
    async () => ({ browser: await openBrowser(...flags()) }),
    ({ browser }) => browser.close(),
  );
  return {
    onPage: async ({ expected, ...options }, visit) => {
      const context = await opened.browser.newContext(options);
      const complaints: string[] = [];
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(longestWaitMilliseconds);
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("dialog", (dialog) => {
          complaints.push(`dialog: ${dialog.message()}`);
          void dialog.dismiss();
        });
        const result = await visit(page, complaints);
        expect(complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
        return result;
      } finally {
        await context.close();
      }
    },
  };
}

/** Types into the sign-in page and sends it. */
export async function sendSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.locator("#signInFormUsername:visible").fill(username);
  await page.locator("#signInFormPassword:visible").fill(password);
  await page.locator("[name=signInSubmitButton]:visible").click();
}

/** Gives a page's browser an authenticator that has its holder at hand, who is recognised or not. */
export async function giveAuthenticator(page: Page, isUserVerified = true): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}
