/** A sign-in that has begun: what it is for, what has been proved and what was asked last. */
import type { AuthFlowType, ChallengeNameType } from "../contract/types.gen.ts";

export type Proof = "password" | "new-password";

export interface AttemptState {
  readonly door: "api" | "hosted";
  /** Whether an administrator's call began it: some flows and answers are theirs alone. */
  readonly isAdmin: boolean;
  readonly flow: AuthFlowType;
  /** The name as it was given. */
  readonly username: string;
  /** The user, or null where nobody has the name: the attempt then runs to the same refusals. */
  readonly sub: string | null;
  readonly proved: readonly Proof[];
  /** The challenge that waits for an answer. */
  readonly asked: ChallengeNameType | null;
  readonly eventId: string;
}
