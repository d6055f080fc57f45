/**
 * Puts calls on record: one place for all operations. A record is begun before the operation runs and ended before it is
 * answered, so a change that was acknowledged has its record whole, and one in which the process died has its beginning.
 */
import { isReading } from "../access/access-key.ts";
import type { App } from "../app.ts";
import { type Act, type Actor, begun, finishAct, recordAct, succeeded, type Target } from "../audit/act.ts";
import type { OperationName } from "../contract/types.gen.ts";
import { DatabaseBusyError } from "../database/busy.ts";
import type { Origin } from "../events/context.ts";
import type { SubjectKind, Subjects } from "../operation.ts";
import { poolNamedBy } from "./caller.ts";

/** Operations whose acts are recorded where they happen, for the pages as for the API, with what came of them. */
const tellThemselves: ReadonlySet<OperationName> = new Set<OperationName>([
  "InitiateAuth",
  "RespondToAuthChallenge",
  "SignUp",
  "ResendConfirmationCode",
  "ForgotPassword",
  "ConfirmForgotPassword",
  "ChangePassword",
  "RevokeToken",
  // These two hand out what counts for nothing before it is proved.
  "AssociateSoftwareToken",
  "StartWebAuthnRegistration",
  "VerifySoftwareToken",
  "CompleteWebAuthnRegistration",
]);

/** Operations that read by their name and yet do something. */
const doSomething: ReadonlySet<OperationName> = new Set<OperationName>(["GetUserAttributeVerificationCode"]);

/** Operations that change much by their name and yet do no more than their tokens allow, many times an hour. */
const doNothingNew: ReadonlySet<OperationName> = new Set<OperationName>(["GetTokensFromRefreshToken"]);

/** Whether each call of an operation is on record: whatever changes something or shows a secret. */
export const isOnRecord = (name: OperationName): boolean =>
  doSomething.has(name) || !(isReading(name) || tellThemselves.has(name) || doNothingNew.has(name));

/** A call, as far as a record tells of it. */
export interface RecordedCall {
  readonly name: OperationName;
  /** The access key that signed it, if any did. */
  readonly accessKeyId: string | undefined;
  readonly input: object;
  readonly origin: Origin;
  readonly requestId?: string;
}

/** Runs an operation with its record around it. */
export async function onRecord<Answer>(
  app: App,
  call: RecordedCall,
  subject: Subjects[SubjectKind],
  run: () => Promise<Answer>,
): Promise<Answer> {
  if (!isOnRecord(call.name)) return run();
  const act = actOf(call, subject);
  const id = await recordAct(app, { ...act, outcome: begun });
  let answer: Answer;
  try {
    answer = await run();
  } catch (error) {
    await finishAct(app, id, { outcome: nameOf(error) });
    throw error;
  }
  await finishAct(app, id, { outcome: succeeded, made: madeBy(act, call.input, answer) });
  return answer;
}

function nameOf(error: unknown): string {
  if (error instanceof DatabaseBusyError) return "TooManyRequestsException";
  return error instanceof Error && "status" in error ? error.name : "InternalErrorException";
}

/** Runs a step that decides whether a call is let in, and puts a refusal on record; so many a second at most. */
export async function refusingOnRecord<Result>(
  app: App,
  call: RecordedCall,
  step: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    const allowance = app.recordedRefusals();
    if (allowance.isGranted) {
      const { passedOver } = allowance;
      const details = passedOver > 0 ? { passedOver } : {};
      await recordAct(app, { ...actOf(call, undefined), outcome: nameOf(error), details });
    }
    throw error;
  }
}

function actOf(call: RecordedCall, subject: Subjects[SubjectKind] | undefined): Act {
  const { name, accessKeyId, input, origin, requestId } = call;
  const { pool, client, sub } = idsOf(subject);
  return {
    name,
    actor: actorOf(accessKeyId, sub),
    pool: pool ?? poolNamedBy(input) ?? null,
    userSub: sub ?? null,
    target: { ...(client !== undefined && { ClientId: client }), ...targetOf(input) },
    outcome: begun,
    requestId,
    address: origin.address,
    details: { members: Object.keys(input), ...attributesOf(input) },
  };
}

/** The ids of what a call is about. */
function idsOf(subject: Subjects[SubjectKind] | undefined): {
  readonly pool?: string;
  readonly client?: string;
  readonly sub?: string;
} {
  if (!subject || !("pool" in subject)) return {};
  return {
    pool: subject.pool.id,
    ...("client" in subject && { client: subject.client.id }),
    ...("user" in subject && { sub: subject.user.sub }),
  };
}

function actorOf(accessKeyId: string | undefined, sub: string | undefined): Actor {
  if (accessKeyId !== undefined) return { kind: "key", id: accessKeyId };
  return sub === undefined ? { kind: "anybody" } : { kind: "user", id: sub };
}

/** Members that name something by an id or a name that is no person's and no secret. Users are named by their sub. */
const naming: ReadonlySet<string> = new Set([
  "ClientSecretId",
  "CredentialId",
  "DeviceKey",
  "Domain",
  "EventId",
  "GroupName",
  "Identifier",
  "JobId",
  "ManagedLoginBrandingId",
  "ProviderName",
  "RegionName",
  "ResourceArn",
  "SessionId",
  "TermsId",
]);

/** Once it is known to be a client's, and no secret that was put in its place. */
const namingWhatExists: ReadonlySet<string> = new Set([...naming, "ClientId"]);

const targetOf = (input: object, names = naming): Target =>
  Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) =>
      names.has(name) && typeof value === "string" ? [[name, value]] : [],
    ),
  );

/** The longest name of an attribute that a record repeats; the contract has none longer. */
const longestName = 64;

/** The names of the attributes that a request is about. */
function attributesOf(input: object): { readonly attributes?: readonly string[] } {
  const { UserAttributes, UserAttributeNames, CustomAttributes, AttributeName }: Record<string, unknown> = { ...input };
  const named = [UserAttributes, CustomAttributes, UserAttributeNames, AttributeName]
    .flat()
    .map((item) => (typeof item === "object" && item !== null && "Name" in item ? item.Name : item))
    .filter((name) => typeof name === "string")
    .map((name) => name.slice(0, longestName));
  return named.length === 0 ? {} : { attributes: named };
}

/** What an answer tells of what was made: it had no id when the record was begun. */
function madeBy(
  { pool, userSub, target }: Act,
  input: object,
  answer: unknown,
): Partial<Pick<Act, "pool" | "userSub" | "target">> {
  const parts = typeof answer === "object" && answer !== null ? Object.values(answer) : [];
  const records = parts.filter((part) => typeof part === "object" && part !== null);
  const [madePool] = records.flatMap((part) => ("Id" in part && typeof part.Id === "string" ? [part.Id] : []));
  const [madeSub] = records.flatMap((part) => ("Attributes" in part ? subIn(part.Attributes) : []));
  return {
    ...(pool === null && madePool !== undefined && { pool: madePool }),
    ...(userSub === null && madeSub !== undefined && { userSub: madeSub }),
    target: Object.assign({}, ...[...records, input].map((part) => targetOf(part, namingWhatExists)), target),
  };
}

const subIn = (attributes: unknown): string[] =>
  Array.isArray(attributes)
    ? attributes.flatMap((attribute: { readonly Name?: unknown; readonly Value?: unknown }) =>
        attribute.Name === "sub" && typeof attribute.Value === "string" ? [attribute.Value] : [],
      )
    : [];
