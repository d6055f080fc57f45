/** Codes that are sent and come back: each is good once, and only until the next one is sent. */
import type { TestHouse } from "../house.ts";
import { freshPassword } from "./administrator.ts";
import type { Ground } from "./grounds.ts";
import { Broken, checkRecovery, forgive, type makeLedger, type Person } from "./model.ts";
import type { Move, Purpose } from "./moves.ts";

interface SentCode {
  readonly id: number;
  readonly code: string;
}

/** What a confirmation may lead on to. */
export interface Confirmation {
  readonly session: string | undefined;
}

interface Walker {
  readonly house: TestHouse;
  readonly ground: Ground;
  readonly person: Person;
  readonly ledger: ReturnType<typeof makeLedger>;
  /** The newest access token, if any. */
  accessToken(): string | undefined;
}

type Redeem = Extract<Move, { do: "redeem" }>;

/** Sends codes to a person, and has them redeemed. Both change what is known of the person. */
export function newCodes({ house, ground, person, ledger, accessToken }: Walker) {
  const { api } = house;
  const { ClientId } = ground;
  const sent: Record<Purpose, SentCode[]> = { "sign-up": [], password: [], address: [] };
  let made = 0;

  const ask: Readonly<Record<Purpose, () => Promise<string | undefined>>> = {
    "sign-up": async () =>
      (await api.resendConfirmationCode({ ClientId, Username: person.name })).CodeDeliveryDetails?.DeliveryMedium,
    password: async () =>
      (await api.forgotPassword({ ClientId, Username: person.name })).CodeDeliveryDetails?.DeliveryMedium,
    address: async () => {
      const AccessToken = accessToken();
      if (AccessToken === undefined) return undefined;
      const asked = await api.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
      return asked.CodeDeliveryDetails?.DeliveryMedium;
    },
  };

  /** Sends a code, where one can be sent. */
  async function send(purpose: Purpose): Promise<void> {
    const medium = await ask[purpose]().catch(() => undefined);
    const recipient = medium === "SMS" ? person.phone : person.email;
    if (medium === undefined || recipient === undefined || !person.isThere) return;
    // That something was sent is said of whom nothing is sent to as well.
    const code = await house.codeFor(recipient).catch(() => undefined);
    if (code !== undefined) sent[purpose].unshift({ id: ++made, code });
  }

  /** Redeems a code so many times at once, and once more; gives the session that a confirmation leads on with. */
  async function redeem({ isRight, back, times, ...wanted }: Redeem): Promise<Confirmation | undefined> {
    // Who has not confirmed itself can do nothing else.
    const purpose = person.isConfirmed ? wanted.purpose : "sign-up";
    if (sent[purpose].length === 0) await send(purpose);
    const chosen = sent[purpose][back];
    if (!chosen) return undefined;
    const code = isRight ? chosen.code : chosen.code === "000000" ? "111111" : "000000";
    const newest = sent[purpose][0];
    const isNewest = code === newest?.code;
    const call = redeeming(purpose, code);
    const tried = () => call().catch(() => undefined);
    const outcomes = [...(await Promise.all(Array.from({ length: times }, tried))), await tried()];
    let last: Confirmation | undefined;
    for (const outcome of outcomes) {
      if (!outcome) continue;
      if (!isRight) throw new Broken(`a wrong code for ${purpose} is taken`);
      ledger.spend(`code ${chosen.id} for ${purpose}`);
      checkRecovery(person, isNewest);
      outcome.settle();
      last = outcome;
    }
    return last;
  }

  type Redeemed = Confirmation & { settle(): void };

  function redeeming(purpose: Purpose, ConfirmationCode: string): () => Promise<Redeemed> {
    const known = { ClientId, Username: person.name, ConfirmationCode };
    switch (purpose) {
      case "sign-up":
        return async () => {
          const { Session: session } = await api.confirmSignUp(known);
          return { session, settle: () => void Object.assign(person, { isConfirmed: true }) };
        };
      case "password":
        return async () => {
          const Password = freshPassword();
          await api.confirmForgotPassword({ ...known, Password });
          const settle = (): void => {
            Object.assign(person, { password: Password, mustReset: false, isTemporary: false, isConfirmed: true });
            person.signedOutAt = house.clock.now();
            forgive(person);
          };
          return { session: undefined, settle };
        };
      case "address":
        return async () => {
          await api.verifyUserAttribute({
            AccessToken: accessToken(),
            AttributeName: "email",
            Code: ConfirmationCode,
          });
          return { session: undefined, settle: () => undefined };
        };
    }
  }

  return { send, redeem };
}
