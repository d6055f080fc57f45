/** The command line. Each command loads its own code, so that help and mistakes are answered at once. */
import { argv, exit, stderr } from "node:process";
import { Command, CommanderError, Option } from "commander";
import type { AlterGiven } from "./commands/alter.ts";
import type { UsersGiven } from "./commands/users.ts";
import { settingRows } from "./setting-rows.ts";
import type { Given } from "./settings.ts";

const program = new Command("poolhouse")
  .description("Amazon Cognito user pools on your own machine.")
  .exitOverride()
  .showHelpAfterError("(`poolhouse --help` lists the commands, `poolhouse <command> --help` their flags)");

/** For a flag that may be given again and again. */
const also = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Adds the flags of the settings table to a command. */
function withSettings(command: Command): Command {
  for (const { flag, value, variable, standard, meaning } of settingRows) {
    const shown = `${meaning} (${variable}${standard === "" ? "" : `, default ${standard}`})`;
    command.addOption(new Option(value === undefined ? `--${flag}` : `--${flag} <${value}>`, shown));
  }
  return command;
}

withSettings(program.command("dev").description("run for development: any credentials, mail in an inbox")).action(
  async (given: Given) => (await import("./commands/run.ts")).runDev(given),
);

withSettings(program.command("serve").description("run in production: verified signatures, a root key")).action(
  async (given: Given) => (await import("./commands/run.ts")).runServe(given),
);

const keys = program.command("keys").description("access keys that sign requests, and the root key");

keys
  .command("root <file>")
  .description("make a new root key")
  .action(async (file: string) => (await import("./commands/keys.ts")).makeRoot(file));

withSettings(
  keys
    .command("create")
    .description("make an access key; its secret is shown once")
    .addOption(new Option("--role <role>", "what it may do").choices(["admin", "read"]).makeOptionMandatory())
    .option("--pool <id>", "the only pool that it may touch"),
).action(async (given: Given) => (await import("./commands/keys.ts")).createKey(given));

withSettings(keys.command("list").description("list the access keys, without secrets")).action(async (given: Given) =>
  (await import("./commands/keys.ts")).listKeys(given),
);

withSettings(keys.command("disable <id>").description("disable an access key")).action(
  async (id: string, given: Given) => (await import("./commands/keys.ts")).disableKey(id, given),
);

withSettings(
  program
    .command("pages <poolId> [file]")
    .description("show what a pool's pages do beyond Cognito's, or set it from a file"),
).action(async (poolId: string, file: string | undefined, given: Given) => {
  const { setPages, showPages } = await import("./commands/pages.ts");
  return file === undefined ? showPages(poolId, given) : setPages(poolId, file, given);
});

withSettings(
  program
    .command("recovery-codes <poolId> <username>")
    .description("give a user who lost an authenticator new codes; they are shown once"),
).action(async (poolId: string, username: string, given: Given) =>
  (await import("./commands/pages.ts")).makeRecoveryCodes(poolId, username, given),
);

/** Adds the ways to name what a sealed file is opened with. */
const withSecret = (command: Command): Command =>
  withSettings(command)
    .option(
      "--passphrase-file <file>",
      "its first line is the passphrase (else POOLHOUSE_PASSPHRASE, or you are asked)",
    )
    .option("--key-file <file>", "a key of 32 bytes instead, as `poolhouse keys root` makes");

withSecret(
  program
    .command("export <poolId> <file>")
    .description("write a whole pool, with users and secrets, to a sealed file (- is standard output)")
    .option("--plain", "do not seal it: everything is in the clear")
    .option("--keep-sessions", "take along what signed-in users hold"),
).action(async (poolId: string, file: string, given: Given) =>
  (await import("./commands/export.ts")).runExport(poolId, file, given),
);

withSecret(
  program
    .command("import [file]")
    .description("make a pool of an exported file (- is standard input)")
    .option("--as <poolId>", "give it another id")
    .option(
      "--from-aws <poolId>",
      "read a live pool of Amazon instead of a file; --region says where if its id does not",
    )
    .option("--endpoint <address>", "where that pool is reached, if not at Amazon")
    .option("--no-users", "with --from-aws: leave its users there, for a migration trigger to fetch one by one")
    .option("--keep-sessions", "leave users signed in, where the export took that along"),
).action(async (file: string | undefined, given: Given) =>
  (await import("./commands/import.ts")).runImport(file, given),
);

withSettings(
  program
    .command("pool")
    .description("a pool as a whole")
    .command("alter <poolId>")
    .description("change what Cognito freezes, when the data allows it; else it says which users stand in the way")
    .option("--alias-attributes <list>", "email, phone_number, preferred_username, or none")
    .option("--username-attributes <list>", "email, phone_number, or none")
    .option("--case-sensitive <yes|no>", "whether case makes names different")
    .option("--attribute <change>", "such as 'custom:level min=1 max=none mutable=yes required=no'", also, [])
    .option("--rename <change>", "a custom attribute: custom:old=custom:new", also, [])
    .option("--remove <attribute>", "a custom attribute that nobody has a value of", also, [])
    .option("--drop-values", "remove the values too")
    .option("--dry-run", "only look whether anything stands in the way"),
).action(async (poolId: string, given: AlterGiven) => (await import("./commands/alter.ts")).runAlter(poolId, given));

withSettings(
  program
    .command("users <poolId>")
    .description("list users by conditions on any attribute, such as --where 'custom:team contains blue'")
    .option(
      "--where <condition>",
      "contains, equals, starts-with, is-set or is-unset; several must all be met",
      also,
      [],
    )
    .option("--show <attributes>", "which attributes the table shows (default email,phone_number,name)")
    .option("--limit <number>", "no more users than this")
    .option("--json", "one JSON object a line, with every attribute"),
).action(async (poolId: string, given: UsersGiven) => (await import("./commands/users.ts")).runUsers(poolId, given));

withSettings(
  program
    .command("audit")
    .description("show who did what: changes by administrators, and what users did to get in and out")
    .option("--pool <id>", "of this pool only")
    .option("--user <name>", "of this user only: its sub or, with --pool, any of its names")
    .option("--since <when>", "from this time on, or so long ago: 2026-05-01, 90m, 7d (default 1d)")
    .option("--json", "one JSON object a line")
    .option("--follow", "go on as it happens"),
).action(async (given: Given) => (await import("./commands/audit.ts")).runAudit(given));

withSettings(program.command("doctor").description("look for what is wrong with settings, keys and database")).action(
  async (given: Given) => (await import("./commands/doctor.ts")).runDoctor(given),
);

try {
  await program.parseAsync(argv);
} catch (error) {
  // Commander has told its own mistakes already.
  if (error instanceof CommanderError) exit(error.exitCode);
  stderr.write(`poolhouse: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}
