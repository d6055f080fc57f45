import type { App } from "../app.ts";
import type { GetUserAuthFactorsResponse } from "../contract/types.gen.ts";
import { findPassword } from "../passwords/store.ts";
import type { Pool } from "../pools/pool.ts";
import { describeFactors, type FactorHolder, firstFactors } from "./factors.ts";
import { passkeyLimit } from "./passkey.ts";
import { findFactors, listPasskeys } from "./store.ts";

/** The factors of a user as the API shows them: what it can begin with, and what it is asked for after that. */
export async function describeAuthFactors(
  app: App,
  pool: Pool,
  user: FactorHolder & { readonly username: string },
): Promise<GetUserAuthFactorsResponse> {
  const { MFAOptions: _legacy, ...shown } = describeFactors(await findFactors(app.db, user));
  const hasPassword = (await findPassword(app.db, user)) !== undefined;
  const passkeys = (await listPasskeys(app.db, user, { after: "", limit: passkeyLimit })).length;
  const ConfiguredUserAuthFactors = firstFactors(pool, user, { hasPassword, passkeys });
  return { Username: user.username, ...shown, ConfiguredUserAuthFactors };
}
