/**
 * Signing in with Apple: OpenID Connect whose client secret is a token of ours, and which sends browsers back by a form.
 * Source: Apple developer documentation, Sign in with Apple REST API; Cognito developer guide, SignInWithApple.
 */
import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import type { App } from "../app.ts";
import { minute, toSeconds } from "../lib/clock.ts";
import { parseObject } from "../lib/json-object.ts";

import { leaveForOpenId, statementOf, takeCode } from "./oidc.ts";
import type { Destination, Protocol } from "./protocol.ts";
import { FederationRefusal } from "./refusal.ts";

const issuer = "https://appleid.apple.com";

const withKeys = <Held extends Destination>(held: Held): Held => ({
  ...held,
  details: { ...held.details, jwks_uri: `${issuer}/auth/keys` },
});

/** The token is used at once. */
const secretLifetime = 5 * minute;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The token that proves us to Apple: signed with the owner's key, by ES256. */
function clientSecret({ clock }: Pick<App, "clock">, { details }: Destination): string {
  const { client_id: sub, team_id: iss, key_id: kid, private_key } = details;
  const iat = toSeconds(clock.now());
  const payload = { iss, iat, exp: iat + toSeconds(secretLifetime), aud: issuer, sub };
  const signed = `${encode({ alg: "ES256", kid })}.${encode(payload)}`;
  const key = { key: keyOf(private_key ?? ""), dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

/** The owner gives the key as PEM, or only what stands between its lines. */
function keyOf(text: string): KeyObject {
  const der = Buffer.from(text.replace(/-----[^-]+-----|\s|\\n/g, ""), "base64");
  try {
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  } catch {
    // Said below: a key that cannot be read is as bad as one of another kind.
  }
  throw new FederationRefusal("invalid_request", "SignInWithApple Error - the private key cannot be used");
}

/** Apple's forms come once with the person's name, which nobody signs: it is the person's own word. */
function namesIn({ user }: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const name = parseObject(user ?? "")?.["name"];
  if (typeof name !== "object" || name === null) return {};
  const parts = Object.entries(name).filter(([, value]) => typeof value === "string" && value !== "");
  const { firstName, lastName } = Object.fromEntries(parts);
  const whole = [firstName, lastName].filter((part) => part !== undefined).join(" ");
  return { firstName, lastName, ...(whole !== "" && { name: whole }) };
}

/** An OpenID provider that is told neither prompt nor hint, and says nothing beside its ID token but a name. */
export const apple: Protocol = {
  leave: (app, departing) =>
    leaveForOpenId(app, withKeys(departing), {
      isTold: false,
      isWithoutChallenge: true,
      secret: clientSecret(app, departing),
      parameters: { response_mode: "form_post" },
    }),
  arrive: async (app, returning) => {
    const answer = await takeCode(app, withKeys(returning), clientSecret(app, returning));
    return statementOf(answer, {}, namesIn(returning.parameters));
  },
};
