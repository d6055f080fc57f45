import type { App } from "../app.ts";
import { voidCode } from "../codes/code.ts";
import { withTransaction } from "../database/transact.ts";
import { deletePassword } from "../passwords/store.ts";
import { recoveryOwner } from "../users/recovery.ts";
import { updateUser } from "../users/store.ts";
import type { User } from "../users/user.ts";

/**
 * Takes a user's password away and the ways to a new one: only an administrator can set one again. Unconfirmed: that
 * the user is then shown as one of another provider, which is what keeps it from asking for a code.
 */
export async function disableLocalSignIn(app: App, user: User): Promise<void> {
  await withTransaction(app, async (inside) => {
    const { db, clock } = inside;
    await deletePassword(db, user);
    await voidCode(inside, recoveryOwner(user));
    await updateUser(db, user, { ...user, status: "EXTERNAL_PROVIDER", modifiedAt: clock.now() });
  });
}
