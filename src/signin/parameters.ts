import { ApiError } from "../contract/errors.ts";
import type { Responses } from "./challenge.ts";

/** A parameter that must be there. @throws InvalidParameterException as Cognito words it. */
export function parameter(responses: Responses, name: string): string {
  const value = Object.hasOwn(responses, name) ? responses[name] : undefined;
  if (value) return value;
  throw new ApiError("InvalidParameterException", `Missing required parameter ${name}`);
}

/** A parameter that may be there. */
export const optionalParameter = (responses: Responses, name: string): string | undefined =>
  Object.hasOwn(responses, name) ? responses[name] : undefined;
