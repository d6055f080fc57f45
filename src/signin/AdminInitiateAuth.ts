import { contextOfAdmin } from "../events/context.ts";
import { clientOperation } from "../operation.ts";
import { initiate } from "./flows.ts";

/** Begins a sign-in by an administrator's call, or refreshes. */
export const AdminInitiateAuth = clientOperation("AdminInitiateAuth", (app, subject, request) =>
  initiate(
    app,
    { ...subject, isAdmin: true },
    {
      flow: request.AuthFlow,
      parameters: request.AuthParameters ?? {},
      session: request.Session,
      clientMetadata: request.ClientMetadata,
      context: contextOfAdmin(request.ContextData),
    },
  ),
);
