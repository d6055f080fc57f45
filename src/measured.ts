/** What the metrics call a request: one of few names, whatever a client sends. */
import type { App } from "./app.ts";
import { isOperationName } from "./contract/contract.ts";
import type { Answer } from "./listener.ts";
import { type Answered, noMetrics } from "./metrics/metrics.ts";

/** Answers as `answer` does, and counts it. `isEndpoint` says which paths below a domain there are. */
export function measured(app: App, answer: Answer, isEndpoint: (path: string) => boolean): Answer {
  // Nothing is looked up that nobody reads: asking an answer for its headers is what costs.
  if (app.metrics === noMetrics) return answer;
  return async (request, headers, address) => {
    const end = app.metrics.begin();
    const response = await answer(request, headers, address);
    end({ ...nameOf(request, isEndpoint), outcome: outcomeOf(response) });
    return response;
  };
}

function nameOf(request: Request, isEndpoint: (path: string) => boolean): Omit<Answered, "outcome"> {
  const { pathname } = new URL(request.url);
  if (pathname === "/") {
    const operation = request.headers.get("x-amz-target")?.split(".", 2)[1] ?? "";
    return { door: "api", operation: isOperationName(operation) ? operation : "unknown" };
  }
  const below = pathname.replace(/^\/[^/]*/, "");
  if (/^\/\.well-known\/(jwks\.json|openid-configuration)$/.test(below)) return { door: "pool", operation: below };
  const endpoint = [pathname, below].find(isEndpoint);
  return endpoint === undefined ? { door: "house", operation: "other" } : { door: "domain", operation: endpoint };
}

/** The JSON API names its errors in a header; elsewhere the status has to do. */
function outcomeOf(response: Response): string {
  const error = response.headers.get("x-amzn-errortype");
  if (error !== null) return error.replace(/:$/, "");
  return response.headers.has("x-amzn-requestid") && response.ok ? "ok" : String(response.status);
}
