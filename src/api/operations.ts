/**
 * Every operation of the contract, by its name on the wire. An operation that the contract has and this table has not
 * does not compile. What is knowingly not served yet says so, and answers as an error: nothing answers success without
 * doing the work.
 */
import * as branding from "../branding/operations.ts";
import * as clients from "../clients/operations.ts";
import type { OperationName } from "../contract/types.gen.ts";
import * as devices from "../devices/operations.ts";
import * as events from "../events/operations.ts";
import * as factors from "../factors/operations.ts";
import * as groups from "../groups/operations.ts";
import * as identities from "../identities/operations.ts";
import * as imports from "../imports/operations.ts";
import * as limits from "../limits/operations.ts";
import * as logs from "../logs/operations.ts";
import type { Operation, SubjectKind } from "../operation.ts";
import * as pools from "../pools/operations.ts";
import * as providers from "../providers/operations.ts";
import * as replicas from "../replicas/operations.ts";
import * as risk from "../risk/operations.ts";
import * as sessions from "../sessions/operations.ts";
import * as signin from "../signin/operations.ts";
import * as tags from "../tags/operations.ts";
import * as tokens from "../tokens/operations.ts";
import * as users from "../users/operations.ts";

/** An operation that is not served, and why. */
export interface Unserved {
  readonly reason: string;
}

type OfAnyKind<Name extends OperationName> = { [Kind in SubjectKind]: Operation<Name, Kind> }[SubjectKind];

type Table = { readonly [Name in OperationName]: OfAnyKind<Name> | Unserved };

/** What is knowingly not served: nothing of the present contract. An operation that a newer one brings stands here first. */
export const unsupported = {} as const satisfies Partial<Table>;

export const operations: Table = {
  ...unsupported,
  ...pools,
  ...replicas,
  ...tags,
  ...logs,
  ...limits,
  ...providers,
  ...clients,
  ...branding,
  ...events,
  ...risk,
  ...factors,
  ...devices,
  ...users,
  ...identities,
  ...groups,
  ...imports,
  ...tokens,
  ...sessions,
  ...signin,
};
