/** Who is signed in. The library keeps the tokens, proves the code with PKCE and checks state and nonce. */
import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { ExampleSettings } from "./settings.ts";

/** The session of the page. */
export interface Session {
  /** Who is signed in, or null. */
  current(): Promise<User | null>;
  /** Leaves for the sign-in page. */
  signIn(): Promise<void>;
  /** Takes new tokens for the ones that are held. */
  refresh(): Promise<User | null>;
  /** Forgets the tokens and leaves for the sign-out endpoint. */
  signOut(): Promise<void>;
}

/** Opens the session, and finishes a sign-in that has just come back. */
export async function openSession({ issuer, domain, clientId }: ExampleSettings): Promise<Session> {
  const home = `${window.location.origin}/`;
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: home,
    scope: "openid email notes/read notes/write",
    // For this tab alone: what is kept for longer, a script that got in could read for longer.
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
  if (new URLSearchParams(window.location.search).has("code")) {
    await manager.signinRedirectCallback();
    window.history.replaceState({}, "", home);
  }
  return {
    current: () => manager.getUser(),
    signIn: () => manager.signinRedirect(),
    refresh: () => manager.signinSilent(),
    signOut: async () => {
      await manager.revokeTokens(["refresh_token"]);
      await manager.removeUser();
      // Cognito's own parameters, which Amazon's endpoint wants.
      window.location.assign(`${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: home })}`);
    },
  };
}
