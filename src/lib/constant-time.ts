import { hash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => hash("sha256", text, "buffer");

/** Whether two texts are the same, in a time that tells nothing of where they differ or how long they are. */
export const equalsInConstantTime = (one: string, other: string): boolean =>
  timingSafeEqual(digest(one), digest(other));
