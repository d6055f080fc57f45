import { inventedUsername } from "../../passwords/verifier.ts";
import type { Challenge } from "../challenge.ts";
import { createChallenge, judgeAnswer } from "../custom.ts";
import { parameter } from "../parameters.ts";

/** A question of the pool's own functions. A wrong answer ends nothing: what follows it is for them to say. */
export const customChallenge: Challenge = {
  async ask(app, sitting) {
    const made = await createChallenge(app, sitting);
    const { pool, user, state } = sitting;
    // A name that nobody has looks as one that somebody has.
    const name = user?.username ?? (await inventedUsername(app, pool, state.username));
    return {
      parameters: { ...made?.publicChallengeParameters, USERNAME: name },
      memory: {
        parameters: JSON.stringify(made?.privateChallengeParameters ?? {}),
        ...(made?.challengeMetadata && { metadata: made.challengeMetadata }),
      },
    };
  },
  async answer(app, sitting, responses) {
    const given = parameter(responses, "ANSWER");
    const parameters: unknown = JSON.parse(sitting.memory["parameters"] ?? "{}");
    return { isRight: await judgeAnswer(app, sitting, parameters, given) };
  },
};
