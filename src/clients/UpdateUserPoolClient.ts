import { clientOperation } from "../operation.ts";
import { findResourceServers } from "../pools/store.ts";
import { existingProviders } from "../providers/store.ts";
import { checkClientRules } from "./rules.ts";
import { describeClient } from "./secret.ts";
import { clientSettings } from "./settings.ts";
import { updateClient } from "./store.ts";

/** Updates an app client. What the request leaves out goes back to its default; its secrets stay. */
export const UpdateUserPoolClient = clientOperation(
  "UpdateUserPoolClient",
  async (app, { pool, client }, request, error) => {
    const { sessionReuseMinutes, ClientType } = client.settings;
    const settings = { ...clientSettings(request), sessionReuseMinutes, ...(ClientType && { ClientType }) };
    const resourceServers = await findResourceServers(app.db, pool.id);
    const providers = await existingProviders(app.db, pool.id, settings.SupportedIdentityProviders ?? []);
    checkClientRules({ pool, settings, hasSecret: client.secrets.length > 0, resourceServers, providers });
    const updated = { ...client, name: request.ClientName ?? client.name, settings, modifiedAt: app.clock.now() };
    if (!(await updateClient(app.db, updated))) {
      throw error("ConcurrentModificationException", "The user pool client was modified by another request.");
    }
    return { UserPoolClient: await describeClient(app, updated) };
  },
);
