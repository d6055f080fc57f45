/** The page of a client that browsers come back to. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { share } from "./share.ts";

/** The page, and where a browser finds it. */
export interface ClientPage {
  readonly callback: string;
  close(): Promise<void>;
}

/** The page, for all tests of a file. */
export const useClientPage = (): ClientPage => share(openClientPage, (client) => client.close());

/** Opens the page on a free port. */
async function openClientPage(): Promise<ClientPage> {
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
