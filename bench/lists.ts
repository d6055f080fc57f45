/**
 * The time of a page of a list, over the wire, in a pool of a thousand and of a million users: the first page, one in the
 * middle and the last one. A page must not cost more because there is more before or behind it.
 *
 *   npm run build && node bench/lists.ts [users of the larger pool] [requests]
 */
import { callOf, emailOf, everyone, medianMicroseconds, report, startFilledPools } from "./filled-pools.ts";
import { shoot } from "./processes.ts";

const sizes = [1_000, Number(process.argv[2] ?? 1_000_000)];
const requests = Number(process.argv[3] ?? 1_000);

/** A list, the member of its items, and the member that its tokens come and go in. */
interface List {
  readonly name: string;
  readonly request: (UserPoolId: string) => object;
  readonly items: string;
  readonly token: string;
  readonly limit: number;
}

const lists: readonly List[] = [
  {
    name: "ListUsers",
    request: (UserPoolId) => ({ UserPoolId }),
    items: "Users",
    token: "PaginationToken",
    limit: 60,
  },
  {
    name: "ListUsersInGroup",
    request: (UserPoolId) => ({ UserPoolId, GroupName: everyone }),
    items: "Users",
    token: "NextToken",
    limit: 60,
  },
  {
    name: "AdminListGroupsForUser",
    request: (UserPoolId) => ({ UserPoolId, Username: emailOf(0) }),
    items: "Groups",
    token: "NextToken",
    limit: 10,
  },
];

const house = await startFilledPools(sizes);
const { server } = house;

/** The tokens of all pages but the first, by walking through the list. @throws when an item is lost on the way */
async function tokensOf({ name, request, items, token, limit }: List, poolId: string): Promise<string[]> {
  const tokens: string[] = [];
  let count = 0;
  for (let next: unknown; ; ) {
    const body = { ...request(poolId), Limit: limit, ...(next !== undefined && { [token]: next }) };
    const page: Readonly<Record<string, unknown>> = JSON.parse(await shoot(server.url, callOf(name, body)));
    const found = page[items];
    count += Array.isArray(found) ? found.length : 0;
    next = page[token];
    if (typeof next !== "string") break;
    tokens.push(next);
  }
  process.stdout.write(`${name}: ${count} items on ${tokens.length + 1} pages\n`);
  return tokens;
}

for (const list of lists) {
  const walked: string[][] = [];
  for (const { id } of house.pools) walked.push(await tokensOf(list, id));
  for (const [place, pick] of [
    ["first", () => undefined],
    ["middle", (tokens: string[]) => tokens[Math.floor(tokens.length / 2)]],
    ["last whole", (tokens: string[]) => tokens.at(-2)],
  ] as const) {
    const medians: number[] = [];
    for (const [index, { id }] of house.pools.entries()) {
      const next = pick(walked[index] ?? []);
      const body = { ...list.request(id), Limit: list.limit, ...(next !== undefined && { [list.token]: next }) };
      medians.push(
        await medianMicroseconds(
          server,
          Array.from({ length: requests }, () => callOf(list.name, body)),
        ),
      );
    }
    report(`${list.name}, the ${place} page`, medians, sizes);
  }
}
await house.close();
process.exit(0);
