/** The moves of a walk. */
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { type Deed, deeds } from "./administrator.ts";

export const flows = [
  "password",
  "SRP",
  "choice",
  "preferred password",
  "preferred SRP",
  "preferred EMAIL_OTP",
  "preferred SMS_OTP",
  "preferred WEB_AUTHN",
  "custom",
  "custom with SRP",
] as const;

export type Flow = (typeof flows)[number];
export type Door = "public" | "admin" | "page";

/** In whose name an answer is sent: rightly, in another's name, or by a client that the session is not of. */
export type Sender = "self" | "stranger" | "other client" | "other pool";

/** What a code is good for. */
export type Purpose = "sign-up" | "password" | "address";

export type Move =
  | {
      readonly do: "begin";
      readonly flow: Flow;
      readonly door: Door;
      readonly isRight: boolean;
      /** How often a wrong password is given, at once; after eight of them comes the right one. */
      readonly times: 1 | 8;
      readonly onDevice: boolean;
    }
  | {
      readonly do: "answer";
      /** How many questions ago it was asked. */
      readonly back: number;
      readonly isRight: boolean;
      readonly which: number;
      readonly times: 1 | 8;
      readonly name: "asked" | ChallengeNameType;
      readonly sender: Sender;
      readonly door: Door;
      /** What an administrator does at the same time. */
      readonly beside: Deed | undefined;
    }
  | { readonly do: "replay"; readonly back: number }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "administer"; readonly what: Deed }
  | { readonly do: "send"; readonly purpose: Purpose }
  | {
      readonly do: "redeem";
      readonly purpose: Purpose;
      readonly isRight: boolean;
      /** How many codes ago it was sent. */
      readonly back: number;
      readonly times: 1 | 8;
      /** Whether a confirmation leads on into a sign-in. */
      readonly goesOn: boolean;
    }
  | { readonly do: "refresh"; readonly back: number };

/** One value, and another now and then. */
const rarely = <Value>(value: fc.Arbitrary<Value>, otherwise: Value, weight: number): fc.Arbitrary<Value> =>
  fc.oneof({ weight, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });

/** Most answers are right: a walk that is refused at its first step goes nowhere. */
const mostly = fc.integer({ min: 0, max: 4 }).map((number) => number > 0);
const door = fc.constantFrom<Door>("public", "public", "public", "admin", "page");
const times = rarely<1 | 8>(fc.constant(8), 1, 7);
const purpose = fc.constantFrom<Purpose>("sign-up", "password", "address");

const otherNames: ChallengeNameType[] = [
  "SOFTWARE_TOKEN_MFA",
  "MFA_SETUP",
  "EMAIL_OTP",
  "NEW_PASSWORD_REQUIRED",
  "PASSWORD",
  "WEB_AUTHN",
  "SELECT_CHALLENGE",
  "DEVICE_SRP_AUTH",
];

/** What can be done beside an answer, such that whichever is first can be told from what comes of it. */
const besides: Deed[] = ["disable", "delete", "sign out"];

const begin = fc.record({
  do: fc.constant("begin" as const),
  flow: fc.constantFrom<Flow>(...flows, "password", "choice", "preferred WEB_AUTHN", "preferred WEB_AUTHN"),
  door,
  isRight: mostly,
  times: fc.constantFrom(1, 8),
  onDevice: fc.boolean(),
});

const answer = fc.record({
  do: fc.constant("answer" as const),
  back: fc.constantFrom(0, 0, 0, 0, 1, 2),
  isRight: mostly,
  which: fc.nat(11),
  times,
  name: rarely<"asked" | ChallengeNameType>(fc.constantFrom(...otherNames), "asked", 9),
  sender: rarely<Sender>(fc.constantFrom("stranger", "other client", "other pool"), "self", 6),
  door,
  beside: rarely<Deed | undefined>(fc.constantFrom(...besides), undefined, 24),
});

/** Any move. */
export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: begin },
  { weight: 20, arbitrary: answer },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("replay" as const), back: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 30, 200) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("administer" as const),
      what: fc.constantFrom<Deed>(...deeds, "enable", "switch to others", "switch to others", "sign out"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("send" as const), purpose }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("redeem" as const),
      purpose,
      isRight: mostly,
      back: fc.constantFrom(0, 0, 1),
      times,
      goesOn: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("refresh" as const), back: fc.nat(3) }) },
);
