/** The listener: where requests come in. It takes its port before the house is ready and answers once it is. */
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createSecureContext, type SecureContextOptions, type TlsOptions } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import type { Settings } from "./settings.ts";

/**
 * Answers a request. `headers` are those of the wire, doubled ones twice, and `address` is the other end's, where there
 * was a wire.
 */
export type Answer = (
  request: Request,
  headers?: readonly (readonly [string, string])[],
  address?: string,
) => Promise<Response>;

/** What a listener proves itself with. */
export interface Tls {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** The certificate for another name that a client asks for, where there is one. */
  certificateFor?(name: string): Promise<{ readonly key: string; readonly cert: string } | undefined>;
}

export interface Listener {
  readonly port: number;
  /** Begins to answer. */
  open(answer: Answer): void;
  /** Goes on answering, but asks every client to let go of its connection. */
  drain(): void;
  /** Stops taking requests, and ends when those that came are answered. */
  close(): Promise<void>;
}

/** Requests whose head or body does not come in time hold a place that others need. */
const headTimeoutMilliseconds = 10_000;
const requestTimeoutMilliseconds = 30_000;

/**
 * Whoever closes an idle connection first may do it just as the other side sends a request, which is then lost. Balancers
 * and proxies keep theirs for a minute: this is longer.
 */
const idleTimeoutMilliseconds = 75_000;

/** How long answers that are under way may take when the house closes. */
const drainMilliseconds = 10_000;

const headerLimitBytes = 32 * 1024;

/** Listens, in the clear or with a certificate. @throws saying that the port is taken, and what to do. */
export async function listen(
  { host, port }: Pick<Settings, "host" | "port">,
  { tls, ownsProcess }: { readonly tls: Tls | undefined; readonly ownsProcess: boolean },
): Promise<Listener> {
  let answer: Answer = async () => new Response("Starting", { status: 503, headers: { "retry-after": "1" } });
  let isDraining = false;
  const underWay = new Set<ServerResponse>();
  const handler: RequestListener = (incoming, outgoing) => {
    underWay.add(outgoing);
    outgoing.on("close", () => underWay.delete(outgoing));
    if (isDraining) outgoing.shouldKeepAlive = false;
    void respond(incoming, outgoing);
  };
  // Who lets go with its answer cannot send a request just as its connection is closed.
  const drain = (): void => {
    isDraining = true;
    for (const outgoing of underWay) outgoing.shouldKeepAlive = false;
  };
  const respond = getRequestListener(
    (request, { incoming }) => answer(request, pairs(incoming.rawHeaders), incoming.socket.remoteAddress),
    {
      // The adapter's own Response is made in a tenth of the time, but it takes the place of the global one.
      overrideGlobalObjects: ownsProcess,
    },
  );
  const options = {
    headersTimeout: headTimeoutMilliseconds,
    requestTimeout: requestTimeoutMilliseconds,
    keepAliveTimeout: idleTimeoutMilliseconds,
    maxHeaderSize: headerLimitBytes,
    insecureHTTPParser: false,
  };
  const server = tls ? createTlsServer({ ...options, ...tlsOptions(tls) }, handler) : createServer(options, handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    open: (ready) => {
      answer = ready;
    },
    drain,
    close: () =>
      new Promise((resolve) => {
        drain();
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), drainMilliseconds).unref();
      }),
  };
}

/** A client that names another host is answered with that host's certificate. */
function tlsOptions({ key, cert, certificateFor }: Tls): SecureContextOptions & Pick<TlsOptions, "SNICallback"> {
  if (!certificateFor) return { key, cert };
  return {
    key,
    cert,
    SNICallback: (name, done) => {
      certificateFor(name.toLowerCase()).then(
        (found) => done(null, found && createSecureContext(found)),
        (error: Error) => done(error),
      );
    },
  };
}

/** The same error, or one that says which flag chooses another port. */
export function explain(error: Error, port: number, flag = "port"): Error {
  if (!("code" in error) || error.code !== "EADDRINUSE") return error;
  return new Error(`Port ${port} is in use. Stop what listens there, or choose another with --${flag}.`, {
    cause: error,
  });
}

function pairs(raw: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) found.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return found;
}
