/** What a walker answers with: rightly, as a client does it, or wrongly. */
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { stepAt } from "../../../src/lib/totp.ts";
import { assert } from "../authenticator.ts";
import type { TestHouse } from "../house.ts";
import { authenticatorCode } from "../signing-in.ts";
import { freshPassword } from "./administrator.ts";
import type { Chain, Given } from "./model.ts";
import { openSrpClient, type SrpClient, signSrp } from "./srp-client.ts";

/** A question that waits. */
export interface Pending {
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly parameters: Record<string, string>;
  readonly offered: readonly string[];
  readonly code: string | undefined;
  readonly srp: SrpClient | undefined;
}

/** How it is to be answered. `which` chooses where several answers are right, or wrong. */
export interface Manner {
  readonly isRight: boolean;
  readonly which: number;
}

/** An answer that is ready to be sent. */
export interface Prepared {
  readonly session: string;
  readonly responses: Record<string, string>;
  readonly gives: ReadonlyMap<Given, string>;
  /** Whether it must not be taken. */
  readonly isWrong: boolean;
  /** What may be used once, and is used by it. */
  readonly spends: readonly string[];
  readonly srp?: SrpClient | undefined;
  /** What has become of the person once the answer was taken. */
  settle(): void;
}

type Told = Partial<Omit<Prepared, "gives">> & { readonly gives?: readonly (readonly [Given, string])[] };

/** The parts of an answer that differ from one challenge to the next. */
type Answer = (
  house: TestHouse,
  chain: Chain,
  pending: Pending,
  manner: Manner,
) => Promise<Told | undefined> | Told | undefined;

const wrongPassword = "Wr0ng-one!";

/** The step of an authenticator that is now. */
const totpStepOf = ({ clock }: TestHouse): number => stepAt(clock.now());

/** A client's half of an exchange, with a secret that is short: these walks are not about its strength. */
export const srpFor = ({ app }: TestHouse): Promise<SrpClient> =>
  openSrpClient(app.powers, BigInt(`0x${app.random.bytes(16).toString("hex")}`));

/** The time as clients write it. */
function timestamp(now: number): string {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(now)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
}

const firsts: readonly Given[] = ["password", "passkey", "verified passkey", "code first"];

/** A code of a message: the first proof where nothing was proved, else the second. */
const code =
  (name: string): Answer =>
  (_house, { given }, pending, { isRight }) => {
    const wrong = pending.code === "00000000" ? "11111111" : "00000000".slice(0, pending.code?.length ?? 6);
    const isFirst = !firsts.some((proof) => given.has(proof));
    return {
      responses: { [name]: isRight ? (pending.code ?? "none") : wrong },
      gives: [[isFirst ? "code first" : "second factor", pending.challenge]],
    };
  };

const answers: Partial<Record<ChallengeNameType, Answer>> = {
  PASSWORD: (_house, { person }, _pending, { isRight }) => ({
    responses: { PASSWORD: isRight ? person.password : wrongPassword },
    gives: [["password", person.password]],
  }),
  PASSWORD_SRP: async (house) => {
    const srp = await srpFor(house);
    return { responses: { SRP_A: srp.publicValue.toString(16) }, srp, isWrong: false };
  },
  PASSWORD_VERIFIER: async ({ app, clock }, { person, ground }, { parameters, srp }, { isRight }) => {
    if (!srp) return undefined;
    const known = {
      realm: ground.UserPoolId.split("_")[1] ?? "",
      name: parameters["USER_ID_FOR_SRP"] ?? "",
      password: isRight ? person.password : wrongPassword,
    };
    const signed = await signSrp(app.powers, srp, known, { question: parameters, timestamp: timestamp(clock.now()) });
    return { responses: signed, gives: [["password", person.password]] };
  },
  NEW_PASSWORD_REQUIRED: (_house, { person }, _pending, { isRight }) => {
    const password = freshPassword();
    return {
      responses: { NEW_PASSWORD: isRight ? password : "short" },
      gives: [["new password", password]],
      settle: () => void Object.assign(person, { password, isTemporary: false }),
    };
  },
  SMS_MFA: code("SMS_MFA_CODE"),
  EMAIL_OTP: code("EMAIL_OTP_CODE"),
  SMS_OTP: code("SMS_OTP_CODE"),
  SOFTWARE_TOKEN_MFA: (house, { person }, _pending, { isRight }) => {
    if (person.totp === undefined) return undefined;
    const right = authenticatorCode(house, person.totp);
    const SOFTWARE_TOKEN_MFA_CODE = isRight ? right : right === "000000" ? "111111" : "000000";
    return {
      responses: { SOFTWARE_TOKEN_MFA_CODE },
      gives: [["second factor", "SOFTWARE_TOKEN_MFA"]],
      spends: [`step ${totpStepOf(house)} of ${person.totp}`],
    };
  },
  SELECT_MFA_TYPE: (_house, _chain, { parameters }, { isRight, which }) => {
    const names: string[] = JSON.parse(parameters["MFAS_CAN_CHOOSE"] ?? "[]");
    return { responses: { ANSWER: isRight ? (names[which % names.length] ?? "") : "MFA_SETUP" } };
  },
  SELECT_CHALLENGE: (_house, { person }, { offered }, { isRight, which }) => {
    const ANSWER = isRight ? (offered[which % offered.length] ?? "") : "MFA_SETUP";
    if (ANSWER !== "PASSWORD" || which < offered.length) return { responses: { ANSWER } };
    // The password may come along with the choice.
    return { responses: { ANSWER, PASSWORD: person.password }, gives: [["password", person.password]] };
  },
  MFA_SETUP: (house, chain, pending, manner) => (manner.isRight ? setUp(house, chain, pending, manner) : {}),
  WEB_AUTHN: (_house, { person, ground }, { parameters }, { isRight, which }) => {
    const options = JSON.parse(parameters["CREDENTIAL_REQUEST_OPTIONS"] ?? "{}");
    const challenge = String(options.challenge);
    if (!person.passkey) return undefined;
    const isVerified = which % 2 === 0;
    const wrongs = [
      assert(person.passkey, { challenge: Buffer.alloc(32, which).toString("base64url") }),
      assert({ ...person.passkey, privateKey: ground.neighbour.privateKey }, { challenge }),
      assert(ground.neighbour, { challenge }),
      assert(person.passkey, { challenge, isPresent: false }),
    ];
    const credential = isRight ? assert(person.passkey, { challenge, isVerified }) : wrongs[which % wrongs.length];
    return {
      responses: { CREDENTIAL: JSON.stringify(credential) },
      gives: [[isVerified ? "verified passkey" : "passkey", person.passkey.id.toString("hex")]],
      isWrong: !isRight || (ground.verifiesHolders && !isVerified),
      spends: [`challenge ${challenge}`],
    };
  },
  CUSTOM_CHALLENGE: (_house, _chain, _pending, { isRight }) => ({
    responses: { ANSWER: isRight ? "4" : "5" },
    gives: isRight ? [["custom answer", "4"]] : [],
    // What a wrong one is worth is for the pool's functions to say.
    isWrong: false,
  }),
  DEVICE_SRP_AUTH: async (house, { person }, _pending, { isRight }) => {
    if (!person.device) return undefined;
    const srp = await srpFor(house);
    const DEVICE_KEY = isRight ? person.device.key : "us-east-1_00000000-0000-0000-0000-000000000000";
    return { responses: { DEVICE_KEY, SRP_A: srp.publicValue.toString(16) }, srp };
  },
  DEVICE_PASSWORD_VERIFIER: async ({ app, clock }, { person }, { parameters, srp }, { isRight }) => {
    if (!srp || !person.device) return undefined;
    const { key, groupKey, password } = person.device;
    const known = { realm: groupKey, name: key, password: isRight ? password : wrongPassword };
    const signed = await signSrp(app.powers, srp, known, { question: parameters, timestamp: timestamp(clock.now()) });
    return { responses: { ...signed, DEVICE_KEY: key }, gives: [["device", key]] };
  },
};

/** Sets up an authenticator with the sessions of the sign-in, as clients do before they answer, or an address. */
async function setUp(
  house: TestHouse,
  { person }: Chain,
  { session, parameters }: Pending,
  { which }: Manner,
): Promise<Told | undefined> {
  const offered = parameters["MFAS_CAN_SETUP"] ?? "";
  if (offered.includes("EMAIL_OTP") && which % 2 === 0) {
    const email = `${person.name}@example.com`;
    const settle = (): void => void Object.assign(person, { email, seconds: [...person.seconds, "EMAIL_OTP"] });
    return person.email === undefined ? { responses: { EMAIL: email }, settle } : undefined;
  }
  if (!offered.includes("SOFTWARE_TOKEN_MFA")) return undefined;
  try {
    const associated = await house.api.associateSoftwareToken({ Session: session });
    const secret = associated.SecretCode ?? "";
    const UserCode = authenticatorCode(house, secret);
    const verified = await house.api.verifySoftwareToken({ Session: associated.Session, UserCode });
    person.totp = secret;
    person.seconds = [...person.seconds, "SOFTWARE_TOKEN_MFA"];
    return {
      session: verified.Session ?? "",
      gives: [["second factor", "SOFTWARE_TOKEN_MFA"]],
      spends: [`session ${session}`, `session ${associated.Session}`],
    };
  } catch {
    // Its session may have lapsed, or the person have set one up by another sign-in.
    return undefined;
  }
}

/** Makes the answer to a question. Undefined for one that this person cannot answer. */
export async function answerTo(
  house: TestHouse,
  chain: Chain,
  pending: Pending,
  manner: Manner,
): Promise<Prepared | undefined> {
  const told = await answers[pending.challenge]?.(house, chain, pending, manner);
  return (
    told && {
      session: pending.session,
      responses: {},
      isWrong: !manner.isRight,
      spends: [],
      settle: () => undefined,
      ...told,
      gives: new Map(told.gives),
    }
  );
}
