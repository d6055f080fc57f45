import { provesClient } from "../clients/secret.ts";
import { publicOperation } from "../operation.ts";
import { revokeToken } from "./revoke.ts";

/** Revokes a refresh token and every access token made from it. Repeating it succeeds. */
export const RevokeToken = publicOperation("RevokeToken", async (app, { client }, { Token, ClientSecret }, error) => {
  if (!(await provesClient(app, client, ClientSecret))) {
    throw error("UnauthorizedException", "Invalid client id or client secret");
  }
  switch (await revokeToken(app, client, Token)) {
    case "revoked":
      return {};
    case "switched-off":
      throw error("UnsupportedOperationException", "Token revocation is disabled for this client");
    case "unsupported-type":
      throw error("UnsupportedTokenTypeException", "Unsupported token type");
    case "foreign":
      throw error("UnauthorizedException", "Token was not issued to this client");
  }
});
