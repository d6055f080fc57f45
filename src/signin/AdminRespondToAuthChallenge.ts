import { contextOfAdmin } from "../events/context.ts";
import { clientOperation } from "../operation.ts";
import { respond } from "./flows.ts";

/** Answers a challenge by an administrator's call. */
export const AdminRespondToAuthChallenge = clientOperation("AdminRespondToAuthChallenge", (app, subject, request) =>
  respond(
    app,
    { ...subject, isAdmin: true },
    {
      challenge: request.ChallengeName,
      session: request.Session,
      responses: request.ChallengeResponses ?? {},
      clientMetadata: request.ClientMetadata,
      context: contextOfAdmin(request.ContextData),
    },
  ),
);
