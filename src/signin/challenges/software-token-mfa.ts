import { checkAuthenticatorCode } from "../../factors/authenticator.ts";
import { checkRecoveryCode } from "../../factors/recovery-code.ts";
import { findFactors } from "../../factors/store.ts";
import type { Sitting } from "../attempt.ts";
import type { Challenge } from "../challenge.ts";
import { optionalParameter, parameter } from "../parameters.ts";
import { unknownOrWrong } from "../refusals.ts";

/**
 * A code of the user's authenticator. Each is good once. On the pages of a pool that gives recovery codes one of those
 * stands for it; the API knows none.
 */
export const softwareTokenMfa: Challenge = {
  triesAtMost: 5,
  async ask(app, { user }) {
    const name = user && (await findFactors(app.db, user)).settings.authenticatorName;
    return { parameters: { ...(name && { FRIENDLY_DEVICE_NAME: name }), USER_ID_FOR_SRP: user?.username ?? "" } };
  },
  async answer(app, sitting, responses) {
    if (!sitting.user) throw unknownOrWrong(sitting);
    const recoveryCode = optionalParameter(responses, recoveryCodeName);
    if (recoveryCode !== undefined && takesRecoveryCodes(sitting)) {
      return { proof: "second-factor", write: await checkRecoveryCode(app, sitting.user, recoveryCode) };
    }
    const code = parameter(responses, "SOFTWARE_TOKEN_MFA_CODE");
    return { proof: "second-factor", method: "otp", write: await checkAuthenticatorCode(app, sitting.user, code) };
  },
};

/** The name of a recovery code among the answers of the pages. */
export const recoveryCodeName = "RECOVERY_CODE";

/** Whether a sign-in may go on by a recovery code. */
export const takesRecoveryCodes = ({ pool, state }: Pick<Sitting, "pool" | "state">): boolean =>
  state.door === "hosted" && pool.settings.pages?.recoveryCodes === true;
