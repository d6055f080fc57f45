import { contextOfUser } from "../events/context.ts";
import { publicOperation } from "../operation.ts";
import { initiate } from "./flows.ts";

/** Begins a sign-in by a public call, or refreshes. */
export const InitiateAuth = publicOperation("InitiateAuth", (app, subject, request, _error, origin) =>
  initiate(
    app,
    { ...subject, isAdmin: false },
    {
      flow: request.AuthFlow,
      parameters: request.AuthParameters ?? {},
      session: request.Session,
      clientMetadata: request.ClientMetadata,
      context: contextOfUser(subject.client, request.UserContextData, origin),
    },
  ),
);
