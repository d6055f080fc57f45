export { AdminInitiateAuth } from "./AdminInitiateAuth.ts";
export { AdminRespondToAuthChallenge } from "./AdminRespondToAuthChallenge.ts";
export { InitiateAuth } from "./InitiateAuth.ts";
export { RespondToAuthChallenge } from "./RespondToAuthChallenge.ts";
