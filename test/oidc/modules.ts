/**
 * The modules of the OpenID Foundation's plans that are played here, each by a test that bears its name. Where Cognito
 * itself differs from what a module wants, Poolhouse is as Cognito is, and the reason stands here and in
 * docs/differences.md.
 */

/** Basic OP, 36 modules. */
export const basic = [
  "oidcc-server",
  "oidcc-response-type-missing",
  "oidcc-idtoken-signature",
  "oidcc-idtoken-unsigned",
  "oidcc-userinfo-get",
  "oidcc-userinfo-post-header",
  "oidcc-userinfo-post-body",
  "oidcc-ensure-request-without-nonce-succeeds-for-code-flow",
  "oidcc-scope-profile",
  "oidcc-scope-email",
  "oidcc-scope-address",
  "oidcc-scope-phone",
  "oidcc-scope-all",
  "oidcc-alternate-happy-flow",
  "oidcc-display-page",
  "oidcc-display-popup",
  "oidcc-prompt-login",
  "oidcc-prompt-none-not-logged-in",
  "oidcc-prompt-none-logged-in",
  "oidcc-max-age-1",
  "oidcc-max-age-10000",
  "oidcc-ensure-request-with-unknown-parameter-succeeds",
  "oidcc-id-token-hint",
  "oidcc-login-hint",
  "oidcc-ui-locales",
  "oidcc-claims-locales",
  "oidcc-ensure-request-with-acr-values-succeeds",
  "oidcc-ensure-registered-redirect-uri",
  "oidcc-ensure-post-request-succeeds",
  "oidcc-server-client-secret-post",
  "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
  "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
  "oidcc-claims-essential",
  "oidcc-ensure-request-object-with-redirect-uri",
  "oidcc-refresh-token",
  "oidcc-ensure-request-with-valid-pkce-succeeds",
] as const;

/** Config OP, one module. */
export const discovery = ["oidcc-discovery-endpoint-verification"] as const;

/** RP-Initiated Logout OP, 11 modules. */
export const logout = [
  "oidcc-rp-initiated-logout-discovery-endpoint-verification",
  "oidcc-rp-initiated-logout",
  "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
  "oidcc-rp-initiated-logout-modified-id-token-hint",
  "oidcc-rp-initiated-logout-no-id-token-hint",
  "oidcc-rp-initiated-logout-no-params",
  "oidcc-rp-initiated-logout-no-post-logout-redirect-uri",
  "oidcc-rp-initiated-logout-no-state",
  "oidcc-rp-initiated-logout-only-state",
  "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri",
  "oidcc-rp-initiated-logout-bad-id-token-hint",
] as const;

/** From other plans, beyond what a certificate asks for. */
export const beyond = [
  "oidcc-redirect-uri-query-added",
  "oidcc-redirect-uri-query-mismatch",
  "oidcc-redirect-uri-regfrag",
  "oidcc-ensure-redirect-uri-in-authorization-request",
  "oidcc-server-rotate-keys",
  "oidcc-ensure-request-without-nonce-fails",
] as const;

/** Where Cognito does not do what the module wants, and why Poolhouse does not either. */
export const differences = {
  "oidcc-idtoken-unsigned": "a client cannot ask for the algorithm none: every ID token is signed with RS256",
  "oidcc-scope-email": "userInfo says that an address is verified by the text true, as Cognito does",
  "oidcc-scope-phone": "userInfo says that a number is verified by the text true, as Cognito does",
  "oidcc-scope-address": "Cognito has no scope address and answers invalid_scope",
  "oidcc-scope-all": "Cognito has no scope address: the module is played with the others",
  "oidcc-claims-essential": "Cognito passes over the parameter claims",
  "oidcc-rp-initiated-logout-no-id-token-hint":
    "Cognito's error page: without a client nobody knows where to go back to",
  "oidcc-rp-initiated-logout-no-params": "Cognito's error page, and the session stays",
  "oidcc-rp-initiated-logout-only-state": "Cognito's error page, and the session stays",
  "oidcc-rp-initiated-logout-no-post-logout-redirect-uri":
    "the session ends on the sign-in page: Cognito has no page for it",
  "oidcc-server-rotate-keys": "keys of a pool stay as they are, as Cognito's do",
  "oidcc-ensure-request-without-nonce-fails": "Cognito never asks for a nonce, in the implicit flow neither",
} as const;
