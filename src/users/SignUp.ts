import { checkSecretHash } from "../clients/secret.ts";
import { withTransaction } from "../database/transact.ts";
import { deliveryFor, describeDelivery } from "../messages/message.ts";
import { publicOperation } from "../operation.ts";
import { keepPassword, preparePassword } from "../passwords/password.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import { checkAttributes, checkRequired } from "./attributes.ts";
import { newUser, register } from "./registration.ts";
import { sendSignUpCode } from "./sign-up-code.ts";
import { attributesOf } from "./user.ts";

/** Registers a user, who is unconfirmed until the code that is sent comes back. */
export const SignUp = publicOperation("SignUp", async (app, { pool, client }, request, error) => {
  await checkSecretHash(app, client, request.Username, request.SecretHash);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw error("NotAuthorizedException", "SignUp is not permitted for this user pool");
  }
  const given = attributesOf(request.UserAttributes);
  const user = newUser(app, pool, {
    sub: app.random.uuid(),
    username: request.Username,
    attributes: given,
    status: "UNCONFIRMED",
  });
  refuseTrigger(pool, "PreSignUp");
  if (request.Password === undefined) throw error("InvalidParameterException", "Password is required.");
  const prepared = await preparePassword(app, pool, user, request.Password);
  checkAttributes(pool, given, { by: client });
  checkRequired(pool, user.attributes);
  const delivery = deliveryFor(pool, user.attributes);
  await withTransaction(app, async (inside) => {
    await register(inside, pool, user, { taken: "User already exists", forceAliasCreation: false });
    await keepPassword(inside, user, prepared, null);
    if (delivery) await sendSignUpCode(inside, pool, client, { user, delivery });
  });
  return {
    UserConfirmed: false,
    CodeDeliveryDetails: delivery && describeDelivery(delivery),
    UserSub: user.sub,
  };
});
