/** An identity provider that is not ours: oidc-provider, which the OpenID Foundation has certified. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** The provider, on a port of its own. */
export interface CertifiedProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

const signingKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

/** The client that the pool is at the provider. */
export const certifiedClient = { client_id: "poolhouse", client_secret: "a-secret-that-both-sides-know" };

/**
 * Opens the provider for a pool that is reached at `callback`. Its own pages ask for a name, and then for consent; whoever
 * is called `jane` there has the address `jane@provider.example`.
 */
export async function openCertifiedProvider(callback: string): Promise<CertifiedProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...certifiedClient,
        redirect_uris: [callback],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    pkce: { required: () => true },
    jwks: { keys: [{ ...signingKey, kid: "key-1", use: "sig", alg: "RS256" }] },
    ttl: { Interaction: 300, Session: 300, Grant: 300, AccessToken: 300, IdToken: 300 },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a key that signs cookies of the test"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@provider.example`, email_verified: true, name: `${id} of the provider` }),
    }),
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
