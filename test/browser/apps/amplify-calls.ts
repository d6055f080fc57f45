/** An application's page whose forms are its own: it signs people in with Amplify's calls, which the test makes. */
import { Amplify } from "aws-amplify";
import {
  associateWebAuthnCredential,
  confirmSignIn,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  signIn,
  signOut,
} from "aws-amplify/auth";

const { userPoolId, userPoolClientId, userPoolEndpoint } = Object.fromEntries(new URLSearchParams(location.search));

if (userPoolId && userPoolClientId && userPoolEndpoint) {
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });
}

const amplify = {
  associateWebAuthnCredential,
  confirmSignIn,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  signIn,
  signOut,
};

declare global {
  interface Window {
    /** The library's calls, by their names. */
    amplify: typeof amplify;
  }
}

window.amplify = amplify;
