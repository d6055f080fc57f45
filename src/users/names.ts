import { foldName, type PoolSettings } from "../pools/pool.ts";
import { activeAliases } from "./registration.ts";
import type { NameKind } from "./store.ts";
import type { User } from "./user.ts";

/** A name that a user is found by, in the form in which it is looked for. */
export interface ClaimedName {
  readonly name: string;
  readonly kind: NameKind;
}

/** What a pool's settings say of names. */
export interface NamingRules {
  readonly settings: Pick<PoolSettings, "UsernameAttributes" | "AliasAttributes" | "UsernameConfiguration">;
}

/**
 * Every name that a user of a pool is found by, each once: whoever has them all keeps them as they would be claimed. Who
 * came from an identity provider is found by its sub and its username alone.
 */
export function namesOf(
  pool: NamingRules,
  user: Pick<User, "sub" | "username" | "attributes"> & { readonly status: string },
): ClaimedName[] {
  const names = new Map<string, NameKind>();
  for (const [kind, value] of valuesOf(pool, user)) {
    const name = value ? foldName(pool, value) : undefined;
    if (name !== undefined && !names.has(name)) names.set(name, kind);
  }
  return [...names].map(([name, kind]) => ({ name, kind }));
}

function valuesOf(
  pool: NamingRules,
  { sub, username, status, attributes }: Parameters<typeof namesOf>[1],
): readonly (readonly [NameKind, string | undefined])[] {
  const own = [["sub", sub] as const, ["username", username] as const];
  if (status === "EXTERNAL_PROVIDER") return own;
  const contacts = pool.settings.UsernameAttributes ?? [];
  const others = [...contacts, ...activeAliases(pool, { attributes })];
  return [...own, ...others.map((name) => [name, attributes[name]] as const)];
}
