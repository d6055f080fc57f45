/** Endpoints that clients post to and at which secrets, codes and tokens can be guessed. */
import { ApiError } from "../contract/errors.ts";
import { type Cost, returnedFor } from "../limits/by-address.ts";
import { answerTooMany, methodNotAllowed } from "./answers.ts";
import type { DomainRequest, Endpoint } from "./domain-request.ts";

/**
 * The endpoint, for posts alone, and for as many of one address as may be refused. `costOf` says what a request costs: a
 * proof, unless told otherwise.
 */
export const limitedByAddress =
  (endpoint: Endpoint, costOf: (at: DomainRequest) => Cost = () => "proof"): Endpoint =>
  async (at) => {
    if (at.request.method !== "POST") return methodNotAllowed("POST");
    try {
      const giveBack = at.app.addressLimit.count(at.origin.address);
      const answer = await endpoint(at);
      if (answer.ok) giveBack(returnedFor(costOf(at), false));
      return answer;
    } catch (error) {
      if (error instanceof ApiError && error.name === "TooManyRequestsException") return answerTooMany(error.message);
      throw error;
    }
  };
