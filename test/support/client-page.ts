/** The page of a client that browsers come back to. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The page, and where a browser finds it. */
export interface ClientPage {
  readonly callback: string;
  close(): Promise<void>;
}

/** Opens the page on a free port. */
export async function openClientPage(): Promise<ClientPage> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><html lang=en><title>Client</title><h1>Back at the client</h1></html>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    callback: `http://localhost:${(server.address() as AddressInfo).port}/callback`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
