import type { App } from "../app.ts";
import { withTransaction } from "../database/transact.ts";
import { signOutEverywhere, updateUser } from "./store.ts";
import type { User } from "./user.ts";

/** Lets a user sign in, or not. A user who is disabled is signed out everywhere. */
export async function setEnabled(app: App, user: User, isEnabled: boolean): Promise<void> {
  await withTransaction(app, async ({ db, clock }) => {
    await updateUser(db, user, { ...user, isEnabled, modifiedAt: clock.now() });
    if (!isEnabled) await signOutEverywhere(db, user, clock.now());
  });
}
