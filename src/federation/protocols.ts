/** Which protocol is spoken with which type of provider. */
import type { Protocols } from "./protocol.ts";
import { saml } from "./saml.ts";

export const protocols: Protocols = { SAML: saml };
