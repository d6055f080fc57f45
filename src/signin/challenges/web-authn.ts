import { checkAssertion, newChallenge, passkeyLimit, requestOptionsOf } from "../../factors/passkey.ts";
import { advanceCounter, listPasskeys } from "../../factors/store.ts";
import type { Challenge } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { unknownOrWrong } from "../refusals.ts";

/** A passkey of the user. One whose authenticator verified its holder may stand for a second factor too. */
export const webAuthn: Challenge = {
  triesAtMost: 5,
  async ask(app, { pool, user }) {
    const challenge = newChallenge(app);
    const options = await requestOptionsOf(app, pool, user, challenge);
    return {
      parameters: {
        CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options),
        ...(user && { USER_ID_FOR_SRP: user.username }),
      },
      memory: { challenge },
    };
  },
  async answer(app, sitting, responses) {
    const { pool, user, memory } = sitting;
    const credential = parseJson(parameter(responses, "CREDENTIAL"));
    const known = user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];
    const proved = await checkAssertion(app, pool, known, { challenge: memory["challenge"] ?? "", credential });
    if (!proved) throw unknownOrWrong(sitting);
    return {
      proof: proved.isUserVerified ? "verified-passkey" : "passkey",
      method: proved.passkey.details.attachment === "platform" ? "swk" : "hwk",
      write: async ({ db }) => {
        if (!(await advanceCounter(db, proved.passkey, proved.counter))) throw unknownOrWrong(sitting);
      },
    };
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no credential, and proves nothing.
    return undefined;
  }
}
