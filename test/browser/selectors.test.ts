/**
 * Tests that people wrote for Cognito's own classic pages, as they wrote them: by these selectors and no others. Each
 * row is a way in which public test suites find the fields; all of them have to lead to the client.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl } from "../support/browser-steps.ts";
import { useClientPage } from "../support/client-page.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { sendSignIn, useBrowser } from "../support/visiting.ts";

const house = useHouse();
const { onPage } = useBrowser();
const client = useClientPage();
let pool: TestPool;

const email = "people@example.com";
const wide = { width: 1280, height: 800 };
const narrow = { width: 800, height: 600 };

beforeAll(async () => {
  pool = await makePool(house, { client: { CallbackURLs: [client.callback] } });
  await pool.createUser(email);
});

/** Three selectors: name, password, button. */
type Selectors = readonly [username: string, password: string, button: string];

const card = "modal-content background-customizable modal-content-mobile visible-md visible-lg";
const steps = "//div[@class='modal-body']";

describe("a test for the classic sign-in page", () => {
  it.each<[string, typeof wide, Selectors]>([
    [
      "that looks for what is visible",
      wide,
      ['input[name="username"]:visible', 'input[name="password"]:visible', 'input[name="signInSubmitButton"]:visible'],
    ],
    [
      "that looks for ids that are visible",
      wide,
      ["#signInFormUsername:visible", "#signInFormPassword:visible", "[name=signInSubmitButton]:visible"],
    ],
    [
      "that looks in the wide card",
      wide,
      [".visible-lg #signInFormUsername", ".visible-lg #signInFormPassword", ".visible-lg .btn-primary"],
    ],
    [
      "that looks in the visible form",
      wide,
      [
        'form[name="cognitoSignInForm"]:visible input[id="signInFormUsername"]',
        'form[name="cognitoSignInForm"]:visible input[id="signInFormPassword"]',
        'form[name="cognitoSignInForm"]:visible .submitButton-customizable',
      ],
    ],
    [
      "that names the whole class of the card",
      wide,
      [
        `//div[@class='${card}']${steps}//form[@name='cognitoSignInForm']//div//input[@id='signInFormUsername']`,
        `//div[@class='${card}']${steps}//form[@name='cognitoSignInForm']//div//input[@id='signInFormPassword']`,
        `//div[@class='${card}']${steps}//input[@name='signInSubmitButton']`,
      ],
    ],
    [
      "that takes the first of each",
      wide,
      [
        "(//input[@id='signInFormUsername'])[1]",
        "(//input[@id='signInFormPassword'])[1]",
        "(//input[@value='Sign in'])[1]",
      ],
    ],
    [
      "in a narrow window, that takes the second of each",
      narrow,
      [
        "(//input[@id='signInFormUsername'])[2]",
        "(//input[@id='signInFormPassword'])[2]",
        "(//input[@value='Sign in'])[2]",
      ],
    ],
    [
      "that looks for placeholders",
      narrow,
      [
        '.visible-xs input[placeholder="name@host.com"]',
        '.visible-xs input[placeholder="Password"]',
        ".visible-xs input.btn-primary",
      ],
    ],
  ])("%s gets to the client", async (_name, viewport, [username, secret, button]) => {
    await onPage({ viewport }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      expect(await page.title()).toBe("Signin");
      expect(await page.locator("body").textContent()).toContain("Sign in with your email and password");
      await page.locator(username).fill(email);
      await page.locator(secret).fill(password);
      await page.locator(button).click();
      await page.waitForURL(`${client.callback}?code=**`);
    });
  });

  it("that writes into the hidden form and presses its button by script gets to the client", async () => {
    await onPage({ viewport: wide }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      expect(await page.locator("#signInFormUsername").count()).toBe(2);
      expect(await page.locator(".visible-xs #signInFormUsername").isVisible()).toBe(false);
      await page.evaluate(
        `document.querySelector(".visible-xs [name=username]").value = ${JSON.stringify(email)};
         document.querySelector(".visible-xs [name=password]").value = ${JSON.stringify(password)};
         document.querySelector(".visible-xs [name=signInSubmitButton]").click();`,
      );
      await page.waitForURL(`${client.callback}?code=**`);
    });
  });

  it("that types in one form finds the same in the other", async () => {
    await onPage({ viewport: wide }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      await page.locator("#signInFormUsername:visible").fill(email);
      expect(await page.locator(".visible-xs #signInFormUsername").inputValue()).toBe(email);
    });
  });

  it("that looks for the error finds it in the form of the label", async () => {
    await onPage({ viewport: wide }, async (page) => {
      await page.goto(authorizeUrl(pool, { redirect_uri: client.callback }));
      await sendSignIn(page, email, "Wr0ng-one!");
      const message = page.locator(
        `//div[@class='${card}']//form//label[text()='Email']//parent::form/p[@id='loginErrorMessage']`,
      );
      expect(await message.textContent()).toBe("Incorrect username or password.");
      expect(await page.locator(".errorMessage-customizable:visible").count()).toBe(1);
    });
  });
});

describe("a test for the classic pages of a new account", () => {
  it("finds the fields by their names and the buttons by their texts", async () => {
    const Username = "new-people@example.com";
    const own = await makePool(house, {
      client: { CallbackURLs: [client.callback] },
      pool: {
        UsernameAttributes: [],
        Schema: [
          { Name: "given_name", Required: true, Mutable: true },
          { Name: "email", Required: true, Mutable: true },
        ],
      },
    });
    await onPage({ viewport: wide }, async (page) => {
      await page.goto(authorizeUrl(own, { redirect_uri: client.callback }));
      await page.locator(`//a[text() = 'Sign up']`).first().click();
      await page.locator("(//input[@name='username'])[1]").fill("people");
      await page.locator("(//input[@name='requiredAttributes[given_name]'])[1]").fill("Jo");
      await page.locator("(//input[@name='requiredAttributes[email]'])[1]").fill(Username);
      await page.locator("(//input[@name='password'])[1]").fill(password);
      expect(await page.locator(".checkPassword-length:visible").getAttribute("class")).toContain(
        "passwordCheck-valid-customizable",
      );
      await page.locator("(//button[text()='Sign up'])[1]").click();
      await page.locator("#verification_code:visible").fill(await house.codeFor(Username));
      await page.locator("(//button[text()='Confirm account'])[1]").click();
      await page.waitForURL(`${client.callback}?code=**`);
    });
  });
});
