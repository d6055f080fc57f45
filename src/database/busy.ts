/** More is asked of the database than it does in time: whoever asked is to come again, and nothing is broken. */
export class DatabaseBusyError extends Error {
  override readonly name = "DatabaseBusyError";
}

/**
 * So many wait for a connection at most. Whoever is under way may be refused at any step, and what the steps before did
 * was in vain or, worse, is done: this is the bound that every queue has, and not meant to be reached.
 */
export const waitingLimit = 512;

/**
 * Requests that have done nothing yet are refused from here on, so that there is room for those under way. With the
 * other limit alone newcomers would take every place, and hardly a request of many steps would come to its end.
 */
export const waitingLimitOfNewcomers = 256;
