/**
 * An identity provider that does as the test says, well or badly: OpenID Connect, and what Google, Facebook, Amazon and
 * Apple have of their own. It holds us to the protocol: our secret, our redirect URI and our PKCE verifier must be right.
 */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An answer of the provider; a body that is no text is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the provider behaves; a test changes what it is about. */
export interface Behaviour {
  /** Claims of the ID token beside the usual ones; undefined takes one away. */
  claims: Record<string, unknown>;
  /** Members of the ID token's header. */
  header: Record<string, unknown>;
  /** Makes the ID token's signature from what is signed. */
  signature: (signed: string) => string;
  /** What the profile endpoint says. */
  profile: Record<string, unknown>;
  /** Members of the discovery document. */
  configuration: Record<string, unknown>;
  /** Members of the token endpoint's answer. */
  tokens: Record<string, unknown>;
  /** Answers instead of the provider, by path; undefined goes on as usual, "hang" never answers. */
  instead: (path: string) => Answer | "hang" | "reset" | undefined;
}

/** A request that the provider got. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

/** The provider, on a port of its own. */
export interface StandInProvider {
  /** Without a slash at the end. */
  readonly url: string;
  /** The issuer that its tokens name. */
  issuer: string;
  /** The clock that its tokens are dated by: a house's, where that one is moved. */
  clock: { now(): number };
  behaviour: Behaviour;
  readonly seen: Seen[];
  /** Behaves well again, and forgets what it saw. */
  reset(): void;
  /** Takes an authorization request as if its user had agreed, and gives what a browser would bring back. */
  agree(location: string): { readonly code: string; readonly state: string };
  close(): Promise<void>;
}

/** The secret that the provider knows us by. */
export const clientSecret = "a secret of the provider";
const keyId = "key-1";

/** One pair serves all tests of a process: making one takes long. */
let made: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;
const signingPair = () => {
  made ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  return made;
};

/** A part of a token. */
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signs as an RS256 token is signed. */
export const rs256 =
  (key: KeyObject) =>
  (signed: string): string =>
    sign("sha256", Buffer.from(signed), key).toString("base64url");

/** Signs with a secret that both sides know. */
export const hs256 =
  (secret: string) =>
  (signed: string): string =>
    createHmac("sha256", secret).update(signed).digest("base64url");

const wellBehaved = (): Behaviour => ({
  claims: {},
  header: {},
  signature: rs256(signingPair().privateKey),
  profile: {},
  configuration: {},
  tokens: {},
  instead: () => undefined,
});

/** The key with which Apple would check our client secret. */
export const applePair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
}

/** Opens a provider that behaves well until it is told otherwise. */
export async function openStandIn(): Promise<StandInProvider> {
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: StandInProvider = {
    url,
    issuer: url,
    clock: Date,
    behaviour: wellBehaved(),
    seen: [],
    reset() {
      provider.behaviour = wellBehaved();
      provider.issuer = url;
      provider.seen.length = 0;
    },
    agree(location) {
      const { searchParams } = new URL(location);
      const code = `code-${codes.size + 1}`;
      codes.set(code, {
        clientId: searchParams.get("client_id") ?? "",
        redirectUri: searchParams.get("redirect_uri") ?? "",
        nonce: searchParams.get("nonce") ?? undefined,
        challenge: searchParams.get("code_challenge") ?? undefined,
      });
      return { code, state: searchParams.get("state") ?? "" };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    provider.seen.push({
      method: request.method ?? "",
      path: pathname,
      query: Object.fromEntries(searchParams),
      form,
      authorization: request.headers.authorization,
    });
    const instead = provider.behaviour.instead(pathname);
    if (instead === "hang") return;
    if (instead === "reset") {
      request.socket.destroy();
      return;
    }
    const { status = 200, body, headers } = instead ?? answerOf(pathname, form);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }

  function answerOf(path: string, form: Readonly<Record<string, string>>): Answer {
    const { behaviour, issuer } = provider;
    if (path.endsWith("/.well-known/openid-configuration")) {
      return {
        body: {
          issuer,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          userinfo_endpoint: `${url}/userinfo`,
          jwks_uri: `${url}/keys`,
          id_token_signing_alg_values_supported: ["RS256"],
          ...behaviour.configuration,
        },
      };
    }
    if (/keys|certs/.test(path)) {
      const jwk = signingPair().publicKey.export({ format: "jwk" });
      return { body: { keys: [{ ...jwk, kid: keyId, alg: "RS256", use: "sig" }] } };
    }
    if (/token/.test(path)) return tokensFor(form);
    return { body: behaviour.profile };
  }

  function tokensFor(form: Readonly<Record<string, string>>): Answer {
    const asked = codes.get(form["code"] ?? "");
    codes.delete(form["code"] ?? "");
    if (!asked || form["redirect_uri"] !== asked.redirectUri) return { status: 400, body: { error: "invalid_grant" } };
    const challenge = createHash("sha256")
      .update(form["code_verifier"] ?? "")
      .digest("base64url");
    if (asked.challenge !== undefined && challenge !== asked.challenge) {
      return { status: 400, body: { error: "invalid_grant" } };
    }
    if (form["client_id"] !== asked.clientId || !provesClient(form["client_secret"] ?? "")) {
      return { status: 401, body: { error: "invalid_client" } };
    }
    const { claims, header, signature, tokens } = provider.behaviour;
    const now = Math.floor(provider.clock.now() / 1000);
    const usual = {
      iss: provider.issuer,
      aud: asked.clientId,
      sub: "Jane-1",
      iat: now,
      exp: now + 300,
      nonce: asked.nonce,
    };
    const signed = `${encoded({ alg: "RS256", kid: keyId, ...header })}.${encoded({ ...usual, ...claims })}`;
    const idToken = `${signed}.${signature(signed)}`;
    return { body: { access_token: "at-1", token_type: "Bearer", expires_in: 300, id_token: idToken, ...tokens } };
  }

  return provider;
}

/** Our secret is the text of the details, or for Apple a token that we signed. */
function provesClient(secret: string): boolean {
  if (secret === clientSecret) return true;
  const [header = "", payload = "", signature = ""] = secret.split(".");
  const isSigned = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    { key: applePair.publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned) return false;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const isTimely = claims.exp > claims.iat && claims.exp - claims.iat <= 15_777_000;
  return (
    alg === "ES256" &&
    kid === "KEY1" &&
    claims.iss === "TEAM1" &&
    claims.aud === "https://appleid.apple.com" &&
    isTimely
  );
}
