/**
 * The pages call the public operations of the API as any client would: the same checks of the request, the same words.
 * Their client's secret makes the hash that a client with a secret must send.
 */
import { onRecord } from "../api/on-record.ts";
import type { Client } from "../clients/client.ts";
import { secretHashOf } from "../clients/secret.ts";
import type { OperationName, Operations } from "../contract/types.gen.ts";
import { parseRequest } from "../contract/validate.ts";
import { atCost, costOf } from "../limits/by-address.ts";
import type { DomainRequest } from "../oauth/domain-request.ts";
import { type Operation, raise } from "../operation.ts";

/** What a page sends with a call: everything but what says whose call it is. */
type Sent<Name extends OperationName> = Omit<Operations[Name]["input"], "ClientId" | "SecretHash"> & {
  readonly Username: string;
};

/** Calls a public operation for a user who is not signed in. @throws ApiError as the API would answer */
export async function callFor<Name extends OperationName>(
  { app, pool, origin }: DomainRequest,
  client: Client,
  operation: Operation<Name, "public">,
  sent: Sent<Name>,
): Promise<Operations[Name]["output"]> {
  const { name } = operation;
  const SecretHash = await secretHashOf(app, client, sent.Username);
  const input = parseRequest(name, { ...sent, ClientId: client.id, SecretHash });
  const subject = { pool, client };
  const call = { name, accessKeyId: undefined, input, origin };
  return atCost(app, { address: origin.address, cost: costOf(name) }, () =>
    onRecord(app, call, subject, async () => operation.run(app, subject, input, raise, origin)),
  );
}
