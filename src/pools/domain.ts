import type { CreateUserPoolDomainRequest } from "../contract/types.gen.ts";

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
