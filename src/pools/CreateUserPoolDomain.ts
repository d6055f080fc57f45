import { withTransaction } from "../database/transact.ts";
import { poolOperation } from "../operation.ts";
import {
  checkDomainName,
  checkLoginVersion,
  type Domain,
  distributionOf,
  domainVersion,
  isCustomDomain,
} from "./domain.ts";
import { enterDirectory, insertDomain, listDomains } from "./store.ts";

/** Gives a pool its prefix domain, or its custom domain when the request names a certificate. */
export const CreateUserPoolDomain = poolOperation("CreateUserPoolDomain", async (app, pool, request, error) => {
  const isCustom = request.CustomDomainConfig !== undefined;
  const managedLoginVersion = request.ManagedLoginVersion ?? 1;
  checkDomainName(request.Domain, isCustom);
  checkLoginVersion(pool, managedLoginVersion);
  const now = app.clock.now();
  const domain: Domain = {
    poolId: pool.id,
    name: request.Domain,
    settings: {
      CustomDomainConfig: request.CustomDomainConfig,
      Routing: request.Routing,
      managedLoginVersion,
      version: domainVersion(now),
    },
    createdAt: now,
  };
  await withTransaction(app, async ({ db }) => {
    const others = await listDomains(db, pool.id);
    if (others.some(({ name }) => isCustomDomain(name) === isCustom)) {
      throw error("InvalidParameterException", "User pool already has a domain configured.");
    }
    if (!(await enterDirectory(db, "domain", domain.name, pool.id))) {
      throw error("InvalidParameterException", "Domain already associated with another user pool.");
    }
    await insertDomain(db, domain);
  });
  return {
    ManagedLoginVersion: managedLoginVersion,
    CloudFrontDomain: isCustom ? distributionOf(domain.name) : undefined,
    Routing: request.Routing,
  };
});
