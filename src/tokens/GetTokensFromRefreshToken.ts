import { provesClient } from "../clients/secret.ts";
import { publicOperation } from "../operation.ts";
import { refresh } from "./refresh.ts";
import { refreshResult } from "./result.ts";

/** Refreshes, with or without rotation. The client proves itself by its secret rather than by a hash. */
export const GetTokensFromRefreshToken = publicOperation(
  "GetTokensFromRefreshToken",
  async (app, { pool, client }, request, error) => {
    // The text is unconfirmed; it follows that of the other operations of a client with a secret.
    if (!(await provesClient(app, client, request.ClientSecret))) {
      throw error("NotAuthorizedException", `Unable to verify client secret for client ${client.id}`);
    }
    const asked = {
      token: request.RefreshToken,
      deviceKey: request.DeviceKey,
      clientMetadata: request.ClientMetadata,
    };
    return { AuthenticationResult: refreshResult(await refresh(app, pool, client, asked)) };
  },
);
