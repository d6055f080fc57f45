/** Bugs for the walk to find: one that finds none of them would be worth nothing. */

/** One place of a file below src/, and what is to stand there. */
type Change = readonly [file: string, from: string, to: string];

/** What a house with the bug does, the names of the grounds on which it shows, and how it comes about. */
export const plantedBugs: readonly (readonly [title: string, where: RegExp, ...changes: Change[]])[] = [
  [
    "forgets the second factor",
    /./,
    [
      "signin/next-step.ts",
      'return stepAfterFirstProof(facts) ?? { do: "finish" };',
      'stepAfterFirstProof(facts); return { do: "finish" };',
    ],
  ],
  ["lets a session be answered twice", /./, ["signin/store.ts", '.where("claimed_at", "is", null)', ""]],
  [
    "takes the session of another client",
    /./,
    ["signin/advance.ts", "attempt.clientId !== client.id || attempt.state.door", "attempt.state.door"],
  ],
  [
    "takes the password of a user who is locked",
    /./,
    [
      "passwords/failures.ts",
      'if (!counted) return "locked";',
      "if (!counted) return clearFailures(app.db, holder).then(inTurn);",
    ],
  ],
  [
    "leaves a temporary password as it is",
    /./,
    [
      "signin/next-step.ts",
      'user.status === "FORCE_CHANGE_PASSWORD" && proved',
      'user.status === "ARCHIVED" && proved',
    ],
  ],
  [
    "takes a wrong code",
    /SMS required|no second factor/,
    ["signin/challenges/one-time-code.ts", '!equalsInConstantTime(memory["code"], given)', 'given === ""'],
  ],
  [
    "takes a code of an authenticator twice",
    /an authenticator required|any second factor/,
    ["factors/store.ts", '.where("totp_step", "<", step)', ""],
    ["factors/authenticator.ts", "if (step <= totpStep) throw usedCode();", ""],
  ],
  [
    "takes an address for a second factor before its code has come back",
    /an address is set up|devices spare/,
    ["signin/challenges/mfa-setup.ts", "    chosen: factor,", '    proof: "second-factor",'],
  ],
  [
    "takes a passkey for a second factor that stands in place of a password alone",
    /passkeys do not count|passkeys beside/,
    ["signin/facts.ts", '?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION"', " !== undefined"],
  ],
  [
    "takes a passkey for a second factor whose holder was not verified",
    /passkeys count|passkeys for/,
    ["signin/challenges/web-authn.ts", 'proved.isUserVerified ? "verified-passkey" : "passkey"', '"verified-passkey"'],
  ],
  [
    "takes a passkey for a second factor against its user's wish",
    /passkeys count|passkeys for/,
    ["signin/facts.ts", "passkeys && factors.settings.webAuthn === true &&", "passkeys &&"],
  ],
  [
    "takes a passkey that has signed for another sign-in",
    /passkeys off|passkeys count/,
    [
      "signin/challenges/web-authn.ts",
      'challenge: memory["challenge"] ?? "", credential }',
      'challenge: JSON.parse(Buffer.from(credential.response.clientDataJSON, "base64url").toString()).challenge, credential }',
    ],
  ],
  [
    "takes somebody else's passkey",
    /passkeys off|passkeys count/,
    [
      "signin/challenges/web-authn.ts",
      'user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];',
      "[await findPasskey(app.db, pool.id, credential.id)];",
    ],
  ],
  [
    "goes on with a password that was replaced",
    /SMS required|any second factor/,
    ["signin/standing.ts", "if (present?.createdAt !== passwordSince)", "if (present === undefined)"],
  ],
  [
    "goes on with a second factor that was switched off",
    /any second factor|passkeys do not count/,
    ["signin/standing.ts", "if (!isSecondDue(challenge, await factsOf(app, sitting)))", "if (!challenge)"],
  ],
  ["lets in who was disabled meanwhile", /./, ["signin/next-step.ts", 'if (!isEnabled) return "disabled";', ""]],
  [
    "refreshes who was signed out",
    /./,
    ["tokens/refresh.ts", "family.isRevoked || isSignedOut(family, user)", "family.isRevoked"],
  ],
  [
    "takes the code of a new password twice",
    /no second factor|SMS required/,
    ["codes/code.ts", "if (!(await deleteCode(app.db, owner, await macOf(app, owner, code)))) throw noCode();", ""],
  ],
  [
    "lets a confirmation lead into two sign-ins",
    /no second factor|passkeys off/,
    ["signin/confirmed.ts", 'if (!isFirst) throw badSession("used");', ""],
  ],
];
