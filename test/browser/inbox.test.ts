/** The inbox of a development house, left open in a browser while people sign up. */
import { describe, expect, it } from "vitest";
import { useHouse } from "../support/house.ts";
import { makePool, password } from "../support/pool.ts";
import { useBrowser } from "../support/visiting.ts";

const house = useHouse();
const { onPage } = useBrowser();

describe("the inbox", () => {
  it("shows a message as soon as it is sent, and copies its code", async () => {
    const { ClientId } = await makePool(house, { client: { GenerateSecret: false } });
    await onPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
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
    });
  });
});
