/** Bugs for the walk to find: one that finds none of them would be worth nothing. */
import type { Mutation } from "../mutant.ts";

/** What a house does that has the bug, which rule of the model it breaks and on which grounds, and how it comes about. */
interface PlantedBug {
  readonly title: string;
  readonly breaks: RegExp;
  /** A seed by which it is found soon, where others take their time. */
  readonly seed?: number;
  readonly where?: RegExp;
  readonly changes: readonly Mutation[];
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    title: "forgets the second factor",
    breaks: /second factor that is due/,
    changes: [
      {
        file: "signin/next-step.ts",
        from: 'return stepAfterFirstProof(facts) ?? { do: "finish" };',
        to: 'stepAfterFirstProof(facts); return { do: "finish" };',
      },
    ],
  },
  {
    title: "lets a session be answered twice",
    breaks: /twice: session|taken again/,
    changes: [{ file: "signin/store.ts", from: '.where("claimed_at", "is", null)', to: "" }],
  },
  {
    title: "takes the session of another client",
    seed: 2,
    breaks: /a wrong \w+ is taken/,
    changes: [
      {
        file: "signin/answer.ts",
        from: "attempt.clientId !== client.id || attempt.state.door",
        to: "attempt.state.door",
      },
    ],
  },
  {
    title: "takes the password of a user who is locked",
    breaks: /while its user is locked/,
    changes: [
      {
        file: "passwords/failures.ts",
        from: 'if (!counted) return "locked";',
        to: "if (!counted) return clearFailures(app.db, holder).then(inTurn);",
      },
    ],
  },
  {
    title: "leaves a temporary password as it is",
    breaks: /temporary password is replaced/,
    changes: [
      {
        file: "signin/next-step.ts",
        from: 'user.status === "FORCE_CHANGE_PASSWORD" && proved',
        to: 'user.status === "ARCHIVED" && proved',
      },
    ],
  },
  {
    title: "takes a wrong code",
    breaks: /a wrong (SMS|EMAIL)_\w+ is taken/,
    where: /SMS required|no second factor/,
    changes: [
      {
        file: "signin/challenges/one-time-code.ts",
        from: '!equalsInConstantTime(memory["code"], given)',
        to: 'given === ""',
      },
    ],
  },
  {
    title: "takes a code of an authenticator twice",
    breaks: /twice: step/,
    where: /an authenticator required|any second factor/,
    changes: [
      { file: "factors/store.ts", from: '.where("totp_step", "<", step)', to: "" },
      { file: "factors/authenticator.ts", from: "if (step <= totpStep) throw usedCode();", to: "" },
    ],
  },
  {
    title: "takes an address for a second factor before its code has come back",
    breaks: /second factor that is due/,
    where: /an address is set up|devices spare/,
    changes: [
      { file: "signin/challenges/mfa-setup.ts", from: "    chosen: factor,", to: '    proof: "second-factor",' },
    ],
  },
  {
    title: "takes a passkey for a second factor that stands in place of a password alone",
    seed: 4,
    breaks: /second factor that is due/,
    where: /passkeys do not count|passkeys beside/,
    changes: [
      {
        file: "signin/facts.ts",
        from: '?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION"',
        to: " !== undefined",
      },
    ],
  },
  {
    title: "takes a passkey for a second factor whose holder was not verified",
    seed: 1,
    breaks: /second factor that is due/,
    where: /passkeys count|passkeys for/,
    changes: [
      {
        file: "signin/challenges/web-authn.ts",
        from: 'proved.isUserVerified ? "verified-passkey" : "passkey"',
        to: '"verified-passkey"',
      },
    ],
  },
  {
    title: "takes a passkey for a second factor against its user's wish",
    breaks: /second factor that is due/,
    where: /passkeys count|passkeys for/,
    changes: [
      { file: "signin/facts.ts", from: "passkeys && factors.settings.webAuthn === true &&", to: "passkeys &&" },
    ],
  },
  {
    title: "takes a passkey that has signed for another sign-in",
    breaks: /a wrong WEB_AUTHN is taken/,
    where: /passkeys off/,
    changes: [
      {
        file: "signin/challenges/web-authn.ts",
        from: 'challenge: memory["challenge"] ?? "", credential }',
        to: 'challenge: JSON.parse(Buffer.from(credential.response.clientDataJSON, "base64url").toString()).challenge, credential }',
      },
    ],
  },
  {
    title: "takes somebody else's passkey",
    seed: 2,
    breaks: /a wrong WEB_AUTHN is taken/,
    where: /passkeys off/,
    changes: [
      {
        file: "signin/challenges/web-authn.ts",
        from: 'user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];',
        to: "[await findPasskey(app.db, pool.id, credential.id)];",
      },
    ],
  },
  {
    title: "goes on with a password that was replaced",
    seed: 7,
    breaks: /that was replaced|temporary password sets/,
    where: /SMS required|any second factor/,
    changes: [
      {
        file: "signin/standing.ts",
        from: 'if ((await findPassword(db, user))?.createdAt !== passwordSince) throw badSession("invalid");',
        to: "",
      },
    ],
  },
  {
    title: "goes on with a second factor that was switched off",
    breaks: /that was switched off/,
    where: /any second factor/,
    changes: [
      {
        file: "signin/standing.ts",
        from: "if (!isSecondDue(challenge, await factsOf(app, sitting)))",
        to: "if (!challenge)",
      },
    ],
  },
  {
    title: "lets in who was disabled meanwhile",
    breaks: /who is disabled/,
    changes: [{ file: "signin/next-step.ts", from: 'if (!isEnabled) return "disabled";', to: "" }],
  },
  {
    title: "refreshes who was signed out",
    breaks: /signed out does not refresh/,
    changes: [
      { file: "tokens/refresh.ts", from: "family.isRevoked || isSignedOut(family, user)", to: "family.isRevoked" },
    ],
  },
  {
    title: "takes the code of a new password twice",
    breaks: /twice: code/,
    where: /no second factor|SMS required/,
    changes: [
      {
        file: "codes/code.ts",
        from: "if (!(await deleteCode(app.db, owner, await macOf(app, owner, code)))) throw noCode();",
        to: "",
      },
    ],
  },
  {
    title: "lets a confirmation lead into two sign-ins",
    breaks: /taken again|twice: session/,
    where: /no second factor|passkeys off/,
    changes: [{ file: "signin/confirmed.ts", from: 'if (!isFirst) throw badSession("used");', to: "" }],
  },
];
