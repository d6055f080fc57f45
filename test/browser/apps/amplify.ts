import { Amplify } from "aws-amplify";
import { fetchAuthSession, signInWithRedirect, signOut } from "aws-amplify/auth";
import "aws-amplify/auth/enable-oauth-listener";
import type { Tokens } from "./client.ts";

const { settings } = window;

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: settings.userPoolId,
      userPoolClientId: settings.clientId,
      userPoolEndpoint: settings.url,
      loginWith: {
        oauth: {
          domain: settings.domain,
          scopes: ["openid", "email", "aws.cognito.signin.user.admin"],
          redirectSignIn: [settings.page],
          redirectSignOut: [settings.page],
          responseType: "code",
        },
      },
    },
  },
});

async function session(forceRefresh: boolean): Promise<Tokens | null> {
  const { tokens } = await fetchAuthSession({ forceRefresh });
  return tokens?.idToken ? { id: tokens.idToken.payload, access: tokens.accessToken.payload } : null;
}

window.client = {
  signIn: () => signInWithRedirect(),
  tokens: () => session(false),
  refresh: () => session(true),
  signOut: () => signOut(),
};
