import { ApiError } from "../../contract/errors.ts";
import { checkAttributes, missingRequired } from "../../users/attributes.ts";
import { preparePassword } from "../../passwords/password.ts";
import { completeNewPassword } from "../../users/store.ts";
import type { Attributes } from "../../users/user.ts";
import type { Sitting } from "../attempt.ts";
import type { Challenge, Responses } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { badSession } from "../refusals.ts";

const prefix = "userAttributes.";

/**
 * A user with a temporary password sets its own, and with it the required attributes that it lacks.
 * Source: Cognito API reference, RespondToAuthChallenge.
 */
export const newPasswordRequired: Challenge = {
  ask(_app, { pool, user }) {
    const { sub: _sub, ...shown }: Attributes = user?.attributes ?? {};
    const missing = user ? missingRequired(pool, user.attributes) : [];
    return {
      parameters: {
        USER_ID_FOR_SRP: user?.username ?? "",
        requiredAttributes: JSON.stringify(missing.map((name) => prefix + name)),
        userAttributes: JSON.stringify(shown),
      },
    };
  },
  async answer(app, { pool, client, user }, responses) {
    if (!user) throw badSession("invalid");
    const given = givenAttributes(responses);
    checkGiven({ pool, client, user }, given);
    const prepared = await preparePassword(app, pool, user, parameter(responses, "NEW_PASSWORD"));
    const attributes = { ...user.attributes, ...given };
    return {
      proof: "new-password",
      write: (db) => completeNewPassword({ ...app, db }, pool, { user, attributes, prepared }),
    };
  },
};

const givenAttributes = (responses: Responses): Attributes =>
  Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

/** Nobody may write here what a sign-up could not, nor change what an administrator gave. */
function checkGiven({ pool, client, user }: Pick<Sitting, "pool" | "client"> & { user: NonNullable<Sitting["user"]> }, given: Attributes): void {
  for (const name of Object.keys(given)) {
    if (name in user.attributes && name !== "email_verified" && name !== "phone_number_verified") {
      throw new ApiError("InvalidParameterException", `Cannot modify an already provided ${name}`);
    }
  }
  checkAttributes(pool, given, { by: client });
  const [missing] = missingRequired(pool, { ...user.attributes, ...given });
  if (missing) throw new ApiError("InvalidParameterException", `Invalid attributes given, ${missing} is missing`);
}
