/**
 * The time of AdminGetUser and of ListUsers by e-mail in a pool of a thousand and of a million users, over the wire.
 *
 *   npm run build && node bench/users.ts [users of the larger pool]
 */
import { callOf, emailOf, medianMicroseconds, report, startFilledPools } from "./filled-pools.ts";
import type { Shot } from "./processes.ts";

const sizes = [1_000, Number(process.argv[2] ?? 1_000_000)];
const requests = 2_000;

const questions: readonly (readonly [string, (poolId: string, index: number) => Shot])[] = [
  ["AdminGetUser", (UserPoolId, index) => callOf("AdminGetUser", { UserPoolId, Username: emailOf(index) })],
  [
    "ListUsers by e-mail",
    (UserPoolId, index) => callOf("ListUsers", { UserPoolId, Filter: `email = "${emailOf(index)}"` }),
  ],
  [
    "ListUsers by the beginning of an e-mail",
    (UserPoolId, index) => callOf("ListUsers", { UserPoolId, Filter: `email ^= "user${index}"`, Limit: 10 }),
  ],
];

const house = await startFilledPools(sizes);
for (const [name, make] of questions) {
  const medians: number[] = [];
  for (const { id, size } of house.pools) {
    const shots = Array.from({ length: requests }, () => make(id, Math.floor(Math.random() * size)));
    medians.push(await medianMicroseconds(house.server, shots));
  }
  report(name, medians, sizes);
}
await house.close();
process.exit(0);
