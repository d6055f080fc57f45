/**
 * Walks sign-ins at random: begins them by every flow and door, answers rightly, wrongly, out of order, in another's name,
 * twice and sixteen times at once, lets time go by and lets administrators interfere. The model judges what comes of it.
 */
import type { AuthFlowType, ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { authorizeUrl, messageOf, newVisitor, signIn } from "../browser-steps.ts";
import type { TestHouse } from "../house.ts";
import { answerFor, type Pending, srpFor, totpStepOf } from "./answers.ts";
import type { Ground } from "./grounds.ts";
import {
  Broken,
  type Chain,
  checkTokens,
  checkUnlocked,
  countWrong,
  type Given,
  makeLedger,
  type Person,
} from "./model.ts";

export type Move =
  | {
      readonly do: "begin";
      readonly flow: Flow;
      readonly door: Door;
      readonly isRight: boolean;
      readonly onDevice: boolean;
    }
  | {
      readonly do: "answer";
      /** How many sign-ins ago it was begun. */
      readonly back: number;
      readonly isRight: boolean;
      readonly times: 1 | 16;
      readonly name: "asked" | ChallengeNameType;
      readonly isStranger: boolean;
      readonly door: Door;
    }
  | { readonly do: "replay"; readonly back: number }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "administer"; readonly what: "disable" | "enable" | "reset" | "set password" | "use authenticator" };

export type Flow =
  | "password"
  | "SRP"
  | "choice"
  | "preferred password"
  | "preferred code"
  | "custom"
  | "custom with SRP";
export type Door = "public" | "admin" | "page";

/** What a run of walks has seen: a run in which nobody gets in would prove nothing. */
export interface Tally {
  tokens: number;
  readonly challenges: Map<string, number>;
}

/** A sign-in that waits for an answer. */
interface Live extends Chain {
  readonly pending: Pending;
}

interface Outcome {
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly Session?: string | undefined;
  readonly ChallengeParameters?: Record<string, string> | undefined;
  readonly AvailableChallenges?: ChallengeNameType[] | undefined;
  readonly AuthenticationResult?:
    | {
        readonly AccessToken?: string | undefined;
        readonly NewDeviceMetadata?:
          | { readonly DeviceKey?: string | undefined; readonly DeviceGroupKey?: string | undefined }
          | undefined;
      }
    | undefined;
}

/** One request that succeeded, to be sent again. */
type Sent = () => Promise<Outcome>;

/** Begins a walk of one person over one ground. */
export function newWalk(house: TestHouse, ground: Ground, person: Person, tally: Tally) {
  const { ClientId, UserPoolId } = ground;
  const ledger = makeLedger();
  const live: Live[] = [];
  const sent: Sent[] = [];
  const now = () => house.clock.now();

  /** Takes what a success brought; gives the sign-in as it stands. */
  async function take(chain: Chain, outcome: Outcome, srp?: Pending["srp"]): Promise<void> {
    if (outcome.AuthenticationResult) {
      tally.tokens += 1;
      checkTokens(chain);
      const { AccessToken, NewDeviceMetadata } = outcome.AuthenticationResult;
      if (NewDeviceMetadata && !person.device)
        person.device = await answerFor.device(house, AccessToken, NewDeviceMetadata);
      return;
    }
    const { ChallengeName: challenge, Session: session = "", ChallengeParameters: parameters = {} } = outcome;
    if (!challenge) throw new Broken("an answer without tokens and without a question");
    tally.challenges.set(challenge, (tally.challenges.get(challenge) ?? 0) + 1);
    const sentTo = parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] === "SMS" ? person.phone : person.name;
    const isSent = parameters["CODE_DELIVERY_DESTINATION"] !== undefined && person.isThere;
    const code = isSent && sentTo !== undefined ? await house.codeFor(sentTo) : undefined;
    live.unshift({
      ...chain,
      pending: { challenge, session, parameters, offered: outcome.AvailableChallenges ?? [], code, srp },
    });
  }

  const begin = async ({ flow, door, isRight, onDevice }: Extract<Move, { do: "begin" }>): Promise<void> => {
    const chain = (given: Given[], name: string): Chain => ({ ground, person, flow: name, given: new Set(given) });
    const PASSWORD = isRight ? person.password : "Wr0ng-one!";
    if (door === "page") return beginOnPage(PASSWORD, isRight, chain);
    const srp = flow.endsWith("SRP") ? srpFor(person.name, PASSWORD, UserPoolId) : undefined;
    const [AuthFlow, more] = beginningOf(flow, door, { PASSWORD, ...(srp && { SRP_A: srp.largeA }) });
    const AuthParameters = {
      USERNAME: person.name,
      ...more,
      ...(onDevice && person.device && { DEVICE_KEY: person.device.key }),
    };
    const call: Sent = () =>
      door === "admin"
        ? house.api.adminInitiateAuth({ UserPoolId, ClientId, AuthFlow, AuthParameters })
        : house.api.initiateAuth({ ClientId, AuthFlow, AuthParameters });
    const isPassword = flow === "password" || flow === "preferred password";
    const outcome = await call().catch((error: unknown) =>
      refused(error, isPassword && !isRight, isPassword && isRight),
    );
    if (!outcome) return;
    // A choice that cannot be had falls back to the list, without the password that came along.
    const hasPassed = isPassword && outcome.ChallengeName !== "SELECT_CHALLENGE";
    const begun = chain(hasPassed ? ["password"] : [], AuthFlow);
    if (hasPassed) passedPassword(begun, isRight);
    await take(begun, outcome, srp);
  };

  const beginOnPage = async (password: string, isRight: boolean, chain: (given: Given[], name: string) => Chain) => {
    const answer = await signIn(newVisitor(), authorizeUrl(ground), { username: person.name, password });
    const message = messageOf(await answer.text());
    if (message) return void refused(new Error(message), !isRight, isRight);
    const location = answer.headers.get("location") ?? "";
    if (!location.includes("code=")) return;
    const begun = chain(["password"], "the sign-in page");
    passedPassword(begun, isRight);
    checkTokens(begun);
    tally.tokens += 1;
  };

  const passedPassword = (chain: Chain, isRight: boolean): void => {
    if (!isRight) throw new Broken(`a wrong password is taken: ${chain.flow} in ${ground.name}`);
    checkUnlocked(chain, now());
    person.failures = 0;
    person.lockedUntil = 0;
  };

  /** A refusal is always allowed, but a right password of somebody is never called a wrong one. */
  const refused = (error: unknown, isWrongPassword: boolean, isRightPassword: boolean): undefined => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== "Incorrect username or password.") return;
    if (isWrongPassword) countWrong(person, now());
    if (isRightPassword && person.isThere) throw new Broken(`a right password is refused: ${ground.name}`);
  };

  const answer = async (move: Extract<Move, { do: "answer" }>): Promise<void> => {
    const chain = live[move.back % Math.max(live.length, 1)];
    if (!chain) return;
    const { pending } = chain;
    const name = move.name === "asked" ? pending.challenge : move.name;
    const isRight = move.isRight && name === pending.challenge && !move.isStranger;
    const prepared = await answerFor.challenge(house, chain, pending, isRight);
    if (!prepared) return;
    for (const spent of prepared.spentSessions) ledger.spend(`session ${spent}`);
    const request = {
      ClientId,
      ChallengeName: name,
      Session: prepared.session,
      ChallengeResponses: { USERNAME: move.isStranger ? "stranger@example.com" : person.name, ...prepared.responses },
    };
    const call: Sent = () =>
      move.door === "admin"
        ? house.api.adminRespondToAuthChallenge({ UserPoolId, ...request })
        : house.api.respondToAuthChallenge(request);
    const isPassword = name.startsWith("PASSWORD");
    const outcomes = await Promise.all(
      Array.from({ length: move.times }, () =>
        call().catch((error: unknown) => refused(error, isPassword && !isRight, false)),
      ),
    );
    for (const outcome of outcomes) {
      if (!outcome) continue;
      ledger.spend(`session ${prepared.session}`);
      if (name === "SOFTWARE_TOKEN_MFA") ledger.spend(`step ${totpStepOf(house)} of ${person.name}`);
      if (!isRight && !prepared.isOpen) throw new Broken(`a wrong ${name} is taken in ${ground.name}`);
      sent.unshift(call);
      const given = new Set([...chain.given, ...prepared.gives]);
      if (name === "PASSWORD" || name === "PASSWORD_VERIFIER") passedPassword(chain, isRight);
      prepared.settle();
      await take({ ...chain, given }, outcome, prepared.srp ?? pending.srp);
    }
  };

  const replay = async ({ back }: Extract<Move, { do: "replay" }>): Promise<void> => {
    const call = sent[back % Math.max(sent.length, 1)];
    const outcome = call && (await call().catch(() => undefined));
    if (outcome) throw new Broken(`an answer that was taken is taken again in ${ground.name}`);
  };

  const administer = async ({ what }: Extract<Move, { do: "administer" }>): Promise<void> => {
    if (person.isThere) await answerFor.administrator(house, ground, person, what);
  };

  return async (move: Move): Promise<void> => {
    // The newest message is told by its time.
    house.clock.advance(1);
    switch (move.do) {
      case "begin":
        return begin(move);
      case "answer":
        return answer(move);
      case "replay":
        return replay(move);
      case "wait":
        return house.clock.advance(move.seconds * 1000);
      case "administer":
        return administer(move);
    }
  };
}

function beginningOf(flow: Flow, door: Door, given: Record<string, string>): [AuthFlowType, Record<string, string>] {
  const { PASSWORD = "", SRP_A = "" } = given;
  switch (flow) {
    case "password":
      return [door === "admin" ? "ADMIN_USER_PASSWORD_AUTH" : "USER_PASSWORD_AUTH", { PASSWORD }];
    case "SRP":
      return ["USER_SRP_AUTH", { SRP_A }];
    case "choice":
      return ["USER_AUTH", {}];
    case "preferred password":
      return ["USER_AUTH", { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD }];
    case "preferred code":
      return ["USER_AUTH", { PREFERRED_CHALLENGE: "EMAIL_OTP" }];
    case "custom":
      return ["CUSTOM_AUTH", {}];
    case "custom with SRP":
      return ["CUSTOM_AUTH", { CHALLENGE_NAME: "SRP_A", SRP_A }];
  }
}
