import { ApiError } from "../../contract/errors.ts";
import { verifyPassword } from "../../passwords/password.ts";
import type { Challenge } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { unknownOrWrong } from "../refusals.ts";

/** The password itself. The first proof of the password flows. */
export const password: Challenge = {
  ask: () => ({ parameters: {} }),
  async answer(app, sitting, responses) {
    const given = parameter(responses, "PASSWORD");
    switch (await verifyPassword(app, sitting.pool, sitting.user, given)) {
      case "right":
        return { proof: "password" };
      case "wrong":
        throw unknownOrWrong(sitting);
      case "locked":
        throw new ApiError("NotAuthorizedException", "Password attempts exceeded");
      case "lapsed":
        // Source: observed; pools of an earlier day said "User account has expired".
        throw new ApiError(
          "NotAuthorizedException",
          "Temporary password has expired and must be reset by an administrator.",
        );
    }
  },
};
