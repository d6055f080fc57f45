/** Where a call came from and on what device, as far as anybody can tell. */
import type { Client } from "../clients/client.ts";
import type { ContextDataType, UserContextDataType } from "../contract/types.gen.ts";
import { canonicalAddress } from "../lib/address.ts";

/** What is known of the device and the network of a person. */
export interface EventContext {
  readonly address?: string;
  /** A browser and a system in words, or what the device calls itself. */
  readonly deviceName?: string;
  /** What the client's own library has named the device. */
  readonly deviceId?: string;
  /** The offset from UTC, such as `-07:00`. */
  readonly timezone?: string;
}

/** Who made a call, as the wire shows it. */
export interface Origin {
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Longer values are nobody's name. */
const longestValue = 200;

const withoutMissing = (parts: Readonly<Record<keyof EventContext, string | undefined>>): EventContext =>
  Object.fromEntries(Object.entries(parts).flatMap(([name, value]) => (value ? [[name, shorten(value)]] : [])));

const shorten = (value: string): string => value.slice(0, longestValue).toWellFormed();

/**
 * The context of a public call. The address that it brings along counts where the client, which then has a secret, may
 * bring one; else it is that of the caller. Source: Cognito API reference, UserContextDataType.
 */
export function contextOfUser(
  { settings }: Pick<Client, "settings">,
  data: UserContextDataType | undefined,
  origin: Origin,
): EventContext {
  const fingerprint = readFingerprint(data?.EncodedData);
  const isBrought = settings.EnablePropagateAdditionalUserContextData === true && data?.IpAddress !== undefined;
  return withoutMissing({
    address: canonicalAddress(isBrought ? data.IpAddress : origin.address),
    deviceName: fingerprint["DeviceName"] ?? nameDevice(fingerprint["UserAgent"] ?? origin.userAgent),
    deviceId: fingerprint["DeviceId"],
    timezone: fingerprint["ClientTimezone"],
  });
}

/** The context that an administrator's call tells of the person behind it. Its own address says nothing of that person. */
export function contextOfAdmin(data: ContextDataType | undefined): EventContext {
  if (!data) return {};
  const fingerprint = readFingerprint(data.EncodedData);
  const header = data.HttpHeaders.find(({ headerName }) => headerName?.toLowerCase() === "user-agent");
  return withoutMissing({
    address: canonicalAddress(data.IpAddress),
    deviceName: fingerprint["DeviceName"] ?? nameDevice(fingerprint["UserAgent"] ?? header?.headerValue),
    deviceId: fingerprint["DeviceId"],
    timezone: fingerprint["ClientTimezone"],
  });
}

/**
 * What Amazon's client libraries tell of a device: base64 of JSON, whose `payload` is JSON again. Its signature is made
 * with the client's public id and so proves nothing; it is not looked at. What cannot be read tells nothing.
 * Source: Amazon's published libraries for advanced security data.
 */
function readFingerprint(encoded: string | undefined): Readonly<Record<string, string | undefined>> {
  if (!encoded) return {};
  const data = memberOf(parseJson(Buffer.from(encoded, "base64").toString()), "payload");
  const context = typeof data === "string" ? memberOf(parseJson(data), "contextData") : undefined;
  if (typeof context !== "object" || context === null) return {};
  return Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller's own description of its device: one that cannot be read is as good as none.
    return undefined;
  }
}

/** The first that matches names the browser or system: most of them claim to be several. */
const browsers = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)[.\d]* (?:Mobile\/\S+ )?Safari\//],
] as const;

const systems = [
  ["Android", /\bAndroid\b/],
  ["iOS", /\b(?:iPhone|iPad|iPod)\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["Chrome OS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** A browser and its system in words, or the beginning of what a program says of itself. */
export function nameDevice(userAgent: string | undefined): string | undefined {
  if (!userAgent) return undefined;
  const browser = browsers.flatMap(([name, pattern]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [`${name} ${version}`];
  })[0];
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
  if (browser === undefined) return userAgent.split(" ", 1)[0];
  return system === undefined ? browser : `${browser}, ${system}`;
}
