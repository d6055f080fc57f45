import { poolOperation } from "../operation.ts";
import { describeMfa } from "./mfa.ts";

/** Shows which second factors a pool asks for. */
export const GetUserPoolMfaConfig = poolOperation("GetUserPoolMfaConfig", (_app, pool) => describeMfa(pool.settings));
