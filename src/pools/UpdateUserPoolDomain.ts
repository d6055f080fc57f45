import { poolOperation } from "../operation.ts";
import { checkLoginVersion, distributionOf, domainVersion, isCustomDomain } from "./domain.ts";
import { listDomains, updateDomain } from "./store.ts";

/** Changes the branding version or the certificate of a domain, never its name. */
export const UpdateUserPoolDomain = poolOperation(
  "UpdateUserPoolDomain",
  async ({ db, clock }, pool, request, error) => {
    const domains = await listDomains(db, pool.id);
    const domain = domains.find(({ name }) => name === request.Domain);
    if (!domain) throw error("InvalidParameterException", "No such domain or user pool exists.");
    const managedLoginVersion = request.ManagedLoginVersion ?? domain.settings.managedLoginVersion;
    checkLoginVersion(pool, managedLoginVersion);
    const settings = {
      CustomDomainConfig: request.CustomDomainConfig ?? domain.settings.CustomDomainConfig,
      Routing: request.Routing ?? domain.settings.Routing,
      managedLoginVersion,
      version: domainVersion(clock.now()),
    };
    await updateDomain(db, { ...domain, settings });
    return {
      ManagedLoginVersion: managedLoginVersion,
      CloudFrontDomain: isCustomDomain(domain.name) ? distributionOf(domain.name) : undefined,
      Routing: settings.Routing,
    };
  },
);
