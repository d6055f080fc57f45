import type { ExceptionName } from "./types.gen.ts";

/**
 * Errors of the protocol itself, which no operation lists: they come from the front of the service (signatures,
 * dispatch, parsing). Source: user-pools fact sheet 1.5.
 */
export type ProtocolErrorName =
  | "SerializationException"
  | "UnknownOperationException"
  | "MissingAuthenticationTokenException"
  | "IncompleteSignatureException"
  | "InvalidSignatureException"
  | "UnrecognizedClientException"
  | "ExpiredTokenException"
  | "AccessDeniedException"
  | "RequestEntityTooLargeException";

export type ErrorName = ExceptionName | ProtocolErrorName;

/** A refusal that the caller sees: `{"__type": name, "message": message}` with its status. */
export class ApiError extends Error {
  override readonly name: ErrorName;
  /** HTTP status: 400 for what the caller did, 500 for the two names that the contract marks as faults. */
  readonly status: number;

  constructor(name: ErrorName, message?: string, status?: number) {
    super(message ?? "");
    this.name = name;
    this.status = status ?? (name === "InternalErrorException" || name === "InternalServerException" ? 500 : 400);
  }
}
