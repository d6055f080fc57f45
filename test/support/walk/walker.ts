/**
 * Walks sign-ins at random: begins them by every flow and door, answers rightly, wrongly, out of order, in another's name,
 * twice and eight times at once, lets time go by and lets administrators interfere. The model judges what comes of it.
 */
import type { AuthFlowType, ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { authorizeUrl, messageOf, newVisitor, signIn } from "../browser-steps.ts";
import type { TestHouse } from "../house.ts";
import { administer, type Deed } from "./administrator.ts";
import { answerTo, type Pending, type Prepared, srpFor } from "./answers.ts";
import { beginningOf } from "./beginnings.ts";
import type { Ground } from "./grounds.ts";
import {
  Broken,
  type Chain,
  checkRefresh,
  checkTaken,
  checkTokens,
  countWrong,
  forgive,
  type Given,
  makeLedger,
  type Person,
} from "./model.ts";
import type { Door, Move } from "./moves.ts";
import { confirmDevice, type Tokens } from "./possessions.ts";
import { newCodes } from "./redeeming.ts";

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
  readonly AuthenticationResult?: Tokens | undefined;
}

/** One request that succeeded, to be sent again. */
type Sent = () => Promise<Outcome>;

/** Tokens that were handed out, and when. */
interface Held {
  readonly chain: Chain;
  readonly tokens: Tokens;
  readonly deviceKey: string | undefined;
  readonly issuedAt: number;
}

type Of<Kind extends Move["do"]> = Extract<Move, { do: Kind }>;

const noProof: ReadonlyMap<Given, string> = new Map();
const aPassword = (text: string): ReadonlyMap<Given, string> => new Map([["password", text]]);

/** Begins a walk of one person over one of the grounds. */
export function newWalk(
  house: TestHouse,
  { ground, elsewhere }: { readonly ground: Ground; readonly elsewhere: Ground },
  person: Person,
  tally: Tally,
) {
  const { api, clock } = house;
  const { ClientId, UserPoolId } = ground;
  const ledger = makeLedger();
  const live: Live[] = [];
  const sent: Sent[] = [];
  const held: Held[] = [];
  const accessToken = () => held[0]?.tokens.AccessToken;
  const codes = newCodes({ house, ground, person, ledger, accessToken });
  const chainOf = (given: Chain["given"], flow: string): Chain => ({ ground, person, flow, given });

  const keep = (chain: Chain, tokens: Tokens, deviceKey: string | undefined, issuedAt = clock.now()): void => {
    tally.tokens += 1;
    held.unshift({ chain, tokens, deviceKey, issuedAt });
  };

  /** Takes what a success brought: tokens, or the next question. */
  async function take(chain: Chain, outcome: Outcome, srp?: Pending["srp"]): Promise<void> {
    const { AuthenticationResult: tokens } = outcome;
    if (tokens) {
      checkTokens(chain);
      const newKey = tokens.NewDeviceMetadata?.DeviceKey;
      keep(chain, tokens, newKey ?? person.device?.key);
      if (newKey && !person.device) person.device = await confirmDevice(house, tokens);
      return;
    }
    const { ChallengeName: challenge, Session: session = "", ChallengeParameters: parameters = {} } = outcome;
    if (!challenge) throw new Broken("an answer without tokens and without a question");
    tally.challenges.set(challenge, (tally.challenges.get(challenge) ?? 0) + 1);
    const sentTo = parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] === "SMS" ? person.phone : person.email;
    const isSent = parameters["CODE_DELIVERY_DESTINATION"] !== undefined && person.isThere;
    const code = isSent && sentTo !== undefined ? await house.codeFor(sentTo) : undefined;
    const offered = outcome.AvailableChallenges ?? [];
    live.unshift({ ...chain, pending: { challenge, session, parameters, offered, code, srp } });
  }

  async function begin(move: Of<"begin">): Promise<void> {
    const { flow, door, isRight, times, onDevice } = move;
    const PASSWORD = isRight ? person.password : "Wr0ng-one!";
    if (door === "page") return beginOnPage(PASSWORD, isRight);
    const srp = flow.endsWith("SRP") ? await srpFor(house) : undefined;
    const [AuthFlow, more] = beginningOf(flow, door, { PASSWORD, ...(srp && { SRP_A: srp.publicValue.toString(16) }) });
    const AuthParameters = {
      USERNAME: person.name,
      ...more,
      ...(onDevice && person.device && { DEVICE_KEY: person.device.key }),
    };
    const isPassword = flow === "password" || flow === "preferred password";
    const call = (): Promise<Outcome | undefined> =>
      initiate(door, AuthFlow, AuthParameters).catch((error: unknown) =>
        refused(error, isPassword && !isRight, isPassword && isRight),
      );
    const isGuess = isPassword && !isRight;
    const [outcome] = await Promise.all(Array.from({ length: isGuess ? times : 1 }, call));
    if (isGuess && times > 1) await begin({ ...move, isRight: true, times: 1 });
    if (!outcome) return;
    // A choice that cannot be had falls back to the list, without the password that came along.
    const hasPassed = isPassword && outcome.ChallengeName !== "SELECT_CHALLENGE";
    const given = hasPassed ? aPassword(PASSWORD) : noProof;
    if (hasPassed) passPassword(chainOf(noProof, AuthFlow), given, isRight);
    await take(chainOf(given, AuthFlow), outcome, srp);
  }

  const initiate = (
    door: Door,
    AuthFlow: AuthFlowType,
    AuthParameters: Record<string, string>,
    Session?: string,
  ): Promise<Outcome> =>
    door === "admin"
      ? api.adminInitiateAuth({ UserPoolId, ClientId, AuthFlow, AuthParameters, Session })
      : api.initiateAuth({ ClientId, AuthFlow, AuthParameters, Session });

  async function beginOnPage(password: string, isRight: boolean): Promise<void> {
    const answer = await signIn(newVisitor(), authorizeUrl(ground), { username: person.name, password });
    const message = messageOf(await answer.text());
    if (message) return void refused(new Error(message), !isRight, isRight);
    const location = answer.headers.get("location") ?? "";
    if (!location.includes("code=")) return;
    const given = aPassword(password);
    passPassword(chainOf(noProof, "the sign-in page"), given, isRight);
    checkTokens(chainOf(given, "the sign-in page"));
    tally.tokens += 1;
  }

  function passPassword(chain: Chain, gives: Chain["given"], isRight: boolean): void {
    if (!isRight) throw new Broken(`a wrong password is taken: ${chain.flow} in ${ground.name}`);
    checkTaken(chain, gives, clock.now());
    forgive(person);
  }

  /** A refusal is always allowed, but a right password of somebody is never called a wrong one. */
  function refused(error: unknown, isWrongPassword: boolean, isRightPassword: boolean): undefined {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== "Incorrect username or password.") return;
    if (isWrongPassword) countWrong(person, clock.now());
    if (isRightPassword && person.isThere) throw new Broken(`a right password is refused: ${ground.name}`);
  }

  async function answer(move: Of<"answer">): Promise<void> {
    const at = move.back % Math.max(live.length, 1);
    const chain = live[at];
    if (!chain) return;
    const { pending } = chain;
    const name = move.name === "asked" ? pending.challenge : move.name;
    const isFit = name === pending.challenge && move.sender === "self";
    const prepared = await answerTo(house, chain, pending, { isRight: move.isRight && isFit, which: move.which });
    if (!prepared) return;
    const call = sending(move, name, prepared);
    const isPassword = name.startsWith("PASSWORD");
    const calls = Array.from({ length: move.times }, () =>
      call().catch((error: unknown) => refused(error, isPassword && !move.isRight && isFit, false)),
    );
    const deed = move.beside && person.isThere ? administer(house, ground, person, move.beside) : undefined;
    const outcomes = await Promise.all(calls);
    await deed;
    for (const outcome of outcomes) {
      if (!outcome) continue;
      for (const spent of [`session ${prepared.session}`, ...prepared.spends]) ledger.spend(spent);
      if (prepared.isWrong || !isFit) throw new Broken(`a wrong ${name} is taken in ${ground.name}`);
      sent.unshift(call);
      if (deed) {
        prepared.settle();
        keepWhatCame(chain, outcome, move.beside);
      } else await goOn(chain, prepared, outcome);
    }
    if (deed) live.length = 0;
  }

  async function goOn(chain: Live, prepared: Prepared, outcome: Outcome): Promise<void> {
    checkTaken(chain, prepared.gives, clock.now());
    if (prepared.gives.has("password")) forgive(person);
    prepared.settle();
    const given = new Map([...chain.given, ...prepared.gives]);
    await take({ ...chain, given }, outcome, prepared.srp ?? chain.pending.srp);
  }

  /**
   * Which was first, the answer or the deed, is not known: what counts is that the deed holds from now on. A sign-in just
   * after a sign-out is a good one.
   */
  function keepWhatCame(chain: Chain, { AuthenticationResult: tokens }: Outcome, beside: Deed | undefined): void {
    const at = beside === "sign out" ? clock.now() + 1 : clock.now();
    if (tokens) keep(chain, tokens, tokens.NewDeviceMetadata?.DeviceKey ?? person.device?.key, at);
  }

  function sending(move: Of<"answer">, ChallengeName: ChallengeNameType, { session, responses }: Prepared): Sent {
    const USERNAME = move.sender === "stranger" ? "stranger@example.com" : person.name;
    const where = {
      self: ground,
      stranger: ground,
      "other client": { UserPoolId, ClientId: ground.OtherClientId },
      "other pool": elsewhere,
    }[move.sender];
    const request = {
      ClientId: where.ClientId,
      ChallengeName,
      Session: session,
      ChallengeResponses: { USERNAME, ...responses },
    };
    return () =>
      move.door === "admin"
        ? api.adminRespondToAuthChallenge({ UserPoolId: where.UserPoolId, ...request })
        : api.respondToAuthChallenge(request);
  }

  async function replay({ back }: Of<"replay">): Promise<void> {
    const call = sent[back % Math.max(sent.length, 1)];
    const outcome = call && (await call().catch(() => undefined));
    if (outcome) throw new Broken(`an answer that was taken is taken again in ${ground.name}`);
  }

  async function redeem(move: Of<"redeem">): Promise<void> {
    const Session = (await codes.redeem(move))?.session;
    if (Session === undefined || !move.goesOn) return;
    const call = (): Promise<Outcome> => initiate("public", "USER_AUTH", { USERNAME: person.name }, Session);
    const tried = () => call().catch(() => undefined);
    const outcomes = [...(await Promise.all(Array.from({ length: move.times }, tried))), await tried()];
    for (const outcome of outcomes) {
      if (!outcome) continue;
      ledger.spend(`session ${Session}`);
      sent.unshift(call);
      await take(chainOf(new Map([["code first", "sign-up"]]), "USER_AUTH"), outcome);
    }
  }

  async function refresh({ back }: Of<"refresh">): Promise<void> {
    const token = held[back % Math.max(held.length, 1)];
    if (!token?.tokens.RefreshToken) return;
    const { chain, deviceKey, issuedAt } = token;
    const AuthParameters = {
      REFRESH_TOKEN: token.tokens.RefreshToken,
      ...(deviceKey !== undefined && { DEVICE_KEY: deviceKey }),
    };
    const outcome = await initiate("public", "REFRESH_TOKEN_AUTH", AuthParameters).catch(() => undefined);
    if (!outcome) return;
    tally.challenges.set("refresh", (tally.challenges.get("refresh") ?? 0) + 1);
    checkRefresh(chain, issuedAt);
  }

  return async (move: Move): Promise<void> => {
    // The newest message is told by its time.
    clock.advance(1);
    switch (move.do) {
      case "begin":
        return begin(move);
      case "answer":
        return answer(move);
      case "replay":
        return replay(move);
      case "wait":
        return clock.advance(move.seconds * 1000);
      case "administer":
        return person.isThere ? administer(house, ground, person, move.what) : undefined;
      case "send":
        return codes.send(move.purpose);
      case "redeem":
        return redeem(move);
      case "refresh":
        return refresh(move);
    }
  };
}
