/** Users and identities as the two linking operations name them. Source: Cognito API reference, ProviderUserIdentifierType. */
import { ApiError } from "../contract/errors.ts";
import type { ProviderUserIdentifierType } from "../contract/types.gen.ts";
import type { Db } from "../database/open.ts";
import type { Pool } from "../pools/pool.ts";
import { type Provider, providerNotFound } from "../providers/provider.ts";
import { findProvider } from "../providers/store.ts";
import { getUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type IdentityKey, subjectAttribute, userNotFound } from "./identity.ts";
import { findLinkedUser } from "./link.ts";

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** Whether the pool's own users are meant. */
export const isLocal = ({ ProviderName = "" }: ProviderUserIdentifierType): boolean =>
  ProviderName.toUpperCase() === "COGNITO";

/** A user by its name, or by what the provider that it first came from calls it. @throws UserNotFoundException */
export async function getNamedUser(db: Db, pool: Pool, named: ProviderUserIdentifierType): Promise<User> {
  const { ProviderName = "", ProviderAttributeValue = "" } = named;
  if (isLocal(named)) return getUser(db, pool, ProviderAttributeValue);
  const user = await findLinkedUser(db, pool.id, ProviderName, ProviderAttributeValue);
  if (user) return user;
  throw userNotFound();
}

/** As many bytes as both engines' indexes take. */
const longestSubject = 1024;
const longestAttribute = 256;

/** An identity of one of the pool's providers. Texts unconfirmed. @throws ResourceNotFoundException, InvalidParameterException */
export async function getNamedIdentity(
  db: Db,
  pool: Pool,
  named: ProviderUserIdentifierType,
): Promise<{ readonly key: IdentityKey; readonly provider: Provider }> {
  const { ProviderName = "", ProviderAttributeName = "", ProviderAttributeValue = "" } = named;
  const provider = await findProvider(db, pool.id, ProviderName);
  if (!provider) throw providerNotFound(ProviderName);
  if (!isKeyPart(ProviderAttributeName, longestAttribute)) throw invalid("Invalid ProviderAttributeName.");
  if (!isKeyPart(ProviderAttributeValue, longestSubject)) throw invalid("Invalid ProviderAttributeValue.");
  const isSocial = provider.type !== "OIDC" && provider.type !== "SAML";
  if (isSocial && ProviderAttributeName !== subjectAttribute) {
    throw invalid(`ProviderAttributeName must be ${subjectAttribute} for ${provider.type}.`);
  }
  const key = {
    poolId: pool.id,
    providerName: provider.name,
    attribute: ProviderAttributeName,
    subject: ProviderAttributeValue,
  };
  return { key, provider };
}

const isKeyPart = (text: string, longestBytes: number): boolean =>
  text !== "" && Buffer.byteLength(text) <= longestBytes && !/\p{Cc}/u.test(text);
