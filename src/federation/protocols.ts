/** Which protocol is spoken with which type of provider. */
import { amazon } from "./amazon.ts";
import { apple } from "./apple.ts";
import { facebook } from "./facebook.ts";
import { google } from "./google.ts";
import { oidc } from "./oidc.ts";
import type { Protocols } from "./protocol.ts";
import { saml } from "./saml.ts";

/** Every type of provider has one. */
export const protocols: Protocols = {
  OIDC: oidc,
  Google: google,
  SignInWithApple: apple,
  Facebook: facebook,
  LoginWithAmazon: amazon,
  SAML: saml,
};
