import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { fetchPage } from "../vault/page-token.ts";
import type { Device } from "./device.ts";
import { listDevices, type Owner } from "./store.ts";

const defaultLimit = 60;

/** What a request for a list says, and which operation it is for: a token of one is none of the other's. */
export interface ListRequest {
  readonly operation: "AdminListDevices" | "ListDevices";
  readonly Limit?: number | undefined;
  readonly PaginationToken?: string | undefined;
}

/** A page of a user's devices. @throws InvalidParameterException for a token that was made for another list. */
export async function pageOfDevices(
  app: App,
  owner: Owner,
  request: ListRequest,
): Promise<{ readonly items: readonly Device[]; readonly token: string | undefined }> {
  const keys = await app.vault.poolKeys(app.db, owner.poolId);
  const page = await fetchPage(
    {
      keys,
      bound: `${request.operation} ${owner.sub}`,
      token: request.PaginationToken,
      limit: request.Limit || defaultLimit,
    },
    ([after = ""], limit) => listDevices(app.db, owner, { after, limit }),
    ({ key }) => [key],
  );
  if (page) return page;
  throw new ApiError("InvalidParameterException", "Invalid Pagination Token");
}
