import { poolOperation } from "../operation.ts";
import { subjectAttribute } from "./identity.ts";
import { unlinkIdentity } from "./link.ts";
import { disableLocalSignIn } from "./local-sign-in.ts";
import { getNamedIdentity, getNamedUser, isLocal } from "./named-user.ts";

/**
 * Takes a provider's identity away, or a user's own password. Source: Cognito API reference,
 * AdminDisableProviderForUser: the user no longer signs in with that provider. What is then left of a user who came of
 * that identity is unconfirmed.
 */
export const AdminDisableProviderForUser = poolOperation(
  "AdminDisableProviderForUser",
  async (app, pool, { User }, error) => {
    if (!isLocal(User)) {
      const { key } = await getNamedIdentity(app.db, pool, User);
      await unlinkIdentity(app, key);
      return {};
    }
    // Unconfirmed text.
    if (User.ProviderAttributeName !== subjectAttribute) {
      throw error("InvalidParameterException", `ProviderAttributeName must be ${subjectAttribute} for Cognito.`);
    }
    await disableLocalSignIn(app, await getNamedUser(app.db, pool, User));
    return {};
  },
);
