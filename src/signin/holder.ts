import type { App } from "../app.ts";
import { type Holder, imaginedHolder } from "../pools/nobody.ts";
import type { Sitting } from "./attempt.ts";

/**
 * Whose rows a sign-in reads and counts: the user's, or those of who stands for a name that nobody has, who has none.
 * The stand-in is made for both, so that both take as long.
 */
export async function holderOf(app: App, { pool, user, state }: Sitting): Promise<Holder> {
  const standIn = await imaginedHolder(app, pool, state.username);
  return user ?? standIn;
}
