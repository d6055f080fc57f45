import { ApiError } from "../../contract/errors.ts";
import { keepPassword, preparePassword } from "../../passwords/password.ts";
import { checkNotKnown } from "../../risk/judge.ts";
import { moveNames } from "../../users/alias.ts";
import { checkAttributes, missingRequired, withoutEmpty } from "../../users/attributes.ts";
import { updateUser } from "../../users/store.ts";
import type { Attributes, User } from "../../users/user.ts";
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
    const missing = user ? missingRequired(pool, user.attributes) : [];
    return {
      parameters: {
        USER_ID_FOR_SRP: user?.username ?? "",
        requiredAttributes: JSON.stringify(missing.map((name) => prefix + name)),
        userAttributes: JSON.stringify(user?.attributes ?? {}),
      },
    };
  },
  async answer(app, sitting, responses) {
    const { pool, client, user } = sitting;
    if (!user) throw badSession("invalid");
    const given = withoutEmpty(givenAttributes(responses));
    checkGiven(sitting, user, given);
    const password = parameter(responses, "NEW_PASSWORD");
    const prepared = await preparePassword(app, pool, user, password);
    await checkNotKnown(app, { pool, client, event: "PASSWORD_CHANGE", password, names: user });
    const attributes = { ...user.attributes, ...given };
    const setAt = app.clock.now();
    const after = { ...user, attributes, status: "CONFIRMED", modifiedAt: setAt } as const;
    return {
      proof: "new-password",
      passwordSince: setAt,
      user: after,
      write: async (inside) => {
        await keepPassword({ ...inside, clock: { now: () => setAt } }, user, prepared, null);
        await updateUser(inside.db, user, after);
        await moveNames(inside, pool, user, after);
      },
    };
  },
};

const givenAttributes = (responses: Responses): Attributes =>
  Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

/** Nobody may write here what a sign-up could not, nor change what an administrator gave. Sentences as observed. */
function checkGiven({ pool, client }: Pick<Sitting, "pool" | "client">, user: User, given: Attributes): void {
  for (const name of Object.keys(given)) {
    if (name.endsWith("_verified")) {
      throw new ApiError("InvalidParameterException", `Cannot modify the non-mutable attribute ${name}`);
    }
    if (Object.hasOwn(user.attributes, name)) {
      throw new ApiError("InvalidParameterException", `Cannot modify an already provided ${name}`);
    }
  }
  checkAttributes(pool, given, { by: client });
  const [missing] = missingRequired(pool, { ...user.attributes, ...given });
  if (missing) throw new ApiError("InvalidParameterException", `Invalid attributes given, ${missing} is missing`);
}
