/** The figures, kept by prom-client, which is loaded only where somebody reads them. */
import type { Gauge } from "prom-client";
import type { Collector, Gauges } from "./metrics.ts";

/** From a cached answer to one that waited for its turn at the password hash. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Begins to count. What the process uses (memory, processor, the event loop's delay) is counted with it. */
export async function openCollector(gauges: Gauges): Promise<Collector> {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "poolhouse_requests_total",
    help: "Requests that were answered, by operation and outcome.",
    labelNames: ["door", "operation", "outcome"],
    registers,
  });
  const refused = new Counter({
    name: "poolhouse_requests_refused_total",
    help: "Requests that were refused because their address tried too much, or the database had too much to do.",
    labelNames: ["reason"],
    registers,
  });
  const durations = new Histogram({
    name: "poolhouse_request_duration_seconds",
    help: "From the head of a request to its answer.",
    labelNames: ["door", "operation"],
    buckets: durationBuckets,
    registers,
  });
  const underWay = new Gauge({
    name: "poolhouse_requests_in_flight",
    help: "Requests that are being answered.",
    registers,
  });
  const look = watch(gauges, (name, help) => new Gauge({ name, help, labelNames: ["state"], registers }));
  return {
    begin: () => {
      underWay.inc();
      const startedAt = performance.now();
      return ({ door, operation, outcome }) => {
        underWay.dec();
        requests.inc({ door, operation, outcome });
        durations.observe({ door, operation }, (performance.now() - startedAt) / 1000);
      };
    },
    refuse: (reason) => refused.inc({ reason }),
    read: async () => {
      await look();
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}

/** Gives what looks at everything that waits, just before it is read: the figures are then of one moment. */
function watch(gauges: Gauges, gauge: (name: string, help: string) => Gauge<"state">): () => Promise<void> {
  const hashes = gauge("poolhouse_password_hashes", "Password hashes that are being made, and that wait.");
  const powers = gauge("poolhouse_srp_powers", "Powers of SRP that are being computed or wait.");
  const connections = gauge("poolhouse_database_connections", "Connections to PostgreSQL, and who waits for one.");
  const isUp = gauge("poolhouse_database_up", "Whether the database answered when this was read.");
  const messages = gauge("poolhouse_messages", "Mail and SMS that wait to be delivered, and that were given up.");
  const setStates = (of: typeof messages, counts: object = {}): void => {
    of.reset();
    for (const [state, count] of Object.entries(counts)) of.set({ state }, count);
  };
  return async () => {
    setStates(hashes, gauges.hashes());
    powers.set(gauges.powers());
    setStates(connections, gauges.connections());
    // That the database is away is one of the figures, and no reason to withhold the others.
    const counts = await gauges.messages().catch(() => undefined);
    isUp.set(counts ? 1 : 0);
    setStates(messages, counts);
  };
}
