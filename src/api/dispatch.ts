/**
 * The JSON API: one POST, one JSON object, one operation. The room owns the way of a request from the wire to an
 * operation and back, signatures and token access. It knows no rule of any operation.
 *
 * The order of the steps is a fact about Cognito that its model does not state: a request of a wrong shape is told so
 * before its pool is looked up, and an unsigned one is refused before its shape is looked at.
 */
import { isReading } from "../access/access-key.ts";
import type { App } from "../app.ts";
import { accessOf, errorsOf, isOperationName } from "../contract/contract.ts";
import { ApiError } from "../contract/errors.ts";
import { checkAnswer, serialize } from "../contract/serialize.ts";
import type { OperationName } from "../contract/types.gen.ts";
import { parseRequest } from "../contract/validate.ts";
import type { Origin } from "../events/context.ts";
import { atCost, costOf } from "../limits/by-address.ts";
import { type Caller, checkMayCall, claimedKeyOf, identifyCaller, poolNamedBy } from "./caller.ts";
import { isOnRecord, onRecord, refusingOnRecord } from "./on-record.ts";
import { operations } from "./operations.ts";
import type { SignedRequest } from "./signature.ts";
import { findSubject } from "./subject.ts";

const targetPrefix = "AWSCognitoIdentityProviderService.";

/** A call as it came: the `X-Amz-Target` header, the body, and what its signature covers. */
export interface Call {
  readonly target: string | undefined;
  readonly body: Uint8Array;
  readonly request: SignedRequest;
  readonly origin: Origin;
  /** As the answer names it. */
  readonly requestId: string;
}

/** Runs one call and gives the text to answer with. @throws ApiError with what to refuse it with. */
export async function dispatch(app: App, call: Call): Promise<string> {
  const name = operationOf(call.target);
  const told: Told = { requestId: call.requestId, operation: name, address: call.origin.address };
  try {
    const caller = accessOf(name) === "signed" ? await admit(app, name, call) : undefined;
    told.accessKey = caller?.key?.id;
    await app.limits.checkOperation(caller?.region ?? app.settings.region, name);
    const input = parseRequest(name, parseJson(call.body));
    told.poolId = poolNamedBy(input);
    const answer = await run(app, name, { ...call, caller, input }).catch((error: unknown) => {
      checkErrorName(app, name, error);
      throw error;
    });
    tell(app, name, { ...told, outcome: "ok" });
    return answer;
  } catch (error) {
    tell(app, name, { ...told, outcome: error instanceof Error ? error.name : "unknown" });
    throw error;
  }
}

/** What the log says of a call: who, on what, and how it ended. Nothing that a request holds beside the pool's id. */
interface Told {
  readonly requestId: string;
  readonly operation: OperationName;
  readonly address: string | undefined;
  accessKey?: string | undefined;
  poolId?: string | undefined;
}

/** Each administrative change is told of before it is answered, refused ones too; all else only who debugs wants. */
function tell(app: App, name: OperationName, fields: Told & { readonly outcome: string }): void {
  if (accessOf(name) === "signed" && !isReading(name)) app.log.info(fields, "an administrative call");
  else app.log.debug(fields, "a call");
}

/** The operation that `X-Amz-Target` names. @throws UnknownOperationException, as a 400 so that SDKs do not retry. */
function operationOf(target: string | undefined): OperationName {
  const name = target?.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : "";
  if (!isOperationName(name)) throw new ApiError("UnknownOperationException");
  return name;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    throw new ApiError("SerializationException");
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A call once it is known who makes it and what it says. */
interface Parsed extends Pick<Call, "origin" | "requestId"> {
  readonly caller: Caller | undefined;
  readonly input: object;
}

/** Who signed a call. A refused signature is on record, with the key that was claimed. */
function admit(app: App, name: OperationName, { request, origin, requestId }: Call): Promise<Caller> {
  const claim = { name, accessKeyId: claimedKeyOf(request), input: {}, origin, requestId };
  return refusingOnRecord(app, claim, () => identifyCaller(app, request));
}

async function run(app: App, name: OperationName, { caller, input, origin, requestId }: Parsed): Promise<string> {
  const recorded = { name, accessKeyId: caller?.accessKeyId, input, origin, requestId };
  if (caller) await refusingOnRecord(app, recorded, () => checkMayCall(app, caller, name, input));
  const operation = operations[name];
  if ("reason" in operation) throw new ApiError("OperationNotEnabledException", operation.reason);
  const find = () => findSubject(app, operation, caller, input);
  // The table pairs each operation with the input and subject of its own name and kind; TypeScript cannot follow the
  // pairing through an index, so the dispatcher vouches for it here, once.
  const runOperation = operation.run as (
    app: App,
    subject: unknown,
    input: object,
    error: typeof raise,
    origin: Origin,
  ) => unknown;
  const serve = async (): Promise<unknown> => {
    const subject = caller && isOnRecord(name) ? await refusingOnRecord(app, recorded, find) : await find();
    return onRecord(app, recorded, subject, async () => runOperation(app, subject, input, raise, origin));
  };
  const costly = { address: origin.address, cost: costOf(name), isSignedIn: holdsTokens };
  const answer = accessOf(name) === "none" ? await atCost(app, costly, serve) : await serve();
  if (app.settings.mode === "dev") reportDrift(app, name, answer);
  return serialize(name, answer);
}

const holdsTokens = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  "AuthenticationResult" in answer &&
  Boolean(answer.AuthenticationResult);

const raise = (name: ApiError["name"], message: string): ApiError => new ApiError(name, message);

/** Says in the log where an answer breaks the contract: a bug of ours that a client library may not forgive. */
function reportDrift(app: App, name: OperationName, answer: unknown): void {
  const faults = checkAnswer(name, answer);
  if (faults.length > 0) app.log.error({ operation: name, faults }, "answer breaks the contract");
}

/** Errors that any operation may answer with although the model does not list them everywhere. */
const everywhere: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "InvalidParameterException",
  // The quotas on codes hold wherever a code is sent or tried, in a sign-in too.
  "LimitExceededException",
  "NotAuthorizedException",
  "ResourceNotFoundException",
  "TooManyRequestsException",
  "OperationNotEnabledException",
  // Whoever names a user may name one that is not there; the model forgets it for the devices of a user.
  "UserNotFoundException",
]);

function checkErrorName(app: App, name: OperationName, error: unknown): void {
  if (!(error instanceof ApiError) || app.settings.mode !== "dev") return;
  if (errorsOf(name).has(error.name) || everywhere.has(error.name)) return;
  app.log.error({ operation: name, error: error.name }, "error is not in the contract of the operation");
}
