/** The events of the three functions of a custom flow. */
import { refusalOf } from "../refusal.ts";
import { attributesOf, ClientMetadata, clientMetadata, person, type Row, type Scene } from "./row.ts";

/** Begins a custom flow and answers its question once. */
const play = async ({ house, ClientId, name }: Scene, ANSWER = "4"): Promise<unknown> => {
  const asked = await house.api.initiateAuth({
    ClientId,
    AuthFlow: "CUSTOM_AUTH",
    AuthParameters: { USERNAME: name },
    ClientMetadata,
  });
  return house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: asked.Session,
    ChallengeResponses: { USERNAME: name, ANSWER },
    ClientMetadata,
  });
};

const right = async (scene: Scene): Promise<void> => {
  await person(scene);
  await play(scene);
};
const wrong = async (scene: Scene): Promise<void> => {
  await person(scene);
  await play(scene, "5");
};
const nobody = (scene: Scene): Promise<unknown> => refusalOf(play(scene));

const roundOf = (challengeResult: boolean) => ({
  challengeName: "CUSTOM_CHALLENGE",
  challengeResult,
  challengeMetadata: "SUM",
});
const undecided = { challengeName: null, issueTokens: null, failAuthentication: null };
const unmade = { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null };
const unjudged = { answerCorrect: null };

/** Every step of the flow. */
export const customRows: readonly Row[] = [
  {
    source: "DefineAuthChallenge_Authentication",
    when: "at the beginning",
    act: right,
    request: (scene) => ({ userAttributes: attributesOf(scene), session: [], userNotFound: false }),
    response: undecided,
  },
  {
    source: "DefineAuthChallenge_Authentication",
    when: "after a right answer",
    act: right,
    at: "last",
    request: (scene) => ({
      userAttributes: attributesOf(scene),
      session: [roundOf(true)],
      userNotFound: false,
      clientMetadata,
    }),
    response: undecided,
  },
  {
    source: "DefineAuthChallenge_Authentication",
    when: "for a name that nobody has",
    act: nobody,
    request: () => ({ userAttributes: {}, session: [], userNotFound: true }),
    response: undecided,
  },
  {
    source: "CreateAuthChallenge_Authentication",
    when: "at the beginning",
    act: right,
    request: (scene) => ({
      userAttributes: attributesOf(scene),
      challengeName: "CUSTOM_CHALLENGE",
      session: [],
      userNotFound: false,
    }),
    response: unmade,
  },
  {
    source: "CreateAuthChallenge_Authentication",
    when: "after a wrong answer",
    act: wrong,
    at: "last",
    request: (scene) => ({
      userAttributes: attributesOf(scene),
      challengeName: "CUSTOM_CHALLENGE",
      session: [roundOf(false)],
      userNotFound: false,
      clientMetadata,
    }),
    response: unmade,
  },
  {
    source: "CreateAuthChallenge_Authentication",
    when: "for a name that nobody has",
    act: nobody,
    request: () => ({ userAttributes: {}, challengeName: "CUSTOM_CHALLENGE", session: [], userNotFound: true }),
    response: unmade,
  },
  {
    source: "VerifyAuthChallengeResponse_Authentication",
    act: right,
    request: (scene) => ({
      userAttributes: attributesOf(scene),
      privateChallengeParameters: { answer: "4" },
      challengeAnswer: "4",
      userNotFound: false,
      clientMetadata,
    }),
    response: unjudged,
  },
  {
    source: "VerifyAuthChallengeResponse_Authentication",
    when: "for a name that nobody has",
    act: nobody,
    request: () => ({
      userAttributes: {},
      privateChallengeParameters: { answer: "4" },
      challengeAnswer: "4",
      userNotFound: true,
      clientMetadata,
    }),
    response: unjudged,
  },
];
