/** An endpoint that speaks Lambda's protocol, and whose functions answer or fail as a test tells them. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TriggerName } from "../../src/triggers/sources.ts";

/** What a function gets. */
export interface LambdaEvent {
  readonly triggerSource: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
}

/** What a function does with an event: its answer as text, or what it does instead. */
export type Behaviour =
  | { readonly answers: (event: LambdaEvent) => string }
  | { readonly throws: string }
  | { readonly refuses: number; readonly as: string }
  | "hangs"
  | "hangs up";

export interface LambdaStandIn {
  /** Where it listens, as a target of triggers. */
  readonly target: string;
  /** What the function of a trigger does from now on; without a behaviour, it gives back what it gets. */
  behave(name: TriggerName, behaviour?: Behaviour): void;
  /** How often the function of a trigger was called since it was last told how to behave. */
  callsOf(name: TriggerName): number;
  close(): Promise<void>;
}

/** Begins to listen. A function is named by the end of its ARN. */
export async function openLambdaStandIn(): Promise<LambdaStandIn> {
  const behaviours = new Map<string, Behaviour>();
  const calls = new Map<string, number>();
  const server = createServer((request, response) => {
    const name =
      decodeURIComponent(request.url ?? "")
        .split(/[:/]/)
        .at(-2) ?? "";
    calls.set(name, (calls.get(name) ?? 0) + 1);
    void text(request).then((body) => answer(response, JSON.parse(body), behaviours.get(name)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    target: `lambda:http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: (name, behaviour) => {
      calls.set(name, 0);
      if (behaviour === undefined) behaviours.delete(name);
      else behaviours.set(name, behaviour);
    },
    callsOf: (name) => calls.get(name) ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Source: AWS Lambda API reference, Invoke. */
function answer(response: ServerResponse, event: LambdaEvent, behaviour: Behaviour | undefined): void {
  if (behaviour === undefined) return void response.end(JSON.stringify(event));
  if (behaviour === "hangs") return;
  if (behaviour === "hangs up") return void response.destroy();
  if ("answers" in behaviour) return void response.end(behaviour.answers(event));
  if ("throws" in behaviour) {
    response.setHeader("x-amz-function-error", "Unhandled");
    return void response.end(JSON.stringify({ errorType: "Error", errorMessage: behaviour.throws, trace: [] }));
  }
  response.writeHead(behaviour.refuses, { "x-amzn-errortype": behaviour.as, "content-type": "application/json" });
  response.end(JSON.stringify({ Message: "no" }));
}
