/** The scripts of package.json that run until they are told to end. */
import { spawn } from "node:child_process";
import { env } from "node:process";
import { describe, expect, it } from "vitest";

describe("npm run example", () => {
  it("ends when npm is told to, although npm's shell does not say so", { timeout: 60_000 }, async () => {
    const npm = spawn("npm", ["run", "--silent", "example"], {
      env: { PATH: env["PATH"], HOME: env["HOME"], PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
      // A group of its own, so that whatever a failure leaves behind can be ended.
      detached: true,
    });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        npm.stdout.on("data", (data) => resolve(/http:\S+\//.exec(String(data))?.[0] ?? ""));
        npm.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
      });
      expect((await fetch(url)).status).toBe(200);
      npm.removeAllListeners("exit");
      npm.kill("SIGTERM");
      const isServed = () => fetch(url).then(Boolean, () => false);
      await expect.poll(isServed, { timeout: 10_000, interval: 100 }).toBe(false);
    } finally {
      endGroup(npm.pid);
    }
  });
});

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left, as it should be.
  }
}
