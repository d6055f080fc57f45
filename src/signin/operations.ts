export { AdminInitiateAuth } from "./AdminInitiateAuth.ts";
export { AdminRespondToAuthChallenge } from "./AdminRespondToAuthChallenge.ts";
export { AssociateSoftwareToken } from "./AssociateSoftwareToken.ts";
export { ConfirmSignUp } from "./ConfirmSignUp.ts";
export { InitiateAuth } from "./InitiateAuth.ts";
export { RespondToAuthChallenge } from "./RespondToAuthChallenge.ts";
export { SignUp } from "./SignUp.ts";
export { VerifySoftwareToken } from "./VerifySoftwareToken.ts";
