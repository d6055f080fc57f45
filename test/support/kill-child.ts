/**
 * The process that the kill test ends without warning: eight writers keep rows and print the id of each that was
 * acknowledged. `planted` prints it before it is: the test must find that out.
 *
 *   node test/support/kill-child.ts <file> <round> [planted]
 */

import { argv, stdout } from "node:process";
import { openDatabase } from "../../src/database/open.ts";
import { silentLog } from "../../src/lib/log.ts";

const [, , file = "", round = "0", mode = ""] = argv;
const writers = 8;

const { db } = await openDatabase({ address: file, onFatal: () => undefined, log: silentLog });
stdout.write("ready\n");

async function write(writer: number): Promise<void> {
  for (let count = 0; ; count++) {
    const name = `${round}-${writer}-${count}`;
    const kept = db.insertInto("store_facts").values({ name, value: "kept" }).execute();
    if (mode !== "planted") await kept;
    // A pipe is written at once: what was printed has left the process.
    stdout.write(`${name}\n`);
    await kept;
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
