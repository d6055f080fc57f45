/** The wire of the JSON API: what a call looks like in HTTP and how answers and errors are written. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { DatabaseBusyError } from "../database/busy.ts";
import type { Origin } from "../events/context.ts";
import { bodyLimitOf, checkDepth, readBody } from "./body.ts";
import { dispatch } from "./dispatch.ts";
import type { SignedRequest } from "./signature.ts";

const jsonType = "application/x-amz-json-1.1";

/** A request of the JSON API, with headers as they stood on the wire: doubled ones are seen as two. */
export interface ApiRequest {
  readonly request: Request;
  readonly headers: readonly (readonly [string, string])[];
  readonly origin: Origin;
}

/**
 * Any web page may call the API, without credentials of the browser. Source: AWS SDKs and Amplify call it cross-origin;
 * the values of Cognito's own headers are unconfirmed.
 */
const crossOrigin = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};

/** Answers a preflight: any origin, the headers that were asked for, for two days. */
export function answerPreflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    status: 200,
    headers: {
      ...crossOrigin,
      "access-control-allow-methods": "POST,OPTIONS",
      "access-control-allow-headers":
        asked ??
        "authorization,content-type,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent,amz-sdk-request,amz-sdk-invocation-id",
      "access-control-max-age": "172800",
      vary: "Access-Control-Request-Headers",
    },
  });
}

/** Answers one call of the JSON API. Never throws: a bug is logged with the request's id and answered as a 500. */
export async function answerCall(app: App, { request, headers, origin }: ApiRequest): Promise<Response> {
  const requestId = app.random.uuid();
  const contentType = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (contentType !== jsonType) return unknownContentType(requestId);
  try {
    const target = onlyTarget(headers);
    const body = await readBody(request, bodyLimitOf(target));
    checkDepth(body);
    app.admit();
    const answer = await dispatch(app, {
      target,
      body,
      request: signedRequest(request, headers, body),
      origin,
      requestId,
    });
    return new Response(answer, { status: 200, headers: answerHeaders(requestId) });
  } catch (error) {
    return refuse(app, requestId, error);
  }
}

/** Two targets, one of them perhaps unsigned, are none. */
function onlyTarget(headers: ApiRequest["headers"]): string | undefined {
  const targets = headers.filter(([name]) => name.toLowerCase() === "x-amz-target");
  return targets.length === 1 ? targets[0]?.[1] : undefined;
}

function signedRequest(request: Request, headers: ApiRequest["headers"], body: Uint8Array): SignedRequest {
  const { pathname, search } = new URL(request.url);
  return { method: request.method, path: pathname, query: search.slice(1), headers, body };
}

const answerHeaders = (requestId: string): Record<string, string> => ({
  ...crossOrigin,
  "content-type": jsonType,
  "cache-control": "no-store",
  "x-amzn-requestid": requestId,
});

function refuse(app: App, requestId: string, error: unknown): Response {
  const known = refusalOf(app, error);
  if (!known) app.log.error({ requestId, err: error }, "a call failed for a reason of our own");
  const { name, message, status } = known ?? new ApiError("InternalErrorException", "Internal error");
  const headers = new Headers(answerHeaders(requestId));
  headers.set("x-amzn-errortype", `${name}:`);
  if (message) headers.set("x-amzn-errormessage", headerText(message));
  // A second is what most clients wait anyway. Source: RFC 9110 section 10.2.3.
  if (name === "TooManyRequestsException") headers.set("retry-after", "1");
  if (status === 413) headers.set("connection", "close");
  return new Response(JSON.stringify({ __type: name, ...(message && { message }) }), { status, headers });
}

/** What the caller is told; undefined for a bug. */
function refusalOf({ metrics }: App, error: unknown): ApiError | undefined {
  if (!(error instanceof DatabaseBusyError)) return error instanceof ApiError ? error : undefined;
  metrics.refuse("database");
  return new ApiError("TooManyRequestsException", "Too many requests");
}

/** Clients and proxies take heads of some kilobytes only; the whole message is in the body. */
const headerTextLimit = 1_000;

/** A header holds no line breaks and only Latin-1: anything else stands as a space or a question mark. */
const headerText = (message: string): string =>
  message
    .slice(0, headerTextLimit)
    .replace(/[\r\n]+/g, " ")
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();

/** Source: observed on a sister service for a missing or foreign content type. */
function unknownContentType(requestId: string): Response {
  return new Response("<UnknownOperationException/>\n", {
    status: 404,
    headers: { ...crossOrigin, "x-amzn-requestid": requestId, "content-type": "application/xml" },
  });
}
