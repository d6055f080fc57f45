import { createHash } from "node:crypto";
import { ApiError } from "../contract/errors.ts";
import type { CreateUserPoolDomainRequest, DomainDescriptionType } from "../contract/types.gen.ts";
import type { Pool } from "./pool.ts";

/** What the owner of a domain sets beside its name. */
export type DomainSettings = Pick<CreateUserPoolDomainRequest, "CustomDomainConfig" | "Routing"> & {
  /** 1 is the classic hosted pages, 2 managed login. */
  readonly managedLoginVersion: number;
  /** Fourteen digits, moved on by each update. */
  readonly version: string;
};

/** A user pool domain: where the OAuth endpoints and the pages of a pool are reached. */
export interface Domain {
  readonly poolId: string;
  /** A prefix (`acme`), or the whole name of a custom domain (`auth.example.com`). */
  readonly name: string;
  readonly settings: DomainSettings;
  readonly createdAt: number;
}

/** Whether the domain is a name of the customer's own rather than a prefix. Prefixes never hold a dot. */
export const isCustomDomain = (name: string): boolean => name.includes(".");

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

const reservedWords = ["cognito", "amazon", "aws"];

const prefixLimit = 63;

/** What a domain may be called. @throws InvalidParameterException. Source: Cognito developer guide, domains. */
export function checkDomainName(name: string, isCustom: boolean): void {
  if (isCustom) {
    if (!isCustomDomain(name) || name.split(".").length < 3) throw invalid("Custom domain is not a valid subdomain");
    return;
  }
  if (isCustomDomain(name) || name.length > prefixLimit) {
    throw invalid(
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  }
  const reserved = reservedWords.find((word) => name.includes(word));
  if (reserved) throw invalid(`Domain cannot contain reserved word: ${reserved}`);
}

/** Managed login is not for every tier. @throws FeatureUnavailableInTierException */
export function checkLoginVersion(pool: Pool, version: number): void {
  if (version !== 1 && version !== 2) throw invalid("Managed login version must be 1 or 2.");
  if (version === 2 && pool.settings.UserPoolTier === "LITE") {
    throw new ApiError(
      "FeatureUnavailableInTierException",
      "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
    );
  }
}

/** The stamp of a domain's present form. */
export const domainVersion = (now: number): string => new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);

/** The name of the distribution in front of a domain. Ours has none, so it is derived: the same one each time. */
export const distributionOf = (name: string): string =>
  `d${createHash("sha256").update(name).digest("hex").slice(0, 13)}.cloudfront.net`;

/** The domain as the API shows it. */
export const describeDomain = (domain: Domain, account: string): DomainDescriptionType => ({
  UserPoolId: domain.poolId,
  AWSAccountId: account,
  Domain: domain.name,
  S3Bucket: "aws-cognito-prod-iad-assets",
  CloudFrontDistribution: distributionOf(domain.name),
  Version: domain.settings.version,
  Status: "ACTIVE",
  CustomDomainConfig: domain.settings.CustomDomainConfig ?? {},
  ManagedLoginVersion: domain.settings.managedLoginVersion,
  Routing: domain.settings.Routing,
});
