/** The listener of the metrics: a port of its own, which nobody reaches who was not let. */
import { createServer } from "node:http";
import { explain } from "./listener.ts";
import type { Collector } from "./metrics/metrics.ts";

/** A metrics port that is being listened on. */
export interface MetricsListener {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers `GET /metrics` and nothing else. @throws saying that the port is taken, and what to do. */
export async function listenForMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  collector: Collector,
): Promise<MetricsListener> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
      return;
    }
    void collector.read().then(({ text, type }) => response.writeHead(200, { "content-type": type }).end(text));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, port, "metrics-port")));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
