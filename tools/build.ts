/**
 * Makes dist/: the command as one file, which starts in half the time of many, the package's entry, and the notices of
 * what is bundled into both.
 *
 *   node tools/build.ts
 */
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { stdout } from "node:process";
import { type BuildOptions, build } from "esbuild";
import { noticesOf } from "./notices.ts";

const common = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  outdir: "dist",
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
  legalComments: "linked",
  logLevel: "warning",
  metafile: true,
  // A native module, one that pg looks for and does without, and what is needed by few and loaded when it is.
  external: [
    "@node-rs/argon2",
    "pg-native",
    "@peculiar/x509",
    "reflect-metadata",
    "@simplewebauthn/server",
    "@simplewebauthn/server/helpers",
    "@aws-sdk/client-lambda",
    "@aws-sdk/client-cognito-identity-provider",
    "nodemailer",
    "@node-rs/bcrypt",
    "qrcode",
    "csv-parse",
    "prom-client",
    "@node-saml/node-saml",
    "openid-client",
  ],
  // Bundled packages in the old module format ask for Node's own modules at run time.
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module";const require = makeRequire(import.meta.url);',
  },
} satisfies BuildOptions;

/**
 * What is started. Older Nodes cannot load the command at all, for they lack modules that it imports: this says so in
 * words. And Node keeps compiled only what is loaded after it was told to.
 */
const command = `#!/usr/bin/env node
const { node } = process.versions;
if (Number.parseInt(node, 10) < 24) {
  process.stderr.write("poolhouse: it needs Node 24 or newer, and this is " + node + ".\\n");
  process.exit(1);
}
const { enableCompileCache } = await import("node:module");
enableCompileCache();
await import("./main.js");
`;

rmSync("dist", { recursive: true, force: true });
const { metafile: ofCommand } = await build({ ...common, entryPoints: ["src/main.ts"], minifySyntax: true });
const { metafile: ofEntry } = await build({ ...common, entryPoints: ["src/poolhouse.ts"] });
writeFileSync("dist/NOTICES.txt", noticesOf([...Object.keys(ofCommand.inputs), ...Object.keys(ofEntry.inputs)]));
writeFileSync("dist/command.js", command);
chmodSync("dist/command.js", 0o755);
stdout.write("dist/ is built.\n");
