/** The rows of a pool's users, a page at a time. Nobody's password comes, so whoever had one has to set another. */
import type { UserPoolType, UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { noFactors } from "../../factors/factors.ts";
import { subjectAttribute } from "../../identities/identity.ts";
import { mfaNames } from "../../pools/mfa.ts";
import { namesOf } from "../../users/names.ts";
import { searchable } from "../../users/store.ts";
import { attributesOf } from "../../users/user.ts";
import type { ParcelRow } from "../parcel.ts";
import { type AmazonSource, pagesOf, rowOf, timeOf } from "./source.ts";

/** A user as the rows need it. */
interface Person {
  readonly sub: string;
  readonly username: string;
  readonly status: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The rows of every user, and of who is in which group. */
export async function* userRows(source: AmazonSource, pool: UserPoolType): AsyncGenerator<ParcelRow> {
  const { api, poolId: UserPoolId } = source;
  const pages = pagesOf(async (PaginationToken) => {
    const answer = await api.listUsers({ UserPoolId, Limit: 60, PaginationToken });
    return { items: answer.Users, next: answer.PaginationToken };
  });
  for await (const page of pages) yield* rowsOfPage(source, pool, page.map(personOf));
  yield* memberRows(source);
}

/** One kind after the other: rows of a kind are kept together. */
async function* rowsOfPage(
  source: AmazonSource,
  pool: UserPoolType,
  people: readonly Person[],
): AsyncGenerator<ParcelRow> {
  const rules = { settings: { ...pool, UsernameConfiguration: { CaseSensitive: isCaseSensitiveAt(pool) } } };
  for (const person of people) yield rowOf("users", userRow(person));
  for (const person of people) {
    for (const name of namesOf(rules, person)) yield rowOf("user_names", { ...name, sub: person.sub });
  }
  for (const { sub, attributes } of people) {
    for (const [attribute, value] of searchable(attributes)) yield rowOf("user_search", { attribute, value, sub });
  }
  for (const person of people) yield* identityRows(person);
  if ((pool.MfaConfiguration ?? "OFF") !== "OFF") yield* factorRows(source, people);
}

const isCaseSensitiveAt = (pool: UserPoolType): boolean => pool.UsernameConfiguration?.CaseSensitive ?? true;

const personOf = (user: UserType): Person => {
  const { sub = "", ...attributes } = attributesOf(
    (user.Attributes ?? []).map(({ Name = "", Value = "" }) => ({ Name, Value })),
  );
  return {
    sub,
    username: user.Username ?? sub,
    status: statusOf(user.UserStatus),
    attributes,
    isEnabled: user.Enabled !== false,
    createdAt: timeOf(user.UserCreateDate),
    modifiedAt: timeOf(user.UserLastModifiedDate),
  };
};

/** Whoever had a password, even a temporary one, has none here: the way in is a new one by a code. */
function statusOf(status: UserStatusType | undefined): string {
  return status === undefined || status === "CONFIRMED" || status === "FORCE_CHANGE_PASSWORD"
    ? "RESET_REQUIRED"
    : status;
}

const userRow = ({ sub, username, status, attributes, ...person }: Person) => ({
  sub,
  username,
  status,
  enabled: person.isEnabled ? 1 : 0,
  attributes,
  tokens_valid_after: 0,
  version: 1,
  created_at: person.createdAt,
  modified_at: person.modifiedAt,
});

/** Accounts at providers, as the attribute that lists them says. Source: observed form of `identities`. */
function* identityRows({ sub, attributes }: Person): Generator<ParcelRow> {
  const listed: unknown = JSON.parse(attributes["identities"] ?? "[]");
  for (const identity of Array.isArray(listed) ? listed : []) {
    const {
      userId,
      providerName,
      providerType,
      issuer = null,
      primary,
      dateCreated,
    }: Record<string, unknown> = identity;
    yield rowOf("linked_identities", {
      provider_name: providerName,
      attribute: subjectAttribute,
      subject: userId,
      sub,
      provider_type: providerType,
      issuer,
      is_primary: primary === true || primary === "true" ? 1 : 0,
      created_at: Number(dateCreated ?? 0),
    });
  }
}

/** Users asked about at the same time. */
const askedAtOnce = 10;

/** Who has switched a second factor on keeps it, but for authenticators, whose secrets Amazon does not show. */
async function* factorRows(source: AmazonSource, people: readonly Person[]): AsyncGenerator<ParcelRow> {
  for (let from = 0; from < people.length; from += askedAtOnce) {
    const asked = people.slice(from, from + askedAtOnce).map((person) => factorRow(source, person));
    for (const row of await Promise.all(asked)) if (row) yield row;
  }
}

async function factorRow({ api, poolId, note }: AmazonSource, { sub }: Person): Promise<ParcelRow | undefined> {
  const { UserMFASettingList = [], PreferredMfaSetting } = await api.adminGetUser({
    UserPoolId: poolId,
    Username: sub,
  });
  const [lost, kept] = [UserMFASettingList.includes(authenticator), mfaNames.filter((name) => name !== authenticator)];
  if (lost) note(`The authenticator of ${sub} did not come: it has to be registered again.`);
  const enabled = kept.filter((name) => UserMFASettingList.includes(name));
  if (enabled.length === 0) return undefined;
  const preferred = enabled.find((name) => name === PreferredMfaSetting) ?? null;
  const settings = { ...noFactors.settings, enabled, preferred };
  return rowOf("factors", { sub, settings, sealed_totp: null, sealed_pending_totp: null, totp_step: 0 });
}

const authenticator = "SOFTWARE_TOKEN_MFA";

async function* memberRows({ api, poolId: UserPoolId }: AmazonSource): AsyncGenerator<ParcelRow> {
  const groups = pagesOf(async (NextToken) => {
    const answer = await api.listGroups({ UserPoolId, Limit: 60, NextToken });
    return { items: answer.Groups, next: answer.NextToken };
  });
  for await (const page of groups) {
    for (const { GroupName = "", CreationDate } of page) {
      const members = pagesOf(async (NextToken) => {
        const answer = await api.listUsersInGroup({ UserPoolId, GroupName, Limit: 60, NextToken });
        return { items: answer.Users, next: answer.NextToken };
      });
      for await (const users of members) {
        for (const { sub } of users.map(personOf)) {
          yield rowOf("group_members", { group_name: GroupName, sub, created_at: timeOf(CreationDate) });
        }
      }
    }
  }
}
