import { checkSecretHash } from "../clients/secret.ts";
import { withTransaction } from "../database/transact.ts";
import { contextOfUser } from "../events/context.ts";
import { recordEvent } from "../events/event.ts";
import { mayDoWithoutPassword } from "../factors/factors.ts";
import { deliveryFor, describeDelivery } from "../messages/message.ts";
import { publicOperation } from "../operation.ts";
import { keepPassword, preparePassword } from "../passwords/password.ts";
import { checkNetwork, checkNotKnown } from "../risk/judge.ts";
import { checkAttributes, checkNotYetAlias, checkRequired } from "../users/attributes.ts";
import { askBeforeSignUp, tellConfirmation } from "../users/occasions.ts";
import { checkNamesFree, newUser, register } from "../users/registration.ts";
import { prepareSignUpCode, sendSignUpCode } from "../users/sign-up-code.ts";
import { attributesOf } from "../users/user.ts";
import { sessionOfSignUp } from "./confirmed.ts";

const taken = "User already exists";

/**
 * Registers a user, who is unconfirmed until the code that is sent comes back. Where a client signs in by choice, the
 * session goes on to the confirmation and from there to a sign-in.
 */
export const SignUp = publicOperation("SignUp", async (app, { pool, client }, request, error, origin) => {
  const context = contextOfUser(client, request.UserContextData, origin);
  await checkNetwork(app, { pool, client }, context);
  await checkSecretHash(app, client, request.Username, request.SecretHash);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw error("NotAuthorizedException", "SignUp is not permitted for this user pool");
  }
  const given = attributesOf(request.UserAttributes);
  const sub = app.random.uuid();
  const named = newUser(app, pool, { sub, username: request.Username, attributes: given, status: "UNCONFIRMED" });
  const clientMetadata = request.ClientMetadata;
  const verdict = await askBeforeSignUp(app, pool, named, {
    source: "SignUp",
    clientId: client.id,
    validationData: request.ValidationData ? attributesOf(request.ValidationData) : null,
    clientMetadata,
  });
  const user = { ...named, ...verdict, status: verdict.isConfirmed ? "CONFIRMED" : "UNCONFIRMED" } as const;
  if (request.Password === undefined && !mayDoWithoutPassword(pool)) {
    throw error("InvalidParameterException", "Password is required.");
  }
  const { Password: password } = request;
  const prepared = password ? await preparePassword(app, pool, user, password) : undefined;
  const risk = password && (await checkNotKnown(app, { pool, client, event: "SIGN_UP", password, names: user }));
  checkAttributes(pool, given, { by: client });
  checkNotYetAlias(pool, given);
  checkRequired(pool, user.attributes);
  await checkNamesFree(app, pool, user, taken);
  const delivery = verdict.isConfirmed ? undefined : deliveryFor(pool, user.attributes);
  const code =
    delivery && (await prepareSignUpCode(app, pool, user, { source: "SignUp", client, delivery, clientMetadata }));
  await withTransaction(app, async (inside) => {
    await register(inside, pool, user, { taken, forceAliasCreation: false });
    if (prepared) await keepPassword(inside, user, prepared, null);
    if (code) await sendSignUpCode(inside, pool, user, code);
    const response = verdict.isConfirmed ? "Pass" : "InProgress";
    const event = { pool, user, clientId: client.id, type: "SignUp", response, context } as const;
    await recordEvent(inside, { ...event, ...(risk && { risk }) });
  });
  if (verdict.isConfirmed) {
    await tellConfirmation(app, pool, user, { source: "ConfirmSignUp", clientId: client.id, clientMetadata });
  }
  return {
    UserConfirmed: verdict.isConfirmed,
    CodeDeliveryDetails: delivery && describeDelivery(delivery),
    UserSub: user.sub,
    Session: await sessionOfSignUp(app, { pool, client }, user),
  };
});
