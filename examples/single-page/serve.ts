/**
 * Serves the example: its page, and the API that the page calls.
 *
 *   npm run example          (with Poolhouse running on its usual port)
 */
import { env, stdout } from "node:process";
import { startExample } from "./site.ts";

const site = await startExample({
  issuer: env["ISSUER"] ?? "http://localhost:7665/us-east-1_example",
  domain: env["DOMAIN"] ?? "http://localhost:7665/example",
  clientId: env["CLIENT_ID"] ?? "notebook",
  port: Number(env["PORT"] ?? "5173"),
});
stdout.write(`The example is ready on ${site.url}: sign in as jane@example.com with Passw0rd!\n`);
