/**
 * The process that the outbox test ends without warning: a house that queues messages, prints the id of each once it is
 * committed, and delivers them all the while. `drain` queues nothing and ends when nothing waits any more. `planted`
 * takes each message for delivered before it was sent: the test must find that out.
 *
 *   node <bundle of this file> <queue | drain | planted> <settings as JSON> <hours>
 */
import { argv, stdout } from "node:process";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { withTransaction } from "../../src/database/transact.ts";
import { type House, openHouse } from "../../src/house.ts";
import { hour } from "../../src/lib/clock.ts";
import { makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import { queueMessage, toEmail, toPhone } from "../../src/messages/message.ts";
import { openOutbox } from "../../src/messages/outbox.ts";
import { countUndelivered } from "../../src/messages/store.ts";
import { smsHook, smtpTransport, type Transport } from "../../src/messages/transports.ts";
import type { Pool } from "../../src/pools/pool.ts";
import { findPool } from "../../src/pools/store.ts";
import { readSettings, type Settings } from "../../src/settings.ts";

const [, , mode = "", given = "{}", hours = "0"] = argv;
const { rootKey, ...values }: Record<string, string> = JSON.parse(given);
const settings = readSettings("dev", { port: "0", ...values }, {});
const writers = 8;
/** What each writer leaves to be delivered: more would only make the last process run for longer. */
const messages = 30;

// Each process runs hours after the one before, so that nothing that it left has to be waited for.
let later = Number(hours) * hour;
const clock = { now: (): number => Date.now() + later };
const house = await openHouse(settings, {
  rootKey: Buffer.from(rootKey ?? "", "hex"),
  clock,
  makeKeyPair: makeRsaKeyPair,
});

/** Says that a message was handed over, and hands it over afterwards. */
const tooEarly = (transport: Transport): Transport => ({
  send: async (message) => void transport.send(message).catch(() => undefined),
});

/** The house with an outbox that has the bug that the test must find. */
function withBug({ app }: House, { smtp, mailFrom, smsHook: hook, smsHookSecret }: Settings): House["app"] {
  app.outbox.close();
  const transports = {
    EMAIL: tooEarly(smtpTransport(smtp, mailFrom)),
    SMS: tooEarly(smsHook(hook, smsHookSecret)),
  };
  const bugged: House["app"] = { ...app, outbox: openOutbox(() => bugged, transports) };
  return bugged;
}

async function poolOf({ app, url: endpoint }: House): Promise<Pool> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const api = new CognitoIdentityProvider({ endpoint, region: "us-east-1", credentials });
  const { UserPools = [] } = await api.listUserPools({ MaxResults: 1 });
  const id = UserPools[0]?.Id ?? (await api.createUserPool({ PoolName: "p" })).UserPool?.Id ?? "";
  const pool = await findPool(app.db, id);
  if (!pool) throw new Error("The pool is gone.");
  return pool;
}

async function write(app: House["app"], pool: Pool, writer: number): Promise<void> {
  for (let count = 0; count < messages; count++) {
    const name = `${hours}-${writer}-${count}`;
    const delivery = writer % 2 === 0 ? toEmail(`${name}@example.com`) : toPhone("+14325551234");
    const event = { source: "SignUp", code: name, userName: name, userAttributes: {} } as const;
    const content = { subject: name, body: name, code: name };
    await withTransaction(app, (inside) => queueMessage(inside, pool, { delivery, content, event }));
    // A pipe is written at once: what was printed has left the process.
    stdout.write(`${name}\n`);
  }
}

const app = mode === "planted" ? withBug(house, settings) : house.app;
const pool = await poolOf(house);
stdout.write("ready\n");
if (mode === "drain") {
  while ((await countUndelivered(app.db)).waiting > 0) {
    await app.outbox.deliver();
    later += hour;
  }
  await house.close();
} else {
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(app, pool, writer)));
}
