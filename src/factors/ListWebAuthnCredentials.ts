import { selfOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { passkeyLimit } from "./passkey.ts";
import { listPasskeys } from "./store.ts";

/** Lists a user's own passkeys. */
export const ListWebAuthnCredentials = selfOperation(
  "ListWebAuthnCredentials",
  async (app, { pool, user }, request, error) => {
    const keys = await app.vault.poolKeys(app.db, pool.id);
    const page = await fetchPage(
      {
        keys,
        bound: `ListWebAuthnCredentials ${user.sub}`,
        token: request.NextToken,
        limit: request.MaxResults || passkeyLimit,
      },
      ([after = ""], limit) => listPasskeys(app.db, user, { after, limit }),
      ({ id }) => [id],
    );
    if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
    const Credentials = page.items.map(({ id, details, createdAt }) => ({
      CredentialId: id,
      FriendlyCredentialName: details.friendlyName,
      RelyingPartyId: details.relyingPartyId,
      AuthenticatorAttachment: details.attachment,
      AuthenticatorTransports: [...details.transports],
      CreatedAt: new Date(createdAt),
    }));
    return { Credentials, NextToken: page.token };
  },
);
