/** What is wrong with a provider or with what it says, in the sentences that clients are told. */
import { OutgoingError } from "../lib/outgoing.ts";
import type { Provider } from "../providers/provider.ts";
import { FederationRefusal } from "./refusal.ts";

/** What of a provider was asked. */
export type Place = "discovery" | "token" | "keys" | "profile";

type Named = Pick<Provider, "name" | "type">;

const refuse = (description: string): FederationRefusal => new FederationRefusal("invalid_request", description);

const timeouts: Readonly<Record<Place, string>> = {
  discovery: "Read timed out",
  token: "Timeout occurred in calling IdP token endpoint",
  keys: "Timeout in calling jwks uri",
  profile: "Read timed out",
};

/** That a provider cannot be asked. Source: Cognito developer guide, errors of the authorization endpoint. */
function notReached(provider: Named, place: Place, error: OutgoingError): FederationRefusal {
  switch (error.reason) {
    case "timeout":
      return refuse(timeouts[place]);
    case "not reached":
      return refuse("Connection reset");
    case "not allowed":
    case "too much":
      // Unconfirmed; it says nothing of what is there.
      return refuse(`${provider.name} Error - no usable answer`);
  }
}

const asked: Readonly<Record<Place, string>> = {
  discovery: "configuration",
  token: "token",
  keys: "keys",
  profile: "user info",
};

/** That a provider refuses what it was asked. Google says why. Source: as above; for what is no token, unconfirmed. */
export const refusedThere = ({ name, type }: Named, place: Place, status: number, code?: string): FederationRefusal =>
  refuse(
    type === "Google" && code !== undefined
      ? `Google Error - ${status} ${code}`
      : `${name} Error - ${status} error getting ${asked[place]}`,
  );

/** That a provider's answer proves nothing: its tokens are not what they have to be. Unconfirmed sentence. */
export const provesNothing = ({ name }: Named): FederationRefusal => refuse(`${name} Error - invalid response`);

/** Source: RFC 6749 section 4.1.2.1: the characters of these parameters. */
const sayable = /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,500}$/;

/** What a provider sends a browser back with instead of a code. It is passed on to the client. */
export function sentBack({
  error,
  error_description,
}: Readonly<Record<string, string>>): FederationRefusal | undefined {
  if (error === undefined) return undefined;
  const code = /^[\w.-]{1,64}$/.test(error) ? error : "invalid_request";
  return new FederationRefusal(code, sayable.test(error_description ?? "") ? error_description : undefined);
}

/** The refusal that an error is, or that it was caused by. */
export function refusalIn(error: unknown): FederationRefusal | undefined {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    if (inner instanceof FederationRefusal) return inner;
    inner = inner.cause;
  }
  return undefined;
}

/** Runs a request to a provider. What does not come back is told as the place has it. */
export async function reaching<Result>(provider: Named, place: Place, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof OutgoingError ? notReached(provider, place, error) : error;
  }
}
