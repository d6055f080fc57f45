/**
 * How unlikely a sign-in is for its user, by the network and the device that it comes from. Pure. Cognito does not say
 * how it judges; these rules are ours, and docs/differences.md tells them.
 */
import { BlockList, isIP } from "node:net";
import type { RiskLevelType } from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import type { AuthEvent } from "../events/event.ts";
import { inNetworks } from "../lib/address.ts";
import { minute } from "../lib/clock.ts";

/** A sign-in, and those of the same user before it, the newest first. */
export interface Circumstances {
  readonly context: EventContext;
  readonly history: readonly AuthEvent[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** From one network to another in less time, nobody travels. */
const shortestJourney = 10 * minute;

/** Failures of this time count, and from so many on they are guessing. */
const failureWindow = 15 * minute;
const manyFailures = 5;

/**
 * The level of a sign-in, or undefined where nothing is unusual. Who has never signed in has nothing to compare with.
 * What the user has said not to have been its own doing makes the same network or device suspicious.
 */
export function takeoverLevel({ context, history, now }: Circumstances): RiskLevelType | undefined {
  const disowned = history.filter(({ feedback }) => feedback?.value === "Invalid");
  const known = history.filter((event) => isOwn(event)).map((event) => event.context);
  const last = history.find((event) => isOwn(event));
  if (disowned.some((event) => isSameDevice(event.context, context) || isSameNetwork(event.context, context))) {
    return "High";
  }
  if (!last) return undefined;
  const isNewNetwork = isNew(context, known, hasNetwork, isSameNetwork);
  const isNewDevice = isNew(context, known, hasDevice, isSameDevice);
  if (!isNewNetwork && !isNewDevice) return undefined;
  if (isNewNetwork && hasNetwork(last.context) && now - last.createdAt < shortestJourney) return "High";
  if (recentFailures(history, now) >= manyFailures) return "High";
  return isNewNetwork && isNewDevice ? "Medium" : "Low";
}

/** The user has signed in, and has not said that somebody else did; or has said that it was its own. */
const isOwn = ({ response, feedback, risk }: AuthEvent): boolean =>
  feedback ? feedback.value === "Valid" : response === "Pass" && risk.decision !== "Block";

const recentFailures = (history: readonly AuthEvent[], now: number): number =>
  history.filter(({ response, createdAt }) => response === "Fail" && now - createdAt < failureWindow).length;

type Has = (context: EventContext) => boolean;
type Matches = (one: EventContext, other: EventContext) => boolean;

/** What is not told cannot be new, and neither is what was never told before. */
const isNew = (context: EventContext, known: readonly EventContext[], has: Has, matches: Matches): boolean =>
  has(context) && known.some(has) && !known.some((earlier) => matches(earlier, context));

const hasNetwork: Has = ({ address }) => address !== undefined;
const hasDevice: Has = ({ deviceId, deviceName }) => deviceId !== undefined || deviceName !== undefined;

/** The networks of households and companies are about as large. */
const prefixes = { ipv4: 24, ipv6: 48 } as const;

function isSameNetwork({ address: one }: EventContext, { address: other }: EventContext): boolean {
  if (one === undefined || other === undefined || isIP(one) !== isIP(other)) return false;
  const family = isIP(one) === 6 ? "ipv6" : "ipv4";
  const network = new BlockList();
  network.addSubnet(one, prefixes[family], family);
  return network.check(other, family);
}

/** A browser of another version is the same browser. */
const withoutVersion = (name: string | undefined): string | undefined => name?.replace(/[\d.]+/g, "");

function isSameDevice(one: EventContext, other: EventContext): boolean {
  if (one.deviceId !== undefined && other.deviceId !== undefined) return one.deviceId === other.deviceId;
  return one.deviceName !== undefined && withoutVersion(one.deviceName) === withoutVersion(other.deviceName);
}

/** Whether an address is in one of the networks, which were checked when they were set. */
export const isInNetworks = (address: string | undefined, networks: readonly string[] = []): boolean =>
  inNetworks(networks)(address);
