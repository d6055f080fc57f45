import { poolOperation } from "../operation.ts";
import { immutableAttributes } from "../users/change.ts";
import { linkIdentity } from "./link.ts";
import { getNamedIdentity, getNamedUser, isLocal } from "./named-user.ts";

/** Lets somebody who signs in with a provider be a user that the pool has already. */
export const AdminLinkProviderForUser = poolOperation("AdminLinkProviderForUser", async (app, pool, request, error) => {
  const { DestinationUser, SourceUser } = request;
  // Unconfirmed text.
  if (isLocal(SourceUser)) {
    throw error("InvalidParameterException", "SourceUser must be a user of an external identity provider.");
  }
  const user = await getNamedUser(app.db, pool, DestinationUser);
  const { key, provider } = await getNamedIdentity(app.db, pool, SourceUser);
  const fixed = immutableAttributes(pool).find((name) => user.attributes[name] !== undefined);
  // Source: Cognito API reference, AdminLinkProviderForUser, DestinationUser. Unconfirmed text.
  if (fixed !== undefined) {
    throw error("InvalidParameterException", `DestinationUser has the immutable attribute ${fixed}.`);
  }
  await linkIdentity(app, {
    ...key,
    sub: user.sub,
    providerType: provider.type,
    issuer: undefined,
    isPrimary: false,
    createdAt: app.clock.now(),
  });
  return {};
});
