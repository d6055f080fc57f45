/** Who signed a call, and whether they may make it. */
import { findAccessKey } from "../access/access.ts";
import { type AccessKey, denial, mayCall } from "../access/access-key.ts";
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { OperationName } from "../contract/types.gen.ts";
import { isLoopbackName } from "../lib/network.ts";
import { poolArnOf } from "../pools/pool.ts";
import { parsePoolArn } from "../tags/tagged.ts";
import { checkSignature, readSignature, type SignedRequest } from "./signature.ts";

/** The signer of a call. In dev mode there is no key behind it: any well-formed credentials are the developer's own. */
export interface Caller {
  /** The region of the credential scope: pools are made, found and listed in it. */
  readonly region: string;
  readonly key: AccessKey | undefined;
  /** The id that the signature names. */
  readonly accessKeyId: string;
}

/** The access key that a request claims to be signed with; undefined where nothing of that can be read. */
export function claimedKeyOf(request: SignedRequest): string | undefined {
  try {
    return readSignature(request).accessKeyId;
  } catch {
    // What is wrong with the signature is said when it is checked.
    return undefined;
  }
}

/**
 * Reads, and outside dev mode verifies, the signature of a call.
 * @throws ApiError with the refusals of AWS's front: missing, incomplete, unknown key, wrong or expired signature.
 */
export async function identifyCaller(app: App, request: SignedRequest): Promise<Caller> {
  const claimed = readSignature(request);
  if (app.settings.mode === "dev") {
    checkOwnPage(app, request);
    return { region: claimed.region, accessKeyId: claimed.accessKeyId, key: undefined };
  }
  const found = await findAccessKey(app, claimed.accessKeyId);
  checkSignature(claimed, request, found?.secretAccessKey, app.clock.now());
  return { region: claimed.region, accessKeyId: claimed.accessKeyId, key: found?.key };
}

/**
 * In dev mode any credentials are the developer's own, also those that a page elsewhere makes up while the developer
 * looks at it: signed calls are taken from pages of this machine alone. A program sends no origin.
 * @throws AccessDeniedException
 */
function checkOwnPage({ settings }: App, { headers }: SignedRequest): void {
  const origins = headers.filter(([name]) => name.toLowerCase() === "origin").map(([, value]) => value);
  const isOwn = (origin: string): boolean => {
    const host = URL.canParse(origin) && /^https?:/.test(origin) ? new URL(origin).hostname : "";
    return isLoopbackName(host) || host === new URL(settings.publicUrl).hostname;
  };
  if (origins.every(isOwn)) return;
  throw new ApiError("AccessDeniedException", "In dev mode, signed calls are taken from pages of this machine alone.");
}

/** The pool that a request names by its id or its ARN. */
export function poolNamedBy(input: object): string | undefined {
  if ("UserPoolId" in input && typeof input.UserPoolId === "string") return input.UserPoolId;
  if ("ResourceArn" in input && typeof input.ResourceArn === "string") return parsePoolArn(input.ResourceArn)?.poolId;
  return undefined;
}

/** Refuses what the caller's key does not allow. @throws AccessDeniedException */
export function checkMayCall(app: App, caller: Caller, operation: OperationName, input: object): void {
  if (!caller.key) return;
  const poolId = poolNamedBy(input);
  if (mayCall(caller.key, operation, poolId)) return;
  const resource = poolId ? poolArnOf(poolId, caller.region, app.settings.account) : "*";
  throw new ApiError("AccessDeniedException", denial(caller.key, operation, resource, app.settings.account));
}
