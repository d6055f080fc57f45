/** The example's web server: three files for the browser, its settings, and the API below /api. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Api, openApi } from "./api.ts";
import type { ExampleSettings } from "./app/settings.ts";

/** What the example is told. */
export interface ExampleOptions extends ExampleSettings {
  /** The port to listen on; 0 takes a free one. */
  readonly port: number;
}

/** The example while it runs. */
export interface RunningExample {
  readonly url: string;
  close(): Promise<void>;
}

const fileOf = (name: string): string => fileURLToPath(new URL(`./app/${name}`, import.meta.url));

/** Scripts of the page itself and calls to its own origin and to the house: nothing else runs or is asked. */
const policyFor = (house: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ${house}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Bundles the page and serves it. */
export async function startExample({ port, ...settings }: ExampleOptions): Promise<RunningExample> {
  const { outputFiles } = await build({
    entryPoints: [fileOf("main.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  const files = new Map([
    ["/", { type: "text/html", text: readFileSync(fileOf("index.html"), "utf8") }],
    ["/style.css", { type: "text/css", text: readFileSync(fileOf("style.css"), "utf8") }],
    ["/main.js", { type: "text/javascript", text: outputFiles[0]?.text ?? "" }],
    ["/settings.json", { type: "application/json", text: JSON.stringify(settings) }],
  ]);
  const api = openApi(settings);
  const policy = policyFor(new URL(settings.issuer).origin);
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname.startsWith("/api/")) return answerApi(api, request, response);
    const file = files.get(pathname);
    response.writeHead(file ? 200 : 404, {
      "content-type": `${file?.type ?? "text/plain"};charset=UTF-8`,
      "content-security-policy": policy,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(file?.text ?? "Not found");
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** No note is longer than this. */
const bodyLimitBytes = 10_000;

async function answerApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyLimitBytes) {
      response.writeHead(413).end();
      return;
    }
    chunks.push(chunk);
  }
  const { status, body, challenge } = await api({
    method: request.method ?? "GET",
    path: request.url ?? "/",
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString(),
  });
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(challenge !== undefined && { "www-authenticate": challenge }),
  });
  response.end(JSON.stringify(body));
}
