/** A wire between a house and its database that can be cut, be held up, or swallow what is sent. */
import { connect, createServer, type Socket } from "node:net";

/** A wire that leads to a server. */
export interface Wire {
  readonly port: number;
  /** Ends every connection; new ones are taken. */
  cut(): void;
  /** From now on nothing comes through, in either direction, on old connections and new ones. */
  swallow(): void;
  /** Lets through again what comes from now on. Connections that have lost something are ended. */
  mend(): void;
  /** Ends the connection that next sends a text that contains this, after the text has gone through. */
  cutAfter(text: string): void;
  /** How many connections there are. */
  count(): number;
  close(): Promise<void>;
}

/** Opens a wire to a port of the loopback. */
export async function openWire(target: number): Promise<Wire> {
  const ends = new Set<Socket>();
  let isSwallowing = false;
  let cutAfter: Buffer | undefined;
  const pass = (from: Socket, to: Socket, isAsking: boolean): void => {
    ends.add(from);
    from.on("error", () => undefined);
    from.on("close", () => {
      ends.delete(from);
      to.destroy();
    });
    from.on("data", (bytes: Buffer) => {
      if (isSwallowing) return;
      if (!isAsking || !cutAfter || !bytes.includes(cutAfter)) {
        to.write(bytes);
        return;
      }
      cutAfter = undefined;
      // The server gets it and acts; its answer finds nobody.
      to.write(bytes, () => from.destroy());
    });
  };
  const server = createServer((client) => {
    const behind = connect(target, "127.0.0.1");
    pass(client, behind, true);
    pass(behind, client, false);
  });
  const cut = (): void => {
    for (const end of ends) end.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    cut,
    swallow: () => {
      isSwallowing = true;
    },
    mend: () => {
      if (isSwallowing) cut();
      isSwallowing = false;
    },
    cutAfter: (text) => {
      cutAfter = Buffer.from(text);
    },
    count: () => ends.size / 2,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
