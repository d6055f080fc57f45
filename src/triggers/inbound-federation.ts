/** Asks a pool's function what of an identity provider's answer becomes attributes of a user. */
import type { App } from "../app.ts";
import type { IdentityProviderTypeType } from "../contract/types.gen.ts";
import type { Pool } from "../pools/pool.ts";
import { inboundFederation } from "./definitions.ts";
import { runTrigger } from "./trigger.ts";

type Texts = Readonly<Record<string, string>>;

/**
 * What a provider said, by where it said it; the values are texts.
 * Source: Cognito developer guide, inbound federation trigger parameters.
 */
export interface ProviderAnswer {
  /** The answer of an OIDC or social provider's token endpoint. */
  readonly tokenResponse?: Texts;
  /** The claims of its ID token. */
  readonly idToken?: Texts;
  readonly userInfo?: Texts;
  /** The attributes of a SAML assertion. */
  readonly samlResponse?: Texts;
}

/** A sign-in at a provider that has just come back. */
export interface Arrival {
  readonly pool: Pool;
  readonly clientId: string;
  readonly provider: { readonly name: string; readonly type: IdentityProviderTypeType };
  /** The name that the user has or will have: the provider's, an underscore, and the name there. */
  readonly userName: string;
  readonly answer: ProviderAnswer;
}

/**
 * What is to be mapped instead of all that the provider said; undefined keeps all, for want of a function or because
 * it answered with an empty map.
 * @throws UserLambdaValidationException and its kin, as every trigger.
 */
export async function filterInbound(
  app: App,
  { pool, clientId, provider, userName, answer }: Arrival,
): Promise<Texts | undefined> {
  const answered = await runTrigger(app, inboundFederation, {
    pool,
    source: "InboundFederation_ExternalProvider",
    clientId,
    userName,
    request: { providerName: provider.name, providerType: provider.type, attributes: answer },
  });
  const kept = answered?.userAttributesToMap ?? {};
  return Object.keys(kept).length > 0 ? kept : undefined;
}
