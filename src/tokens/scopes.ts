/** What scopes stand for: which attributes they let out. Source: Cognito developer guide, scopes and the userInfo endpoint. */

const emailAttributes = ["email", "email_verified"];
const phoneAttributes = ["phone_number", "phone_number_verified"];

const profileAttributes: ReadonlySet<string> = new Set([
  "name",
  "family_name",
  "given_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "updated_at",
]);

/** The claims that scopes let out, in the order of OpenID Connect Core 1.0 section 5.1. */
export const scopedClaims: readonly string[] = [...profileAttributes, ...emailAttributes, ...phoneAttributes];

/** The scope of every token of an API sign-in, and the one that lets a user act on itself. */
export const signInScope = "aws.cognito.signin.user.admin";

/** The scopes that every pool knows, beside those of its resource servers. */
export const standardScopes: ReadonlySet<string> = new Set(["openid", "email", "phone", "profile", signInScope]);

/** Whether an attribute may be shown for these scopes: `openid` alone shows all of them, others show their own. */
export function attributeFilter(scopes: readonly string[]): (name: string) => boolean {
  const shown = new Set(scopes);
  if (!shown.has("email") && !shown.has("phone") && !shown.has("profile")) return () => true;
  return (name) => {
    // Source: observed: where a user comes from is told whatever the scopes.
    if (name === "identities") return true;
    if (emailAttributes.includes(name)) return shown.has("email");
    if (phoneAttributes.includes(name)) return shown.has("phone");
    return shown.has("profile") && (profileAttributes.has(name) || name.startsWith("custom:"));
  };
}

/** The attributes that a grant of these scopes needs to be able to read; the token request fails when it cannot. */
export const attributesNeeded = (scopes: readonly string[]): readonly string[] => [
  ...(scopes.includes("email") ? emailAttributes : []),
  ...(scopes.includes("phone") ? phoneAttributes : []),
];
