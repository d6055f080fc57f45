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

const findInstalled = (): string | undefined =>
  (env["PATH"] ?? "")
    .split(":")
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(existsSync);

/** Unpacks the packaged browser where it is needed, once for a run: two processes that unpack it at the same time write over each other. */
export async function prepareBrowser(): Promise<void> {
  if (!env["CHROMIUM_PATH"] && !findInstalled()) await bundled.executablePath();
}

/** The flag by which a browser trusts certificates that a key with this fingerprint has signed. */
export const trusting = (fingerprint: string): string => `--ignore-certificate-errors-spki-list=${fingerprint}`;

/** Starts a browser, with further flags. @throws saying what to install where there is none. */
export async function openBrowser(...flags: readonly string[]): Promise<Browser> {
  const installed = findInstalled();
  const executablePath = env["CHROMIUM_PATH"] ?? installed ?? (await bundled.executablePath());
  if (!existsSync(executablePath)) {
    throw new Error("The tests need Chromium: install Debian's package chromium, or name one with CHROMIUM_PATH.");
  }
  const args = installed ? quiet : [...bundled.args.filter((flag) => !harmful.has(flag)), ...quiet];
  return chromium.launch({ executablePath, args: [...args, ...flags] });
}
