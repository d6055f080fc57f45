/**
 * The order in which the service lists the values of an enum in its messages, where it is known to differ from the
 * model's. Source: observed messages.
 */
export const observedEnumOrders: Readonly<Record<string, readonly string[]>> = {
  UserPoolMfaType: ["OPTIONAL", "OFF", "ON"],
  AttributeDataType: ["Boolean", "Number", "String", "DateTime"],
  VerifiedAttributeType: ["phone_number", "email"],
  AccountTakeoverEventActionType: ["MFA_IF_CONFIGURED", "BLOCK", "NO_ACTION", "MFA_REQUIRED"],
  CompromisedCredentialsEventActionType: ["BLOCK", "NO_ACTION"],
  EventFilterType: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
  AuthFlowType: [
    "ADMIN_NO_SRP_AUTH",
    "ADMIN_USER_PASSWORD_AUTH",
    "USER_SRP_AUTH",
    "REFRESH_TOKEN_AUTH",
    "REFRESH_TOKEN",
    "CUSTOM_AUTH",
    "USER_PASSWORD_AUTH",
    "USER_AUTH",
  ],
};
