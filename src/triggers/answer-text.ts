/** What a function answered over a network, read from its text. */
import { parseObject } from "../lib/json-object.ts";
import type { Outcome } from "./outcome.ts";

/** The outcome of a function that answered this. */
export function answered(text: string): Outcome {
  try {
    return { kind: "answered", event: JSON.parse(text) };
  } catch {
    // The caller has a sentence for what is no JSON.
    return { kind: "not-json" };
  }
}

/** The words of a function that failed, where it said any. Source: AWS Lambda, errors of a runtime. */
export function errorMessageOf(text: string): string | undefined {
  const { errorMessage } = parseObject(text) ?? {};
  return errorMessage === undefined ? undefined : String(errorMessage);
}
