/** Confirming a user: by its own code, or by an administrator. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import { moveNames } from "./alias.ts";
import { updateUser } from "./store.ts";
import type { User } from "./user.ts";

/** Who may be confirmed: nobody twice. @throws NotAuthorizedException */
export function checkUnconfirmed(user: User): void {
  if (user.status === "UNCONFIRMED") return;
  throw new ApiError("NotAuthorizedException", `User cannot be confirmed. Current status is ${user.status}`);
}

/** What a confirmation proves beside the user's will. */
export interface Confirmation {
  /** The contact that the code went to; an administrator proves none. */
  readonly verified?: string;
  readonly forceAliasCreation: boolean;
}

/** Confirms a user and verifies the contact that was proved, in the caller's transaction. @throws AliasExistsException */
export async function confirmUser(
  app: Pick<App, "db" | "clock">,
  pool: Pool,
  user: User,
  { verified, forceAliasCreation }: Confirmation,
): Promise<User> {
  const attributes = verified ? { ...user.attributes, [`${verified}_verified`]: "true" } : user.attributes;
  const confirmed: User = { ...user, attributes, status: "CONFIRMED", modifiedAt: app.clock.now() };
  await updateUser(app.db, user, confirmed);
  await moveNames(app, pool, user, confirmed, forceAliasCreation);
  return confirmed;
}
