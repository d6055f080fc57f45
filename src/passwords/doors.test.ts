/** Every door that sets a password holds the pool's policy, and tells which rule was broken, one at a time. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  authorizeUrl,
  csrfOf,
  messageOf,
  newVisitor,
  signIn as signInOnPage,
  type Visitor,
} from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { signIn } from "../../test/support/people.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();
let pool: TestPool;

beforeAll(async () => {
  pool = await makePool(house, {
    pool: {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 9,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
        },
      },
    },
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
  });
});

let made = 0;
const newName = () => `door-${++made}@example.com`;
const temporary = "Temp0rary!";

async function invite(): Promise<string> {
  const { UserPoolId } = pool;
  const Username = newName();
  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  const MessageAction = "SUPPRESS";
  await house.api.adminCreateUser({
    UserPoolId,
    Username,
    TemporaryPassword: temporary,
    MessageAction,
    UserAttributes: [{ Name: "email", Value: Username }, ...UserAttributes],
  });
  return Username;
}

async function forgetful(): Promise<{ readonly Username: string; readonly ConfirmationCode: string }> {
  const Username = newName();
  await pool.createUser(Username);
  await house.api.forgotPassword({ ClientId: pool.ClientId, Username });
  return { Username, ConfirmationCode: await house.codeFor(Username) };
}

/** Fills in the form of a page and fails with the message that comes back, in the manner of a refused call. */
async function fillIn(visitor: Visitor, address: string, form: Record<string, string>): Promise<void> {
  const page = await visitor.visit(address);
  const answer = await visitor.visit(address, { _csrf: csrfOf(await page.text()), ...form });
  const message = messageOf(await answer.text());
  if (message) throw Object.assign(new Error(message), { name: "InvalidPasswordException" });
}

const pageOf = (path: string): string => `${pool.base}/${path}${new URL(authorizeUrl(pool)).search}`;

/** Every way to set a password. */
const doors: Readonly<Record<string, (given: string) => Promise<unknown>>> = {
  SignUp: (Password) => house.api.signUp({ ClientId: pool.ClientId, Username: newName(), Password }),
  AdminCreateUser: (TemporaryPassword) =>
    house.api.adminCreateUser({ UserPoolId: pool.UserPoolId, Username: newName(), TemporaryPassword }),
  "AdminSetUserPassword for good": async (Password) =>
    house.api.adminSetUserPassword({
      UserPoolId: pool.UserPoolId,
      Username: await invite(),
      Password,
      Permanent: true,
    }),
  "AdminSetUserPassword for once": async (Password) =>
    house.api.adminSetUserPassword({ UserPoolId: pool.UserPoolId, Username: await invite(), Password }),
  ChangePassword: async (ProposedPassword) => {
    const name = newName();
    await pool.createUser(name);
    const AccessToken = await signIn(house, pool, name);
    return house.api.changePassword({ AccessToken, PreviousPassword: password, ProposedPassword });
  },
  ConfirmForgotPassword: async (Password) =>
    house.api.confirmForgotPassword({ ClientId: pool.ClientId, ...(await forgetful()), Password }),
  NEW_PASSWORD_REQUIRED: async (NEW_PASSWORD) => {
    const USERNAME = await invite();
    const { ClientId } = pool;
    const AuthParameters = { USERNAME, PASSWORD: temporary };
    const { Session } = await house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    return house.api.respondToAuthChallenge({
      ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD },
    });
  },
  "the sign-up page": (given) => fillIn(newVisitor(), pageOf("signup"), { username: newName(), password: given }),
  "the page of a forced new password": async (given) => {
    const visitor = newVisitor();
    const asked = await signInOnPage(visitor, authorizeUrl(pool), { username: await invite(), password: temporary });
    const address = new URL(asked.headers.get("location") ?? "", pool.base).href;
    await fillIn(visitor, address, { new_password: given, confirm_password: given });
  },
  "the page of a forgotten password": async (given) => {
    const visitor = newVisitor();
    const { Username } = await forgetful();
    house.clock.advance(1);
    await fillIn(visitor, pageOf("forgotPassword"), { username: Username });
    const ConfirmationCode = await house.codeFor(Username);
    await fillIn(visitor, pageOf("confirmForgotPassword"), {
      ConfirmationCode,
      username: Username,
      new_password: given,
      confirm_password: given,
    });
  },
};

/** A password that breaks one rule, and what is said of it. The length comes first where several are broken. */
const broken: readonly (readonly [given: string, sentence: string])[] = [
  ["Sh0rt-pw", "Password not long enough"],
  ["short", "Password not long enough"],
  ["UPPER-CASE-1", "Password must have lowercase characters"],
  ["lower-case-1", "Password must have uppercase characters"],
  ["No-Numbers-Here", "Password must have numeric characters"],
  ["NoSymbols123", "Password must have symbol characters"],
];

/** An administrator who creates somebody is told in other words. Source: observed. */
const prefixOf = (door: string): string =>
  door === "AdminCreateUser" ? "Password did not conform with password policy" : "Password did not conform with policy";

describe.each(Object.entries(doors))("%s", (door, set) => {
  it.each(broken)("refuses %s: %s", async (given, sentence) => {
    house.clock.advance(1);
    expect(await refusalOf(set(given))).toEqual({
      name: "InvalidPasswordException",
      message: `${prefixOf(door)}: ${sentence}`,
    });
  });

  it("takes a password that keeps every rule", async () => {
    house.clock.advance(1);
    await set("Keeps-them-all-1");
  });
});
