import { publicOperation } from "../operation.ts";
import { respond } from "./flows.ts";

/** Answers a challenge by a public call. */
export const RespondToAuthChallenge = publicOperation("RespondToAuthChallenge", (app, subject, request) =>
  respond(
    app,
    { ...subject, isAdmin: false },
    {
      challenge: request.ChallengeName,
      session: request.Session,
      responses: request.ChallengeResponses ?? {},
      clientMetadata: request.ClientMetadata,
    },
  ),
);
