/** The inbox of a development house, left open in a browser while people sign up. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/chromium.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { makePool, password } from "../support/pool.ts";

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openTestHouse()]);
});

afterAll(async () => {
  await browser.close();
  await house.close();
  expect(house.errors).toEqual([]);
});

describe("the inbox", () => {
  it("shows a message as soon as it is sent, and copies its code", async () => {
    const { ClientId } = await makePool(house, { client: { GenerateSecret: false } });
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    await page.goto(`${house.url}/_poolhouse/inbox`);
    expect(await page.locator("article").count()).toBe(0);
    await house.api.signUp({ ClientId, Username: "first@example.com", Password: password });
    await page.getByText("first@example.com").waitFor();
    house.clock.advance(1);
    await house.api.signUp({ ClientId, Username: "second@example.com", Password: password });
    await page.getByText("second@example.com").waitFor();
    const newest = page.locator("article").first();
    const code = await house.codeFor("second@example.com");
    expect((await newest.locator(".code").textContent())?.trim()).toBe(code);
    await newest.locator("button.copy").click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(code);
    await context.close();
  });
});
