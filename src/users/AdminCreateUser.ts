import type { App } from "../app.ts";
import type { AdminCreateUserRequest } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import { mayDoWithoutPassword } from "../factors/factors.ts";
import { compose, queueMessage } from "../messages/message.ts";
import { poolOperation, type Raise } from "../operation.ts";
import { keepPassword, preparePassword, temporaryUntil } from "../passwords/password.ts";
import { generatePassword } from "../passwords/policy.ts";
import type { Pool } from "../pools/pool.ts";
import { checkAttributes, checkVouched } from "./attributes.ts";
import { invitationDeliveries } from "./invitation.ts";
import { askBeforeSignUp } from "./occasions.ts";
import { checkNamesFree, newUser, register } from "./registration.ts";
import { getUser } from "./store.ts";
import { attributesOf, describeUser, type User } from "./user.ts";

const taken = "User account already exists";

/**
 * Creates a user with a temporary password and invites it, or invites one again. Where users may do without a password,
 * one who is given none is confirmed at once and has nothing to be invited with.
 * Source: Cognito API reference, AdminCreateUser, TemporaryPassword.
 */
export const AdminCreateUser = poolOperation("AdminCreateUser", async (app, pool, request, error) => {
  if (request.MessageAction === "RESEND") return { User: describeUser(await reinvite(app, pool, request, error)) };
  const attributes = attributesOf(request.UserAttributes);
  const isPasswordless = !request.TemporaryPassword && mayDoWithoutPassword(pool);
  const user = newUser(app, pool, {
    sub: app.random.uuid(),
    username: request.Username,
    attributes,
    status: isPasswordless ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
  });
  // The name may be the contact that an attribute speaks of.
  checkAttributes(pool, user.attributes, { by: "admin" });
  checkVouched(user.attributes);
  await askBeforeSignUp(app, pool, user, {
    source: "AdminCreateUser",
    validationData: request.ValidationData ? attributesOf(request.ValidationData) : null,
    clientMetadata: request.ClientMetadata,
  });
  await checkNamesFree(app, pool, user, taken);
  const keep = (inside: App): Promise<void> =>
    register(inside, pool, user, {
      taken,
      forceAliasCreation: request.ForceAliasCreation ?? false,
    });
  if (isPasswordless) await withTransaction(app, keep);
  else await invite(app, pool, request, user, keep);
  return { User: describeUser(user) };
});

/** Gives an invited user a new temporary password, whose time begins anew. */
async function reinvite(
  app: App,
  pool: Pool,
  request: AdminCreateUserRequest,
  error: Raise<"AdminCreateUser">,
): Promise<User> {
  const user = await getUser(app.db, pool, request.Username);
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    throw error(
      "UnsupportedUserStateException",
      `Resend not possible. ${request.Username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
  await invite(app, pool, request, user, async () => undefined);
  return user;
}

/** Sets a temporary password and queues the invitation, in one transaction with what else is to be written. */
async function invite(
  app: App,
  pool: Pool,
  request: AdminCreateUserRequest,
  user: User,
  write: (inside: App) => Promise<void>,
): Promise<void> {
  const password = request.TemporaryPassword || generatePassword(pool, app.random);
  const deliveries = invitationDeliveries(request, user.attributes);
  const prepared = await preparePassword(app, pool, user, password, "Password did not conform with password policy");
  const messages = await Promise.all(
    deliveries.map((delivery) =>
      compose(app, pool, {
        source: "AdminCreateUser",
        user,
        delivery,
        code: password,
        loginName: request.Username,
        clientMetadata: request.ClientMetadata,
      }),
    ),
  );
  await withTransaction(app, async (inside) => {
    await write(inside);
    await keepPassword(inside, user, prepared, temporaryUntil(app, pool));
    for (const message of messages) await queueMessage(inside, pool, message);
  });
}
