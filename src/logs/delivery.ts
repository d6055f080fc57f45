/**
 * Logs: where a pool sends lines about messages that were not delivered and about what its users do. The room owns the
 * configuration, the line and the way to its destination; whether something is worth a line is decided where it happens.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type {
  EventSourceName,
  LogConfigurationType,
  LogDeliveryConfigurationType,
  LogLevel,
} from "../contract/types.gen.ts";
import { TooManyWaitingError } from "../lib/turns.ts";
import type { Pool } from "../pools/pool.ts";

/** Source: Cognito API reference, LogConfigurationType: each source has one level. */
const levelOf: Readonly<Record<EventSourceName, LogLevel>> = { userNotification: "ERROR", userAuthEvents: "INFO" };

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** What the configurations of a pool must agree in. @throws InvalidParameterException, FeatureUnavailableInTierException */
export function checkLogConfigurations(pool: Pool, configurations: readonly LogConfigurationType[]): void {
  const sources = configurations.map(({ EventSource }) => EventSource);
  const repeated = sources.filter((source, index) => sources.indexOf(source) < index);
  if (repeated.length > 0) {
    throw invalid(`Following event sources appear more then once in a request: [${repeated.join(", ")}]`);
  }
  for (const configuration of configurations) checkLogConfiguration(pool, configuration);
}

/** Unconfirmed: the sentences but the one on tiers. */
function checkLogConfiguration({ settings }: Pool, configuration: LogConfigurationType): void {
  const { EventSource: source, LogLevel: level } = configuration;
  if (level !== levelOf[source]) throw invalid(`The log level of ${source} must be ${levelOf[source]}.`);
  if (source === "userAuthEvents" && settings.UserPoolTier !== "PLUS") {
    throw new ApiError(
      "FeatureUnavailableInTierException",
      `The following feature is not available for the ${settings.UserPoolTier} pricing tier configured: Log Streaming`,
    );
  }
  if (destinationsOf(configuration).length !== 1) throw invalid(`${source} must have exactly one destination.`);
  if (source === "userNotification" && configuration.CloudWatchLogsConfiguration?.LogGroupArn === undefined) {
    throw invalid("The destination of userNotification must be a CloudWatch log group.");
  }
}

/** The ARNs that a configuration names. */
const destinationsOf = (configuration: LogConfigurationType): string[] =>
  [
    configuration.CloudWatchLogsConfiguration?.LogGroupArn,
    configuration.S3Configuration?.BucketArn,
    configuration.FirehoseConfiguration?.StreamArn,
  ].filter((arn) => arn !== undefined);

/** The configurations of a pool as the API shows them. */
export const describeLogDelivery = ({ id, settings }: Pick<Pool, "id" | "settings">): LogDeliveryConfigurationType => ({
  UserPoolId: id,
  LogConfigurations: [...(settings.logs ?? [])],
});

/** The names of the sources in a line. */
const namesInLines: Readonly<Record<EventSourceName, string>> = {
  userNotification: "USER_NOTIFICATION",
  userAuthEvents: "USER_ACTIVITY",
};

/**
 * Sends a line to where the pool wants lines of this source, if anywhere, after the request: delivery is best effort,
 * and a line that nobody takes is lost. `message` holds what happened, without secrets.
 * Source: Cognito developer guide, exporting logs from user pools.
 */
export function deliverEvent(
  app: Pick<App, "clock" | "log" | "background" | "logDestinations">,
  pool: Pool,
  source: EventSourceName,
  message: object,
): void {
  const configuration = pool.settings.logs?.find(({ EventSource }) => EventSource === source);
  const [arn] = configuration ? destinationsOf(configuration) : [];
  if (arn === undefined) return;
  const line = JSON.stringify({
    eventTimestamp: String(app.clock.now()),
    eventSource: namesInLines[source],
    logLevel: levelOf[source],
    message,
    logSourceId: { userPoolId: pool.id },
  });
  app.background(
    app.logDestinations.write(arn, line).catch((error: unknown) => {
      const why = error instanceof TooManyWaitingError ? "too many lines wait" : "its destination did not take it";
      app.log.warn({ poolId: pool.id, arn, err: error }, `a line of a pool's log was lost: ${why}`);
    }),
  );
}
