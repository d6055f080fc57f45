import { defineConfig } from "vitest/config";

/** Tests that need no database, and so run once. */
const pure = [
  "src/lib/**/*.test.ts",
  "src/contract/**/*.test.ts",
  "src/tls/**/*.test.ts",
  "src/triggers/invoke.test.ts",
  "test/contract/**/*.test.ts",
  "test/tidy.test.ts",
  "src/**/*.rules.test.ts",
  "src/database/sqlite.test.ts",
];

/** Tests that speak the protocol, and so run on both engines. */
const housed = ["src/**/*.test.ts", "test/{clients,oidc,races,recorded,security}/**/*.test.ts"];

const onEngine = (engine: "sqlite" | "postgres") => ({
  extends: true as const,
  test: { name: engine, include: housed, exclude: pure, provide: { engine } },
});

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    // Files share a process: no test may leave anything behind.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: ["test/support/global-setup.ts"],
    reporters: ["default", "./test/support/reporter.ts"],
    projects: [
      { extends: true, test: { name: "unit", include: pure, provide: { engine: "sqlite" } } },
      onEngine("sqlite"),
      onEngine("postgres"),
      { extends: true, test: { name: "faults", include: ["test/faults/**/*.test.ts"], provide: { engine: "sqlite" } } },
      {
        extends: true,
        test: {
          name: "command",
          include: ["test/command/**/*.test.ts", "examples/tests/*.test.ts"],
          provide: { engine: "sqlite" },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          provide: { engine: "sqlite" },
          // A browser that shares two cores with everything else now and then paints, focuses or starts a moment late.
          retry: 1,
        },
      },
    ],
  },
});
