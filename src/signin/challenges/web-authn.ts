import type { App } from "../../app.ts";
import { checkAssertion, newChallenge, passkeyLimit, readDiscovered, requestOptionsOf } from "../../factors/passkey.ts";
import { advanceCounter, findPasskey, listPasskeys } from "../../factors/store.ts";
import type { Pool } from "../../pools/pool.ts";
import { findUserBySub } from "../../users/store.ts";
import type { User } from "../../users/user.ts";
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
    const { pool, memory } = sitting;
    const credential = parseJson(parameter(responses, "CREDENTIAL"));
    const user = sitting.state.isNameless ? await holderOf(app, pool, credential) : sitting.user;
    const known = user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];
    const proved = await checkAssertion(app, pool, known, { challenge: memory["challenge"] ?? "", credential });
    if (!user || !proved) throw unknownOrWrong(sitting);
    return {
      user,
      proof: proved.isUserVerified ? "verified-passkey" : "passkey",
      method: proved.passkey.details.attachment === "platform" ? "swk" : "hwk",
      write: async ({ db }) => {
        if (!(await advanceCounter(db, proved.passkey, proved.counter))) throw unknownOrWrong(sitting);
      },
    };
  },
};

/** The user who a passkey says it is of, where it says so and is. Source: Web Authentication Level 3, section 7.2, step 6. */
async function holderOf(app: App, pool: Pool, credential: unknown): Promise<User | undefined> {
  const { id, userHandle } = readDiscovered(credential);
  const passkey = await findPasskey(app.db, pool.id, id);
  if (!passkey || Buffer.from(userHandle, "base64url").toString() !== passkey.sub) return undefined;
  return findUserBySub(app.db, pool.id, passkey.sub);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no credential, and proves nothing.
    return undefined;
  }
}
