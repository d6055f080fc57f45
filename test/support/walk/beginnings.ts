/** What clients begin with. */
import type { AuthFlowType } from "@aws-sdk/client-cognito-identity-provider";
import type { Door, Flow } from "./moves.ts";

/** The flow and the parameters, beside the name, of a way to begin. */
export function beginningOf(
  flow: Flow,
  door: Door,
  given: Record<string, string>,
): [AuthFlowType, Record<string, string>] {
  const { PASSWORD = "", SRP_A = "" } = given;
  switch (flow) {
    case "password":
      return [door === "admin" ? "ADMIN_USER_PASSWORD_AUTH" : "USER_PASSWORD_AUTH", { PASSWORD }];
    case "SRP":
      return ["USER_SRP_AUTH", { SRP_A }];
    case "choice":
      return ["USER_AUTH", {}];
    case "preferred password":
      return ["USER_AUTH", { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD }];
    case "preferred SRP":
      return ["USER_AUTH", { PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A }];
    case "preferred EMAIL_OTP":
    case "preferred SMS_OTP":
    case "preferred WEB_AUTHN":
      return ["USER_AUTH", { PREFERRED_CHALLENGE: flow.slice("preferred ".length) }];
    case "custom":
      return ["CUSTOM_AUTH", {}];
    case "custom with SRP":
      return ["CUSTOM_AUTH", { CHALLENGE_NAME: "SRP_A", SRP_A }];
  }
}
