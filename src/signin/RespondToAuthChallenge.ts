import { contextOfUser } from "../events/context.ts";
import { publicOperation } from "../operation.ts";
import { respond } from "./flows.ts";

/** Answers a challenge by a public call. */
export const RespondToAuthChallenge = publicOperation(
  "RespondToAuthChallenge",
  (app, subject, request, _error, origin) =>
    respond(
      app,
      { ...subject, isAdmin: false },
      {
        challenge: request.ChallengeName,
        session: request.Session,
        responses: request.ChallengeResponses ?? {},
        clientMetadata: request.ClientMetadata,
        context: contextOfUser(subject.client, request.UserContextData, origin),
      },
    ),
);
