/**
 * The time to check the types and constraints of a request.
 *
 *   node bench/contract.ts
 */
import { parseRequest } from "../src/contract/validate.ts";

const request = {
  ClientId: "1example23456789abcdefghij",
  Username: "jane@example.com",
  Password: "Passw0rd!",
  UserAttributes: [
    { Name: "email", Value: "jane@example.com" },
    { Name: "name", Value: "Jane" },
  ],
};
const calls = 50_000;
const rounds: number[] = [];
for (let round = 0; round < 9; round++) {
  const before = performance.now();
  for (let call = 0; call < calls; call++) parseRequest("SignUp", request);
  rounds.push(((performance.now() - before) / calls) * 1000);
}
const median = rounds.toSorted((one, other) => one - other)[4] ?? 0;
process.stdout.write(`SignUp request: ${median.toFixed(2)} µs\n`);
