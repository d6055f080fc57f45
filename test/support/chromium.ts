/** A real browser for the tests: the machine's Chromium, or the one that an npm package brings. It is never skipped. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import bundled from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What keeps the browser quiet on a machine without a network and usable as root. */
const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** With the first two the packaged browser ends when its first page is closed; the others switch off what is tested. */
const harmful: ReadonlySet<string> = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

/** Starts a browser. @throws saying what to install where there is none. */
export async function openBrowser(): Promise<Browser> {
  const folders = (env["PATH"] ?? "").split(":");
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  const executablePath = env["CHROMIUM_PATH"] ?? installed ?? (await bundled.executablePath());
  if (!existsSync(executablePath)) {
    throw new Error("The tests need Chromium: install Debian's package chromium, or name one with CHROMIUM_PATH.");
  }
  const args = installed ? quiet : [...bundled.args.filter((flag) => !harmful.has(flag)), ...quiet];
  return chromium.launch({ executablePath, args });
}
