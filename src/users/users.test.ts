import type {
  AdminCreateUserCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();

const withoutSecret = { GenerateSecret: false } as const;

/** A pool of plain usernames with a public client, with changes. */
const plainPool = (pool: Partial<CreateUserPoolCommandInput> = {}, client: object = {}): Promise<TestPool> =>
  makePool(house, {
    pool: { UsernameAttributes: undefined, AutoVerifiedAttributes: ["email"], ...pool },
    client: { ...withoutSecret, ...client },
  });

const signUp = (
  pool: TestPool,
  Username: string,
  attributes: Readonly<Record<string, string>> = {},
  Password: string | undefined = password,
) =>
  house.api.signUp({
    ClientId: pool.ClientId,
    Username,
    Password,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });

const create = (pool: TestPool, Username: string, wanted: Partial<AdminCreateUserCommandInput> = {}) =>
  house.api.adminCreateUser({ UserPoolId: pool.UserPoolId, Username, MessageAction: "SUPPRESS", ...wanted });

const statusOf = async (pool: TestPool, Username: string): Promise<string | undefined> =>
  (await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username })).UserStatus;

describe("signing up", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await plainPool();
  });

  it.each([
    ["short", "Password did not conform with policy: Password not long enough"],
    ["NOLOWER1!", "Password did not conform with policy: Password must have lowercase characters"],
    ["noupper1!", "Password did not conform with policy: Password must have uppercase characters"],
    ["NoNumber!", "Password did not conform with policy: Password must have numeric characters"],
    ["NoSymbol1", "Password did not conform with policy: Password must have symbol characters"],
  ])("refuses the password %s", async (given, message) => {
    expect(await refusalOf(signUp(pool, "weak", {}, given))).toEqual({ name: "InvalidPasswordException", message });
  });

  it.each([
    [
      { "custom:x": "1" },
      "InvalidParameterException",
      "Attributes did not conform to the schema: Type for attribute {custom:x} could not be determined\n",
    ],
    [{ sub: "1" }, "InvalidParameterException", "Cannot modify the non-mutable attribute sub"],
    [{ email_verified: "true" }, "NotAuthorizedException", "A client attempted to write unauthorized attribute"],
    [{ identities: "[]" }, "NotAuthorizedException", "A client attempted to write unauthorized attribute"],
    [{ email: "nobody" }, "InvalidParameterException", "Invalid email address format."],
    [{ phone_number: "123" }, "InvalidParameterException", "Invalid phone number format."],
    [
      { birthdate: "1.1.2000" },
      "InvalidParameterException",
      "Attributes did not conform to the schema: birthdate: String must be at least 10 characters\n",
    ],
    [
      { updated_at: "1e309" },
      "InvalidParameterException",
      "Attributes did not conform to the schema: updated_at: Value must be a number\n",
    ],
  ])("ATT-04, ATT-17: refuses the attributes %j", async (attributes, name, message) => {
    expect(await refusalOf(signUp(pool, "attributes", { ...attributes }))).toEqual({ name, message });
  });

  it("names every required attribute that is missing", async () => {
    const strict = await plainPool({
      Schema: [
        { Name: "given_name", AttributeDataType: "String", Required: true, Mutable: true },
        { Name: "email", AttributeDataType: "String", Required: true, Mutable: true },
      ],
    });
    expect(await refusalOf(signUp(strict, "bare"))).toEqual({
      name: "InvalidParameterException",
      message:
        "Attributes did not conform to the schema: email: The attribute is required\ngiven_name: The attribute is required\n",
    });
  });

  it("COD-11: is refused where only administrators make users", async () => {
    const closed = await plainPool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    expect(await refusalOf(signUp(closed, "me"))).toEqual({
      name: "NotAuthorizedException",
      message: "SignUp is not permitted for this user pool",
    });
  });

  it("COD-10: refuses a name that is taken, and tells of a weak password first", async () => {
    await signUp(pool, "taken");
    expect(await refusalOf(signUp(pool, "taken"))).toEqual({
      name: "UsernameExistsException",
      message: "User already exists",
    });
    expect((await refusalOf(signUp(pool, "taken", {}, "x"))).name).toBe("InvalidPasswordException");
  });

  it("COD-12: of one name by two at once makes one user", async () => {
    const folded = await plainPool({ UsernameConfiguration: { CaseSensitive: false } });
    const outcomes = await Promise.allSettled([
      signUp(folded, "Twice"),
      signUp(folded, "tWICE"),
      signUp(folded, "twice"),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason.name).toBe("UsernameExistsException");
    }
    expect((await house.api.adminGetUser({ UserPoolId: folded.UserPoolId, Username: "TWICE" })).Username).toBe("twice");
  });

  it("sends no code where nothing is verified by itself, and an administrator confirms", async () => {
    const manual = await plainPool({ AutoVerifiedAttributes: undefined });
    const answer = await signUp(manual, "manual", { email: "manual@example.com" });
    expect(answer.CodeDeliveryDetails).toBeUndefined();
    await house.api.adminConfirmSignUp({ UserPoolId: manual.UserPoolId, Username: "manual" });
    expect(await statusOf(manual, "manual")).toBe("CONFIRMED");
    const again = house.api.adminConfirmSignUp({ UserPoolId: manual.UserPoolId, Username: "manual" });
    expect(await refusalOf(again)).toEqual({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
    expect(
      await refusalOf(house.api.resendConfirmationCode({ ClientId: manual.ClientId, Username: "manual" })),
    ).toEqual({
      name: "InvalidParameterException",
      message: "User is already confirmed.",
    });
  });

  it("fails where a trigger would have to run, as Cognito does when it cannot be invoked", async () => {
    const triggered = await plainPool({
      LambdaConfig: { PreSignUp: "arn:aws:lambda:us-east-1:123456789012:function:f" },
    });
    expect(await refusalOf(signUp(triggered, "me"))).toEqual({
      name: "UnexpectedLambdaException",
      message: "PreSignUp invocation failed due to error ResourceNotFoundException.",
    });
  });
});

describe("a name", () => {
  it.each([
    [["email"], "not an address", "Username should be an email."],
    [["phone_number"], "jane@example.com", "Username should be a phone number."],
    [["email", "phone_number"], "jane", "Username should be either an email or a phone number."],
  ] as const)("in a pool of %j is refused when it is %s", async (attributes, name, message) => {
    const pool = await plainPool({ UsernameAttributes: [...attributes] });
    const Username = name.replaceAll(" ", "-");
    expect(await refusalOf(signUp(pool, Username))).toEqual({ name: "InvalidParameterException", message });
  });

  it("that is an e-mail address becomes the attribute, and the user is called by its sub", async () => {
    const pool = await plainPool({ UsernameAttributes: ["email"] });
    const { UserSub } = await signUp(pool, "jane@example.com");
    const user = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "jane@example.com" });
    expect(user.Username).toBe(UserSub);
    expect(user.UserAttributes).toContainEqual({ Name: "email", Value: "jane@example.com" });
    expect(await refusalOf(signUp(pool, "jane@example.com"))).toEqual({
      name: "UsernameExistsException",
      message: "An account with the given email already exists.",
    });
  });

  it("ATT-10: may not look like an alias of the pool, nor be somebody's sub", async () => {
    const pool = await plainPool({ AliasAttributes: ["email", "phone_number"] });
    expect(await refusalOf(signUp(pool, "victim@example.com"))).toEqual({
      name: "InvalidParameterException",
      message: "Username cannot be of email format, since user pool is configured for email alias.",
    });
    expect((await refusalOf(signUp(pool, "+4912345"))).name).toBe("InvalidParameterException");
    const { UserSub = "" } = await signUp(pool, "somebody");
    expect((await refusalOf(signUp(pool, UserSub))).name).toBe("UsernameExistsException");
  });

  it("ATT-06: as a verified alias has one holder, and moves only when that is forced", async () => {
    const pool = await plainPool({ AliasAttributes: ["email"] });
    const email = "shared@example.com";
    const confirm = async (Username: string, ForceAliasCreation?: boolean) => {
      house.clock.advance(1);
      await signUp(pool, Username, { email });
      const ConfirmationCode = await house.codeFor(email);
      return house.api.confirmSignUp({ ClientId: pool.ClientId, Username, ConfirmationCode, ForceAliasCreation });
    };
    await confirm("first");
    expect(await refusalOf(confirm("second"))).toEqual({
      name: "AliasExistsException",
      message: "An account with the email already exists.",
    });
    expect(await statusOf(pool, "second")).toBe("UNCONFIRMED");
    await confirm("third", true);
    const holder = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: email });
    expect(holder.Username).toBe("third");
    const former = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "first" });
    expect(former.UserAttributes).toContainEqual({ Name: "email_verified", Value: "false" });
  });

  it("ATT-09: is no alias after an administrator confirmed without a code", async () => {
    const pool = await plainPool({ AliasAttributes: ["email"] });
    await signUp(pool, "unproved", { email: "unproved@example.com" });
    await house.api.adminConfirmSignUp({ UserPoolId: pool.UserPoolId, Username: "unproved" });
    expect(
      await refusalOf(house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "unproved@example.com" })),
    ).toEqual({
      name: "UserNotFoundException",
      message: "User does not exist.",
    });
  });
});

describe("a code", () => {
  let pool: TestPool;
  const email = "code@example.com";
  const confirm = (ConfirmationCode: string, Username = "code") =>
    house.api.confirmSignUp({ ClientId: pool.ClientId, Username, ConfirmationCode });

  beforeAll(async () => {
    pool = await plainPool();
    await signUp(pool, "code", { email });
  });

  it("is void when a new one is sent, lapses after a day and works once", async () => {
    const first = await house.codeFor(email);
    house.clock.advance(1);
    await house.api.resendConfirmationCode({ ClientId: pool.ClientId, Username: "code" });
    const second = await house.codeFor(email);
    if (first !== second) expect((await refusalOf(confirm(first))).name).toBe("CodeMismatchException");
    house.clock.advance(24 * 60 * 60 * 1000);
    expect(await refusalOf(confirm(second))).toEqual({
      name: "ExpiredCodeException",
      message: "Invalid code provided, please request a code again.",
    });
    await house.api.resendConfirmationCode({ ClientId: pool.ClientId, Username: "code" });
    const third = await house.codeFor(email);
    const outcomes = await Promise.allSettled([confirm(third), confirm(third), confirm(third)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusalOf(confirm(third))).toEqual({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
  });

  it("may be guessed fifteen times an hour and resent five times", async () => {
    await signUp(pool, "guessed", { email: "guessed@example.com" });
    const limit = { name: "LimitExceededException", message: "Attempt limit exceeded, please try after some time." };
    const right = await house.codeFor("guessed@example.com");
    const wrong = right === "000000" ? "000001" : "000000";
    for (let tries = 0; tries < 15; tries++) {
      expect((await refusalOf(confirm(wrong, "guessed"))).name).toBe("CodeMismatchException");
    }
    expect(await refusalOf(confirm(right, "guessed"))).toEqual(limit);
    const resend = () => house.api.resendConfirmationCode({ ClientId: pool.ClientId, Username: "guessed" });
    for (let tries = 0; tries < 5; tries++) await resend();
    expect(await refusalOf(resend())).toEqual(limit);
    house.clock.advance(60 * 60 * 1000);
    await resend();
    await confirm(await house.codeFor("guessed@example.com"), "guessed");
  });

  it("COD-07: for nobody is told as the client wishes", async () => {
    const open = { name: "UserNotFoundException", message: "Username/client id combination not found." };
    expect(await refusalOf(confirm("123456", "nobody"))).toEqual(open);
    expect(await refusalOf(house.api.resendConfirmationCode({ ClientId: pool.ClientId, Username: "nobody" }))).toEqual(
      open,
    );
    const hiding = await plainPool({}, { PreventUserExistenceErrors: "ENABLED" });
    const hidden = house.api.confirmSignUp({
      ClientId: hiding.ClientId,
      Username: "nobody",
      ConfirmationCode: "123456",
    });
    expect(await refusalOf(hidden)).toEqual({
      name: "ExpiredCodeException",
      message: "Invalid code provided, please request a code again.",
    });
    const sent = await house.api.resendConfirmationCode({ ClientId: hiding.ClientId, Username: "nobody@example.com" });
    expect(sent.CodeDeliveryDetails).toEqual({
      Destination: "n***@e***",
      DeliveryMedium: "EMAIL",
      AttributeName: "email",
    });
    await expect(house.codeFor("nobody@example.com")).rejects.toThrow("Nothing was sent");
  });
});

describe("an administrator", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await plainPool();
  });

  it("creates a user, who is invited where a medium is named", async () => {
    const { User } = await create(pool, "invited", {
      MessageAction: undefined,
      DesiredDeliveryMediums: ["EMAIL"],
      TemporaryPassword: "Temp0rary!",
      UserAttributes: [
        { Name: "email", Value: "invited@example.com" },
        { Name: "email_verified", Value: "true" },
      ],
    });
    expect(User).toMatchObject({ Username: "invited", UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true });
    expect(await house.codeFor("invited@example.com")).toBe("Temp0rary!");
    expect(await refusalOf(create(pool, "invited"))).toEqual({
      name: "UsernameExistsException",
      message: "User account already exists",
    });
  });

  it("invites again only who has not come yet", async () => {
    await create(pool, "late");
    await create(pool, "late", { MessageAction: "RESEND" });
    await house.api.adminSetUserPassword({
      UserPoolId: pool.UserPoolId,
      Username: "late",
      Password: password,
      Permanent: true,
    });
    expect(await refusalOf(create(pool, "late", { MessageAction: "RESEND" }))).toEqual({
      name: "UnsupportedUserStateException",
      message: "Resend not possible. late status is not FORCE_CHANGE_PASSWORD",
    });
    expect((await refusalOf(create(pool, "nobody", { MessageAction: "RESEND" }))).name).toBe("UserNotFoundException");
  });

  it("is told of a weak temporary password in other words", async () => {
    expect(await refusalOf(create(pool, "weak", { TemporaryPassword: "short" }))).toEqual({
      name: "InvalidPasswordException",
      message: "Password did not conform with password policy: Password not long enough",
    });
  });

  it.each([
    [true, "CONFIRMED"],
    [false, "FORCE_CHANGE_PASSWORD"],
  ])("sets a password, permanent %s, and the status follows", async (Permanent, status) => {
    const Username = `set-${Permanent}`;
    await signUp(pool, Username);
    await house.api.adminSetUserPassword({ UserPoolId: pool.UserPoolId, Username, Password: password, Permanent });
    expect(await statusOf(pool, Username)).toBe(status);
  });

  it("PWD-15: cannot set a password that the history remembers", async () => {
    const remembering = await plainPool({ Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } });
    await create(remembering, "old", { TemporaryPassword: "passwords-1" });
    const set = (Password: string) => {
      house.clock.advance(1);
      return house.api.adminSetUserPassword({
        UserPoolId: remembering.UserPoolId,
        Username: "old",
        Password,
        Permanent: true,
      });
    };
    await set("passwords-2");
    const used = { name: "PasswordHistoryPolicyViolationException", message: "Password has previously been used" };
    expect(await refusalOf(set("passwords-1"))).toEqual(used);
    expect(await refusalOf(set("passwords-2"))).toEqual(used);
    await set("passwords-3");
    await set("passwords-1");
  });

  it("ATT-16: deletes a user, whose names are free at once and of whom nothing is left", async () => {
    const { UserSub: old } = await signUp(pool, "again", { email: "again@example.com" });
    const code = await house.codeFor("again@example.com");
    await house.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username: "again" });
    expect((await refusalOf(house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "again" }))).name).toBe(
      "UserNotFoundException",
    );
    const { UserSub: young } = await signUp(pool, "again");
    expect(young).not.toBe(old);
    const stale = house.api.confirmSignUp({ ClientId: pool.ClientId, Username: "again", ConfirmationCode: code });
    expect((await refusalOf(stale)).name).toBe("ExpiredCodeException");
  });
});

describe("listing users", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await plainPool();
    for (const [name, email, given] of [
      ["anna", "anna@example.com", "Anna"],
      ["annabel", "annabel@example.com", "Annabel"],
      ["bert", "bert@example.org", "Bert"],
      ["bertha", "bertha@example.org", "100%"],
    ] as const) {
      await create(pool, name, {
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "given_name", Value: given },
        ],
      });
    }
    await house.api.adminSetUserPassword({
      UserPoolId: pool.UserPoolId,
      Username: "bert",
      Password: password,
      Permanent: true,
    });
  });

  const list = async (Filter: string) =>
    (await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter })).Users?.map(
      ({ Username }) => Username,
    ).toSorted();

  it.each([
    ['username = "anna"', ["anna"]],
    ['username ^= "ann"', ["anna", "annabel"]],
    ['username = "ANNA"', []],
    ['email = "bert@example.org"', ["bert"]],
    ['email ^= "bert"', ["bert", "bertha"]],
    ['given_name ^= "100%"', ["bertha"]],
    ['given_name ^= "%"', []],
    ['given_name ^= "_"', []],
    ['cognito:user_status = "confirmed"', ["bert"]],
    ['cognito:user_status ^= "F"', ["anna", "annabel", "bertha"]],
    ['status = "Enabled"', ["anna", "annabel", "bert", "bertha"]],
    ['status = "enabled"', []],
    ['status = "Disabled"', []],
    ['email = "nobody"', []],
  ])("INJ-03: with %s finds %j", async (filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  it.each(["", 'email ^= ""', 'username ^= ""', 'cognito:user_status ^= ""', 'sub ^= ""'])(
    "page by page finds each once: %s",
    async (Filter) => {
      const found: (string | undefined)[] = [];
      let PaginationToken: string | undefined;
      do {
        const page = await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter, Limit: 1, PaginationToken });
        expect(page.Users?.length).toBeLessThanOrEqual(1);
        found.push(...(page.Users ?? []).map(({ Username }) => Username));
        PaginationToken = page.PaginationToken;
      } while (PaginationToken);
      expect(found.toSorted()).toEqual(["anna", "annabel", "bert", "bertha"]);
    },
  );

  it("takes a token only for the same question", async () => {
    const { PaginationToken } = await house.api.listUsers({ UserPoolId: pool.UserPoolId, Limit: 1 });
    const other = house.api.listUsers({
      UserPoolId: pool.UserPoolId,
      Limit: 1,
      PaginationToken,
      Filter: 'email ^= "a"',
    });
    expect(await refusalOf(other)).toEqual({ name: "InvalidParameterException", message: "Invalid Pagination Token" });
  });

  it("shows the attributes that are asked for, and refuses unknown ones", async () => {
    const UserPoolId = pool.UserPoolId;
    const { Users } = await house.api.listUsers({
      UserPoolId,
      Filter: 'username = "anna"',
      AttributesToGet: ["email"],
    });
    expect(Users?.[0]?.Attributes).toEqual([{ Name: "email", Value: "anna@example.com" }]);
    expect(await refusalOf(house.api.listUsers({ UserPoolId, AttributesToGet: ["nothing"] }))).toEqual({
      name: "InvalidParameterException",
      message: "One or more requested attributes do not exist.",
    });
  });
});
