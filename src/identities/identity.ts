/**
 * Identities: which user of a pool an account at an identity provider stands for. The room owns the links and keeps each
 * user's `identities` attribute in line with them, in the same transaction, so that whoever shows a user shows them
 * without knowing of links. It stands over users, because a link is a fact about one; signing in by it is elsewhere.
 */
import { ApiError } from "../contract/errors.ts";
import type { ProviderType } from "../providers/provider.ts";

/** What a provider calls a user: the value of its subject, or of another attribute that a link was made by. */
export interface IdentityKey {
  readonly poolId: string;
  readonly providerName: string;
  readonly attribute: string;
  /** Compared as it is, case and all. */
  readonly subject: string;
}

export interface Identity extends IdentityKey {
  readonly sub: string;
  readonly providerType: ProviderType;
  /** The entity id of a SAML provider. */
  readonly issuer: string | undefined;
  /** Whether the user was made by signing in with it. */
  readonly isPrimary: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Stands for what each provider knows a user by of itself. Source: Cognito API reference, AdminLinkProviderForUser. */
export const subjectAttribute = "Cognito_Subject";

/** Identities that can be linked to a user beside its own. Source: Cognito developer guide, quotas. */
export const linkedIdentitiesLimit = 5;

/** Links as the attribute `identities` has them. Source: observed. */
export const describeIdentities = (identities: readonly Identity[]): string =>
  JSON.stringify(
    identities.map(({ subject, providerName, providerType, issuer = null, isPrimary, createdAt }) => ({
      userId: subject,
      providerName,
      providerType,
      issuer,
      primary: isPrimary,
      dateCreated: createdAt,
    })),
  );

/** That nobody is known by an identity. */
export const userNotFound = (): ApiError => new ApiError("UserNotFoundException", "User does not exist.");
