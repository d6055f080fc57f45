/** Which protocol is spoken with which type of provider. */
import type { Protocols } from "./protocol.ts";

export const protocols: Protocols = {};
