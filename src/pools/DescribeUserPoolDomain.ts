import { accountOperation } from "../operation.ts";
import { describeDomain } from "./domain.ts";
import { findDomain } from "./store.ts";

/** Shows a domain, whichever pool it belongs to. One that does not exist is shown empty: it is not an error. */
export const DescribeUserPoolDomain = accountOperation(
  "DescribeUserPoolDomain",
  async ({ db }, account, { Domain }) => {
    const domain = await findDomain(db, Domain);
    const isHere = domain?.poolId.startsWith(`${account.region}_`);
    return { DomainDescription: domain && isHere ? describeDomain(domain, account.id) : {} };
  },
);
