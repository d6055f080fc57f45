import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { makeDatabase } from "../../test/support/engine.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makePool, password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { sweep } from "../database/sweep.ts";
import { silentLog } from "../lib/log.ts";
import { readInbox } from "./inbox.ts";
import { claimMessages, countUndelivered, settleFailed, settleSent } from "./store.ts";
import { withoutTags } from "./texts.ts";

const open: TestHouse[] = [];

async function houseWith(...given: Parameters<typeof openTestHouse>): Promise<TestHouse> {
  const house = await openTestHouse(...given);
  open.push(house);
  return house;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const house of open.splice(0)) {
    await house.close();
    expect(house.errors).toEqual([]);
  }
});
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

const newest = async (house: TestHouse) => (await readInbox(house.app))[0];
const client = { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH" as const] };

describe("a message", () => {
  it("says what Cognito's says, with the code in it", async () => {
    const house = await houseWith();
    const pool = await makePool(house, { client });
    await house.api.signUp({ ClientId: pool.ClientId, Username: "a@example.com", Password: password });
    const message = await newest(house);
    expect(message).toMatchObject({
      subject: "Your verification code",
      body: `Your verification code is ${message?.code}. `,
    });
    house.clock.advance(1);
    await house.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: "b@example.com",
      TemporaryPassword: "Temp0rary!",
      DesiredDeliveryMediums: ["EMAIL"],
    });
    expect(await newest(house)).toMatchObject({
      subject: "Your temporary password",
      body: "Your username is b@example.com and temporary password is Temp0rary!. ",
      code: "Temp0rary!",
    });
  });

  it("says what the pool has set, by code and by link", async () => {
    const house = await houseWith();
    const template = {
      EmailSubject: "Hello",
      EmailMessage: "Type {####}, and again {####}.",
      EmailMessageByLink: "Press {##here##} now.",
      EmailSubjectByLink: "Press",
    };
    const byCode = await makePool(house, { client, pool: { VerificationMessageTemplate: template } });
    await house.api.signUp({ ClientId: byCode.ClientId, Username: "a@example.com", Password: password });
    const coded = await newest(house);
    expect(coded).toMatchObject({ subject: "Hello", body: `Type ${coded?.code}, and again ${coded?.code}.` });
    house.clock.advance(1);
    const byLink = await makePool(house, {
      client,
      pool: { VerificationMessageTemplate: { ...template, DefaultEmailOption: "CONFIRM_WITH_LINK" } },
    });
    await house.api.signUp({ ClientId: byLink.ClientId, Username: "a@example.com", Password: password });
    const linked = await newest(house);
    expect(linked?.code).toMatch(
      /^http:\/\/localhost:\d+\/walk-[\w-]+\/confirmUser\?client_id=.+&confirmation_code=\d{6}$/,
    );
    expect(linked).toMatchObject({ subject: "Press", body: `Press <a href="${linked?.code}">here</a> now.` });
  });

  it("takes the texts of the pool's trigger, and none that lack the code", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:message";
    let emailMessage = "Yours: {####}";
    const sources: string[] = [];
    const house = await houseWith(
      {},
      {
        triggers: {
          [arn]: (event: { triggerSource: string; response: object }) => {
            sources.push(event.triggerSource);
            return { ...event, response: { ...event.response, emailSubject: "Custom", emailMessage } };
          },
        },
      },
    );
    const pool = await makePool(house, { client, pool: { LambdaConfig: { CustomMessage: arn } } });
    const { ClientId } = pool;
    await house.api.signUp({ ClientId, Username: "a@example.com", Password: password });
    const message = await newest(house);
    expect(message).toMatchObject({ subject: "Custom", body: `Yours: ${message?.code}` });
    await house.api.resendConfirmationCode({ ClientId, Username: "a@example.com" });
    await pool.createUser("b@example.com");
    await house.api.forgotPassword({ ClientId, Username: "b@example.com" });
    expect(sources).toEqual(["CustomMessage_SignUp", "CustomMessage_ResendCode", "CustomMessage_ForgotPassword"]);
    for (const again of [
      () => house.api.signUp({ ClientId, Username: "a@example.com", Password: password }),
      () =>
        house.api.adminCreateUser({
          UserPoolId: pool.UserPoolId,
          Username: "b@example.com",
          DesiredDeliveryMediums: ["EMAIL"],
        }),
    ]) {
      expect((await refusalOf(again())).name).toBe("UsernameExistsException");
    }
    // Nothing is written to who is there already.
    expect(sources).toHaveLength(3);
    emailMessage = "Nothing in it";
    await expect(house.api.signUp({ ClientId, Username: "c@example.com", Password: password })).rejects.toMatchObject({
      name: "InvalidLambdaResponseException",
    });
    await expect(
      house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "c@example.com" }),
    ).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });
});

describe("INJ-09: a text that looks like a template", () => {
  const odd = [
    "{{7*7}}",
    "$" + "{7*7}",
    "#{7*7}",
    "<%=7*7%>",
    "{####}",
    "{username}",
    "{##here##}",
    "$&$1",
    "<b>&amp;",
  ];

  it.each(odd)("stays as it is where it is a name and a password: %s", async (text) => {
    const house = await houseWith();
    const template = "{username}|{####}|{{7*7}}$" + "{7*7}";
    const { UserPool } = await house.api.createUserPool({
      PoolName: "p",
      AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: template, EmailMessage: template } },
    });
    const invite = async (Username: string, medium: "EMAIL" | "SMS") => {
      house.clock.advance(1);
      await house.api.adminCreateUser({
        UserPoolId: UserPool?.Id,
        Username,
        TemporaryPassword: `Aa1!${text}`,
        DesiredDeliveryMediums: [medium],
        UserAttributes: [
          { Name: "email", Value: "a@example.com" },
          { Name: "phone_number", Value: "+14325551234" },
        ],
      });
      return newest(house);
    };
    const rest = "{{7*7}}$" + "{7*7}";
    expect((await invite(`s${text}`, "SMS"))?.body).toBe(`s${text}|Aa1!${text}|${rest}`);
    const mailed = await invite(`m${text}`, "EMAIL");
    expect(mailed?.code).toBe(`Aa1!${text}`);
    // Mail is HTML, in which a name makes no tags; who reads it as a text reads the name.
    expect(mailed?.body.includes("<")).toBe(false);
    expect(withoutTags(mailed?.body ?? "")).toBe(`m${text}|Aa1!${text}|${rest}`);
  });
});

describe("the inbox", () => {
  const list = async (house: TestHouse, query = ""): Promise<{ recipient: string; code: string; state: string }[]> =>
    JSON.parse(await (await fetch(`${house.url}/_poolhouse/inbox.json${query}`)).text()).messages;

  it("gives the newest message to somebody first, in one request", async () => {
    const house = await houseWith();
    const { ClientId } = await makePool(house, { client });
    for (const Username of ["a@example.com", "b@example.com"]) {
      await house.api.signUp({ ClientId, Username, Password: password });
      house.clock.advance(1);
    }
    await house.api.resendConfirmationCode({ ClientId, Username: "a@example.com" });
    expect((await list(house)).map(({ recipient }) => recipient)).toEqual([
      "a@example.com",
      "b@example.com",
      "a@example.com",
    ]);
    const [newest, older, ...more] = await list(house, "?to=a@example.com");
    expect([newest?.recipient, older?.recipient, more]).toEqual(["a@example.com", "a@example.com", []]);
    const ConfirmationCode = newest?.code;
    await house.api.confirmSignUp({ ClientId, Username: "a@example.com", ConfirmationCode });
    expect(await list(house, "?to=nobody@example.com")).toEqual([]);
  });

  it("keeps what was delivered for a day, and what waits until it is", async () => {
    const house = await houseWith();
    const { ClientId } = await makePool(house, { client });
    await house.api.signUp({ ClientId, Username: "a@example.com", Password: password });
    house.clock.advance(24 * 60 * 60 * 1000);
    await sweep(house.app.db, house.clock.now());
    expect(await list(house)).toHaveLength(1);
    house.clock.advance(1);
    await sweep(house.app.db, house.clock.now());
    expect(await list(house)).toEqual([]);
  });
});

/** A mail server that refuses the first few messages. */
async function smtpServer(refusals = 0): Promise<{ readonly received: string[]; readonly port: number }> {
  const received: string[] = [];
  let left = refusals;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, _session, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on("end", () => {
        if (left-- > 0) return done(new Error("Not now"));
        received.push(text);
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return { received, port: (server.server.address() as AddressInfo).port };
}

describe("delivery", () => {
  it("of what waited goes on after a restart, and what a node took with it is delivered by another", async () => {
    const place = await makeDatabase(true);
    const rootKey = randomBytes(32);
    const { received, port } = await smtpServer();
    const first = await openTestHouse({ database: place.address, smtp: "smtp://127.0.0.1:1" }, { rootKey });
    const { ClientId } = await makePool(first, { client });
    for (const Username of ["a@example.com", "b@example.com"]) {
      await first.api.signUp({ ClientId, Username, Password: password });
    }
    await first.app.outbox.deliver();
    await first.close();
    const second = await openTestHouse({ database: place.address, smtp: `smtp://127.0.0.1:${port}` }, { rootKey });
    const now = second.clock.now() + 60_000;
    // As a node that ended in the middle of it: it took one and never told what became of it.
    await claimMessages(second.app.db, { medium: "EMAIL", now, until: now + 60_000, limit: 1 });
    second.clock.advance(60_000);
    await second.app.outbox.deliver();
    expect(received).toHaveLength(1);
    second.clock.advance(60_000);
    await second.app.outbox.deliver();
    expect(received).toHaveLength(2);
    await second.close();
    await place.drop();
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  it("hands mail to the SMTP server, and tries again when it is refused", async () => {
    const { received, port } = await smtpServer(1);
    const house = await houseWith({
      smtp: `smtp://127.0.0.1:${port}`,
      "mail-from": "no-reply@acme.test",
      mailFrom: "no-reply@acme.test",
    });
    const pool = await makePool(house, { client });
    await house.api.signUp({ ClientId: pool.ClientId, Username: "a@example.com", Password: password });
    await house.app.outbox.deliver();
    expect(received).toEqual([]);
    expect(await newest(house)).toMatchObject({ state: "waiting" });
    await house.app.outbox.deliver();
    expect(received).toEqual([]);
    house.clock.advance(5_000);
    await house.app.outbox.deliver();
    expect(received).toHaveLength(1);
    expect(received[0]).toContain("To: a@example.com");
    expect(received[0]).toContain("From: no-reply@acme.test");
    expect(received[0]).toContain(await house.codeFor("a@example.com"));
    expect(await newest(house)).toMatchObject({ state: "sent" });
  });

  it("that fails is seen: in the log, the figures, the pool's own log and the inbox", async () => {
    const folder = mkdtempSync(join(tmpdir(), "poolhouse-messages-"));
    closing.push(async () => rmSync(folder, { recursive: true }));
    const file = join(folder, "messages.log");
    const LogGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:messages";
    const warnings: unknown[] = [];
    const warn = (fields: object, message: string): void => void warnings.push({ ...fields, message });
    const house = await houseWith(
      { smtp: "smtp://127.0.0.1:1", logDestinations: `${LogGroupArn}=file:${file}` },
      { log: { ...silentLog, warn } },
    );
    const { ClientId, UserPoolId } = await makePool(house, { client });
    const CloudWatchLogsConfiguration = { LogGroupArn };
    const line = { EventSource: "userNotification", LogLevel: "ERROR", CloudWatchLogsConfiguration } as const;
    await house.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations: [line] });
    await house.api.signUp({ ClientId, Username: "a@example.com", Password: password });
    await house.app.outbox.deliver();
    expect(warnings).toMatchObject([
      { poolId: UserPoolId, medium: "EMAIL", tries: 1, message: "a message was not delivered" },
    ]);
    expect(JSON.stringify(warnings)).not.toContain(await house.codeFor("a@example.com"));
    expect(await countUndelivered(house.app.db)).toEqual({ waiting: 1, failed: 0 });
    for (let tries = 2; tries <= 14; tries++) {
      house.clock.advance(5_000 * 2 ** (tries - 2));
      await house.app.outbox.deliver();
      await house.app.outbox.deliver();
    }
    expect(warnings.at(-1)).toMatchObject({ tries: 14, message: "a message was given up" });
    expect(await countUndelivered(house.app.db)).toEqual({ waiting: 0, failed: 1 });
    expect(await newest(house)).toMatchObject({ state: "failed" });
    await vi.waitFor(() => {
      const lines = readFileSync(file, "utf8").trimEnd().split("\n");
      expect(lines).toHaveLength(14);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({
        eventSource: "USER_NOTIFICATION",
        message: { details: expect.stringMatching(/^EMAIL was not delivered: /) },
      });
    });
  });

  it("COD-04: of a code follows its answer, which waits for no mail server", async () => {
    const sockets: Socket[] = [];
    let isEnding = false;
    const silent = createTcpServer((socket) => void (isEnding ? socket.destroy() : sockets.push(socket)));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const house = await houseWith({ smtp: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    const hiding = { ...client, PreventUserExistenceErrors: "ENABLED" as const };
    const { ClientId, createUser } = await makePool(house, { client: hiding });
    await createUser("somebody@example.com");
    const ask = (Username: string) => house.api.forgotPassword({ ClientId, Username });
    const connected = once(silent, "connection");
    await ask("somebody@example.com");
    expect(await newest(house)).toMatchObject({ recipient: "somebody@example.com", state: "waiting" });
    // From here on the server has been reached, and says nothing.
    await connected;
    const [again, nobodys] = [await ask("somebody@example.com"), await ask("someone@example.com")];
    expect(nobodys.CodeDeliveryDetails).toEqual(again.CodeDeliveryDetails);
    expect((await readInbox(house.app)).map(({ recipient, state }) => [recipient, state])).toEqual([
      ["somebody@example.com", "waiting"],
      ["somebody@example.com", "waiting"],
    ]);
    isEnding = true;
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it("waits for no other that hangs", async () => {
    const { received, port } = await smtpServer();
    const hook = createServer(() => undefined);
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const smsHook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    const house = await houseWith({ smtp: `smtp://127.0.0.1:${port}`, smsHook });
    const { UserPoolId } = await makePool(house, {
      pool: { UsernameAttributes: undefined, SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } },
    });
    const invite = (Username: string, medium: "EMAIL" | "SMS") =>
      house.api.adminCreateUser({
        UserPoolId,
        Username,
        DesiredDeliveryMediums: [medium],
        UserAttributes: [
          { Name: "email", Value: "a@example.com" },
          { Name: "phone_number", Value: "+14325551234" },
        ],
      });
    const asked = once(hook, "request");
    await invite("by-sms", "SMS");
    const delivering = house.app.outbox.deliver();
    await asked;
    await invite("by-mail", "EMAIL");
    await vi.waitFor(() => expect(received).toHaveLength(1));
    const another = once(hook, "request");
    await invite("by-sms-as-well", "SMS");
    await another;
    hook.closeAllConnections();
    await delivering;
    await new Promise((resolve) => hook.close(resolve));
  });

  it("of a node that was too slow changes nothing of what another has made of the message", async () => {
    const house = await houseWith({ smtp: "smtp://127.0.0.1:1" });
    const { ClientId } = await makePool(house, { client });
    await house.api.signUp({ ClientId, Username: "a@example.com", Password: password });
    const { db } = house.app;
    const now = house.clock.now();
    const [slow] = await claimMessages(db, { medium: "EMAIL", now, until: now + 1, limit: 1 });
    const [fast] = await claimMessages(db, { medium: "EMAIL", now: now + 1, until: now + 60_000, limit: 1 });
    if (!slow || !fast) throw new Error("The message was not there to be taken.");
    await settleFailed(db, slow, { state: "failed", nextTryAt: now });
    expect(await newest(house)).toMatchObject({ state: "waiting" });
    await settleSent(db, fast);
    await settleFailed(db, fast, { state: "waiting", nextTryAt: now });
    expect(await newest(house)).toMatchObject({ state: "sent" });
  });

  it("gives a message up after fourteen tries in half a day, each later than the one before", async () => {
    const house = await houseWith({ smtp: "smtp://127.0.0.1:1" });
    const pool = await makePool(house, { client });
    await house.api.signUp({ ClientId: pool.ClientId, Username: "a@example.com", Password: password });
    for (let tries = 1; tries <= 14; tries++) {
      // The outbox looks by itself as well: a look that is under way may have begun before the clock moved.
      await house.app.outbox.deliver();
      await house.app.outbox.deliver();
      expect((await newest(house))?.state).toBe(tries < 14 ? "waiting" : "failed");
      house.clock.advance(5_000 * 2 ** (tries - 1));
    }
  });

  it("posts SMS to the hook, signed", async () => {
    const posts: { body: string; signature: string | string[] | undefined }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        posts.push({ body, signature: request.headers["x-poolhouse-signature"] });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
    const house = await houseWith({ smsHook: hook, smsHookSecret: "shared" });
    const pool = await makePool(house, {
      client,
      pool: {
        UsernameAttributes: ["phone_number"],
        AutoVerifiedAttributes: ["phone_number"],
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
      },
    });
    await house.api.signUp({ ClientId: pool.ClientId, Username: "+14325551234", Password: password });
    await house.app.outbox.deliver();
    const code = await house.codeFor("+14325551234");
    expect(JSON.parse(posts[0]?.body ?? "{}")).toMatchObject({
      to: "+14325551234",
      text: `Your verification code is ${code}. `,
      poolId: pool.UserPoolId,
    });
    const { createHmac } = await import("node:crypto");
    expect(posts[0]?.signature).toBe(
      createHmac("sha256", "shared")
        .update(posts[0]?.body ?? "")
        .digest("hex"),
    );
  });

  it.each([
    ["the code", "CONFIRM_WITH_CODE"],
    ["the code, where the mail would have a link", "CONFIRM_WITH_LINK"],
  ] as const)("leaves it to the pool's own sender, with %s sealed for it", async (_what, DefaultEmailOption) => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:sender";
    const events: { triggerSource: string; request: { type: string; code: string } }[] = [];
    const house = await houseWith(
      {},
      { triggers: { [arn]: (event: (typeof events)[number]) => void events.push(event) } },
    );
    const pool = await makePool(house, {
      client,
      pool: {
        VerificationMessageTemplate: { DefaultEmailOption },
        LambdaConfig: {
          CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: arn },
          KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000",
        },
      },
    });
    await house.api.signUp({ ClientId: pool.ClientId, Username: "a@example.com", Password: password });
    await house.app.outbox.deliver();
    expect(events[0]).toMatchObject({
      triggerSource: "CustomEmailSender_SignUp",
      request: { type: "customEmailSenderRequestV1" },
    });
    const code = Buffer.from(events[0]?.request.code ?? "", "base64").toString();
    expect(code).toMatch(/^\d{6}$/);
    expect(await house.codeFor("a@example.com")).toMatch(new RegExp(`${code}$`));
    expect(await newest(house)).toMatchObject({ state: "sent" });
  });
});
