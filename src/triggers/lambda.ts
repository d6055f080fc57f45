/** Functions of endpoints that speak Lambda's protocol, called by the SDK, which is loaded when the first is needed. */
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { answered, errorMessageOf } from "./answer-text.ts";
import { type Outcome, reasonOf, timedOut, uncallable, unreachable } from "./outcome.ts";

export interface LambdaEndpoints {
  /** Calls the function of this ARN at an address. A `#name` after the address calls the function by that name instead. */
  invoke(address: string, arn: string, event: object): Promise<Outcome>;
  close(): Promise<void>;
}

/** Endpoints on one's own machine take any credentials. Those of the environment are not sent to them. */
const localCredentials = { accessKeyId: "poolhouse", secretAccessKey: "poolhouse" };

/** The SDK's own limit of connections would let functions that hang keep those of others waiting. */
const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };

/** Opens the way to all endpoints. Connections are kept: one call costs less than making a client for it. */
export function openLambdaEndpoints(timeLimit: number): LambdaEndpoints {
  // As many as there are ARNs in the settings at most.
  const clients = new Map<string, Promise<LambdaClient>>();
  const clientFor = (endpoint: string, region: string): Promise<LambdaClient> => {
    const key = `${region} ${endpoint}`;
    const client = clients.get(key) ?? openClient(endpoint, region);
    clients.set(key, client);
    return client;
  };
  return {
    invoke: async (address, arn, event) => {
      const [endpoint = "", name = arn] = address.split("#");
      const client = await clientFor(endpoint, arn.split(":")[3] ?? "us-east-1");
      return invoke(client, name, JSON.stringify(event), AbortSignal.timeout(timeLimit));
    },
    close: async () => {
      for (const client of await Promise.all(clients.values())) client.destroy();
    },
  };
}

async function openClient(endpoint: string, region: string): Promise<LambdaClient> {
  const { LambdaClient } = await import("@aws-sdk/client-lambda");
  const requestHandler = { httpAgent: agent, httpsAgent: agent };
  return new LambdaClient({ endpoint, region, maxAttempts: 1, credentials: localCredentials, requestHandler });
}

async function invoke(client: LambdaClient, name: string, event: string, abortSignal: AbortSignal): Promise<Outcome> {
  const { InvokeCommand } = await import("@aws-sdk/client-lambda");
  try {
    const command = new InvokeCommand({ FunctionName: name, Payload: event });
    const { Payload, FunctionError } = await client.send(command, { abortSignal });
    const text = Payload?.transformToString() ?? "";
    if (FunctionError === undefined) return answered(text);
    return { kind: "threw", message: errorMessageOf(text) ?? FunctionError, why: text };
  } catch (error) {
    // The SDK calls a connection that is cut a time-out as well.
    if (abortSignal.aborted) return timedOut;
    const code = error instanceof Error ? error.name : "";
    const why = reasonOf(error);
    return /Exception$/.test(code) && code !== "ServiceException" ? uncallable(code, why) : unreachable(why);
  }
}
