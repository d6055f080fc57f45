/**
 * Devices: the device that a user signed in from, its own password and whether the user wants it remembered. The room
 * knows a user by its pool and sub; what a remembered device spares its user is decided in signin/.
 */
import { ApiError } from "../contract/errors.ts";
import type { DeviceSecretVerifierConfigType, DeviceType } from "../contract/types.gen.ts";
import { toNumber } from "../lib/modular-power.ts";
import { digits, lowerCase, type Random, upperCase } from "../lib/random.ts";
import { isVerifier, type Verifier } from "../lib/srp.ts";
import type { Pool } from "../pools/pool.ts";

export interface Device {
  readonly poolId: string;
  readonly sub: string;
  readonly key: string;
  /** Goes into the device's password in place of the pool. */
  readonly groupKey: string;
  readonly name: string | null;
  /** Null until the device is confirmed. */
  readonly secret: Verifier | null;
  readonly isRemembered: boolean;
  /** The refresh family whose sign-in handed the key out: nobody else can confirm the device. */
  readonly family: string;
  /** The address that it was last signed in from; null where nobody told. */
  readonly lastAddress: string | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly authenticatedAt: number;
}

/** A device key as it is handed out. Source: Cognito API reference, DeviceKeyType; the group key as observed. */
export const newDeviceKeys = (pool: Pool, random: Random): Pick<Device, "key" | "groupKey"> => ({
  key: `${pool.region}_${random.uuid()}`,
  groupKey: `-${random.text(digits + lowerCase + upperCase, 8)}`,
});

/** Whether a pool keeps track of devices: any setting switches it on. Source: Cognito API reference, DeviceConfiguration. */
export const tracksDevices = ({ settings }: Pool): boolean => settings.DeviceConfiguration !== undefined;

/** Whether a device is remembered as soon as it is confirmed, or only when its user says so. */
export const remembersAtOnce = ({ settings }: Pool): boolean =>
  settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt !== true;

/** Refuses where the pool does not track devices. @throws InvalidUserPoolConfigurationException. Text unconfirmed. */
export function checkTracking(pool: Pool): void {
  if (tracksDevices(pool)) return;
  throw new ApiError("InvalidUserPoolConfigurationException", "Device tracking is not enabled for the user pool.");
}

/** Source: observed. */
export const noDevice = (): ApiError => new ApiError("ResourceNotFoundException", "Device does not exist.");

/** A verifier is a number below the prime: 384 bytes and a sign. */
const longestBase64 = 520;

/** Reads the password of a device as a client sets it: Base64 of signed big-endian numbers. @throws InvalidParameterException */
export function parseDeviceSecret(config: DeviceSecretVerifierConfigType | undefined): Verifier {
  const salt = parseNumber(config?.Salt);
  const verifier = parseNumber(config?.PasswordVerifier);
  if (salt && verifier && isVerifier(verifier)) return { salt, verifier };
  // Unconfirmed text.
  throw new ApiError("InvalidParameterException", "Invalid device secret verifier given.");
}

function parseNumber(text: string | undefined): bigint | undefined {
  if (!text || text.length > longestBase64 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return toNumber(Buffer.from(text, "base64"));
}

/** The device as its user sees it. Source: Cognito API reference, DeviceType; names of the attributes as observed. */
export const describeDevice = (device: Device): DeviceType => ({
  DeviceKey: device.key,
  DeviceAttributes: [
    { Name: "device_status", Value: "valid" },
    ...(device.name === null ? [] : [{ Name: "device_name", Value: device.name }]),
    ...(device.lastAddress === null ? [] : [{ Name: "last_ip_used", Value: device.lastAddress }]),
  ],
  DeviceCreateDate: new Date(device.createdAt),
  DeviceLastModifiedDate: new Date(device.modifiedAt),
  DeviceLastAuthenticatedDate: new Date(device.authenticatedAt),
});

/** The device as an administrator sees it. */
export function describeDeviceToAdmin(device: Device, pool: Pool, username: string, account: string): DeviceType {
  const owner = `${username}.${pool.id}`;
  const shown = describeDevice(device);
  return {
    ...shown,
    DeviceAttributes: [
      ...(shown.DeviceAttributes ?? []),
      {
        Name: "dev:device_arn",
        Value: `arn:aws:cognito-idp:${pool.region}:${account}:owner/${owner}/device/${device.key}`,
      },
      { Name: "dev:device_owner", Value: owner },
      { Name: "dev:device_remembered_status", Value: device.isRemembered ? "remembered" : "not_remembered" },
      { Name: "dev:device_sdk", Value: "aws-sdk" },
    ],
  };
}
