import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { Tokens } from "./client.ts";

const { settings } = window;

const manager = new UserManager({
  authority: `${settings.url}/${settings.userPoolId}`,
  client_id: settings.clientId,
  redirect_uri: settings.page,
  post_logout_redirect_uri: settings.page,
  scope: "openid email",
  userStore: new WebStorageStateStore({ store: window.localStorage }),
});

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));

const described = (user: User | null): Tokens | null =>
  user && { id: { ...user.profile }, access: claimsOf(user.access_token) };

const search = new URLSearchParams(window.location.search);
if (search.has("code")) {
  await manager.signinRedirectCallback();
  window.history.replaceState({}, "", settings.page);
} else if (search.has("state")) {
  await manager.signoutRedirectCallback();
  window.history.replaceState({}, "", settings.page);
}

window.client = {
  signIn: () => manager.signinRedirect(),
  tokens: async () => described(await manager.getUser()),
  refresh: async () => described(await manager.signinSilent()),
  signOut: () => manager.signoutRedirect(),
};
