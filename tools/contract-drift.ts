/**
 * Compares the operations of the contract with those of the installed AWS SDK, and names what is new.
 *
 *   node tools/contract-drift.ts
 */
import { exit, stdout } from "node:process";
import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { isOperationName, operationNames } from "../src/contract/contract.ts";

const suffix = "Command";
const theirs = Object.keys(sdk)
  .filter((name) => name.endsWith(suffix) && name !== `$${suffix}`)
  .map((name) => name.slice(0, -suffix.length));
const added = theirs.filter((name) => name !== "" && !isOperationName(name));
const removed = operationNames.filter((name) => !theirs.includes(name));

stdout.write(`${theirs.length} operations in the SDK, ${operationNames.length} in the contract\n`);
if (added.length > 0) stdout.write(`new in the SDK: ${added.join(", ")}\n`);
if (removed.length > 0) stdout.write(`not in the SDK: ${removed.join(", ")}\n`);
exit(added.length > 0 ? 1 : 0);
