import { blockOf, closeSrp, inventedUsername, openSrp } from "../../passwords/verifier.ts";
import type { Sitting } from "../attempt.ts";
import type { Challenge, Responses } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { checkVerdict, unknownOrWrong } from "../refusals.ts";

/** The block that a client signs is about as long as Cognito's. */
const fillerBytes = 900;

/** Whose password is proved in a sign-in. */
export const passwordSubject = ({ pool, user, state }: Sitting) => ({ pool, user, username: state.username });

/**
 * The proof of a password by SRP. The block holds the session, so that a client that sends the block alone can still be
 * answered. Source: Cognito API reference, RespondToAuthChallenge; parameters as observed.
 */
export const passwordVerifier: Challenge = {
  async ask(app, sitting, session) {
    const { pool, user, state, memory } = sitting;
    if (memory["clientValue"] === undefined) throw unknownOrWrong(sitting);
    const question = await openSrp(app, passwordSubject(sitting), BigInt(`0x${memory["clientValue"]}`));
    const name = user?.username ?? (await inventedUsername(app, pool, state.username));
    const block = blockOf(session, app.random.bytes(fillerBytes));
    return {
      parameters: {
        SALT: question.salt,
        SECRET_BLOCK: block,
        SRP_B: question.publicValue,
        USERNAME: name,
        USER_ID_FOR_SRP: name,
        ...(state.deviceKey !== null && { DEVICE_KEY: state.deviceKey }),
      },
      memory: { remembered: question.remembered, block, name },
    };
  },
  async answer(app, sitting, responses) {
    const { memory } = sitting;
    const claim = claimOf(responses);
    const isOurBlock = parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK") === memory["block"];
    if (!isOurBlock) throw unknownOrWrong(sitting);
    const checked = await closeSrp(app, passwordSubject(sitting), memory["remembered"] ?? "[]", claim);
    return { proof: "password", method: "pwd", passwordSince: checkVerdict(sitting, checked) };
  },
};

/** What a client signs and signs with. */
export const claimOf = (responses: Responses) => ({
  signature: parameter(responses, "PASSWORD_CLAIM_SIGNATURE"),
  block: Buffer.from(parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64"),
  timestamp: parameter(responses, "TIMESTAMP"),
});

/** The session that a block holds; empty for what is no block of ours. */
export function sessionOfBlock(block: string): string {
  const bytes = Buffer.from(block, "base64");
  return bytes.length < 2 ? "" : bytes.subarray(2, 2 + bytes.readUInt16BE(0)).toString();
}
