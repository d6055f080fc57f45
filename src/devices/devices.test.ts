import { randomBytes } from "node:crypto";
import type { DeviceSecretVerifierConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { createDeviceVerifier } from "cognito-srp-helper";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { createSrpSession, deviceProofOf } from "../../test/support/signing-in.ts";
import { prime, toBytes } from "../lib/modular-power.ts";

const house = useHouse();
let pool: TestPool;
let ClientId: string;
let UserPoolId: string;

beforeAll(async () => {
  pool = await makePool(house, {
    pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
    client: {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
  });
  ({ ClientId, UserPoolId } = pool);
});

const signIn = async (USERNAME: string, more: Record<string, string> = {}) =>
  house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password, ...more },
  });

const verifier = {
  PasswordVerifier: toBytes(2n ** 2000n).toString("base64"),
  Salt: randomBytes(16).toString("base64"),
};

/** A user who is signed in on a new device. */
async function onNewDevice(email: string) {
  await pool.createUser(email);
  const { AuthenticationResult } = await signIn(email);
  return {
    AccessToken: AuthenticationResult?.AccessToken ?? "",
    RefreshToken: AuthenticationResult?.RefreshToken ?? "",
    DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey ?? "",
    DeviceGroupKey: AuthenticationResult?.NewDeviceMetadata?.DeviceGroupKey ?? "",
  };
}

const confirm = (
  device: { AccessToken: string; DeviceKey: string },
  DeviceSecretVerifierConfig: DeviceSecretVerifierConfigType = verifier,
) => house.api.confirmDevice({ ...pick(device), DeviceName: "Laptop", DeviceSecretVerifierConfig });

const pick = ({ AccessToken, DeviceKey }: { AccessToken: string; DeviceKey: string }) => ({ AccessToken, DeviceKey });
const noDevice = { name: "ResourceNotFoundException", message: "Device does not exist." };

describe("a device", () => {
  it("is given a key, confirmed once, remembered when its user says so, shown and forgotten", async () => {
    const device = await onNewDevice("laptop@example.com");
    expect(device.DeviceKey).toMatch(/^us-east-1_[0-9a-f-]{36}$/);
    expect(await refusalOf(house.api.getDevice(pick(device)))).toEqual(noDevice);
    expect(await confirm(device)).toMatchObject({ UserConfirmationNecessary: true });
    expect((await refusalOf(confirm(device))).name).toBe("DeviceKeyExistsException");
    await house.api.updateDeviceStatus({ ...pick(device), DeviceRememberedStatus: "remembered" });
    const { Device } = await house.api.getDevice(pick(device));
    expect(Device).toMatchObject({
      DeviceKey: device.DeviceKey,
      DeviceAttributes: [
        { Name: "device_status", Value: "valid" },
        { Name: "device_name", Value: "Laptop" },
        { Name: "last_ip_used", Value: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) },
      ],
    });
    const Username = "laptop@example.com";
    const shown = await house.api.adminGetDevice({ UserPoolId, Username, DeviceKey: device.DeviceKey });
    expect(shown.Device?.DeviceAttributes).toContainEqual({
      Name: "dev:device_remembered_status",
      Value: "remembered",
    });
    expect((await house.api.listDevices({ AccessToken: device.AccessToken })).Devices).toEqual([Device]);
    expect((await house.api.adminListDevices({ UserPoolId, Username })).Devices).toHaveLength(1);
    await house.api.adminUpdateDeviceStatus({
      UserPoolId,
      Username,
      DeviceKey: device.DeviceKey,
      DeviceRememberedStatus: "not_remembered",
    });
    await house.api.forgetDevice(pick(device));
    expect(await refusalOf(house.api.forgetDevice(pick(device)))).toEqual(noDevice);
    expect(await refusalOf(house.api.adminForgetDevice({ UserPoolId, Username, DeviceKey: device.DeviceKey }))).toEqual(
      noDevice,
    );
  });

  it("shows where it was last signed in from, to its user and to an administrator", async () => {
    const Username = "whereabouts@example.com";
    await pool.createUser(Username);
    const ContextData = (IpAddress: string) => ({
      IpAddress,
      ServerName: "app.example.com",
      ServerPath: "/login",
      HttpHeaders: [],
    });
    const from = (IpAddress: string | undefined, more: Record<string, string> = {}) =>
      house.api.adminInitiateAuth({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD: password, ...more },
        ContextData: IpAddress === undefined ? undefined : ContextData(IpAddress),
      });
    const { AuthenticationResult } = await from("203.0.113.7");
    const { AccessToken = "", NewDeviceMetadata } = AuthenticationResult ?? {};
    const { DeviceKey = "", DeviceGroupKey = "" } = NewDeviceMetadata ?? {};
    const made = createDeviceVerifier(DeviceKey, DeviceGroupKey);
    const device = { key: DeviceKey, groupKey: DeviceGroupKey, password: made.DeviceRandomPassword };
    await confirm({ AccessToken, DeviceKey }, made.DeviceSecretVerifierConfig);
    await house.api.updateDeviceStatus({ AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" });
    const shownTo = async () => {
      const [mine, listed, shown, listedToAdmin] = await Promise.all([
        house.api.getDevice({ AccessToken, DeviceKey }),
        house.api.listDevices({ AccessToken }),
        house.api.adminGetDevice({ UserPoolId, Username, DeviceKey }),
        house.api.adminListDevices({ UserPoolId, Username }),
      ]);
      const devices = [mine.Device, listed.Devices?.[0], shown.Device, listedToAdmin.Devices?.[0]];
      return devices.map(({ DeviceAttributes = [] } = {}) => DeviceAttributes.slice(0, 3));
    };
    const attributes = (address: string) => [
      { Name: "device_status", Value: "valid" },
      { Name: "device_name", Value: "Laptop" },
      { Name: "last_ip_used", Value: address },
    ];
    expect(await shownTo()).toEqual(Array(4).fill(attributes("203.0.113.7")));

    const proveFrom = async (IpAddress: string | undefined) => {
      const asked = await from(IpAddress, { DEVICE_KEY: DeviceKey });
      const session = createSrpSession(Username, password, UserPoolId, false);
      const context = IpAddress === undefined ? {} : { ContextData: ContextData(IpAddress) };
      const proving = await house.api.adminRespondToAuthChallenge({
        UserPoolId,
        ClientId,
        ChallengeName: "DEVICE_SRP_AUTH",
        Session: asked.Session,
        ChallengeResponses: { USERNAME: Username, DEVICE_KEY: DeviceKey, SRP_A: session.largeA },
        ...context,
      });
      await house.api.adminRespondToAuthChallenge({
        UserPoolId,
        ClientId,
        ChallengeName: "DEVICE_PASSWORD_VERIFIER",
        Session: proving.Session,
        ChallengeResponses: { USERNAME: Username, ...deviceProofOf(session, proving, device) },
        ...context,
      });
    };
    await proveFrom("2001:db8::7");
    expect(await shownTo()).toEqual(Array(4).fill(attributes("2001:db8::7")));
    await proveFrom(undefined);
    expect(await shownTo()).toEqual(Array(4).fill(attributes("2001:db8::7")));
  });

  it("says nothing of where it is as long as nobody tells", async () => {
    const Username = "unseen@example.com";
    await pool.createUser(Username);
    const { AuthenticationResult } = await house.api.adminInitiateAuth({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    });
    const { AccessToken = "", NewDeviceMetadata } = AuthenticationResult ?? {};
    const device = { AccessToken, DeviceKey: NewDeviceMetadata?.DeviceKey ?? "" };
    await confirm(device);
    const { Device } = await house.api.getDevice(device);
    expect(Device?.DeviceAttributes?.map(({ Name }) => Name)).toEqual(["device_status", "device_name"]);
  });

  it("is listed page by page", async () => {
    const first = await onNewDevice("many@example.com");
    await confirm(first);
    for (let index = 0; index < 2; index++) {
      const { AuthenticationResult } = await signIn("many@example.com");
      await confirm({
        AccessToken: AuthenticationResult?.AccessToken ?? "",
        DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey ?? "",
      });
    }
    const { AccessToken } = first;
    const page = await house.api.listDevices({ AccessToken, Limit: 2 });
    const rest = await house.api.listDevices({ AccessToken, Limit: 2, PaginationToken: page.PaginationToken });
    expect([page.Devices?.length, rest.Devices?.length, rest.PaginationToken]).toEqual([2, 1, undefined]);
    const foreign = house.api.adminListDevices({
      UserPoolId,
      Username: "laptop@example.com",
      PaginationToken: page.PaginationToken,
    });
    expect((await refusalOf(foreign)).message).toBe("Invalid Pagination Token");
  });

  it("is refreshed from with its key and from nowhere else", async () => {
    const { RefreshToken, DeviceKey } = await onNewDevice("refresh@example.com");
    const refresh = (more: Record<string, string>) =>
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: RefreshToken, ...more },
      });
    const invalid = { name: "NotAuthorizedException", message: "Invalid Refresh Token." };
    expect(await refusalOf(refresh({}))).toEqual(invalid);
    expect(await refusalOf(refresh({ DEVICE_KEY: "us-east-1_00000000-0000-0000-0000-000000000000" }))).toEqual(invalid);
    expect((await refresh({ DEVICE_KEY: DeviceKey })).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it.each([
    ["SRP-12: zero", { ...verifier, PasswordVerifier: "AA==" }],
    ["SRP-12: one", { ...verifier, PasswordVerifier: "AQ==" }],
    ["SRP-12: the prime", { ...verifier, PasswordVerifier: toBytes(prime).toString("base64") }],
    ["SRP-12: one below the prime", { ...verifier, PasswordVerifier: toBytes(prime - 1n).toString("base64") }],
    ["SRP-12: far too long", { ...verifier, PasswordVerifier: "A".repeat(1_000) }],
    ["SRP-12: without salt", { ...verifier, Salt: "" }],
    ["SRP-12: no Base64", { ...verifier, PasswordVerifier: "§§§" }],
  ])("takes no password that proves nothing: %s", async (what, config) => {
    const device = await onNewDevice(`bad-${what.replace(/\W+/g, "-")}@example.com`);
    expect((await refusalOf(confirm(device, config))).name).toBe("InvalidParameterException");
  });

  it("is confirmed by the sign-in that was given its key and by no other", async () => {
    const mine = await onNewDevice("mine@example.com");
    const other = await onNewDevice("thief@example.com");
    expect((await refusalOf(confirm({ ...other, DeviceKey: mine.DeviceKey }))).name).toBe("ResourceNotFoundException");
  });

  it("is listed page by page, and a token of one list is none of the other's", async () => {
    const username = "paged@example.com";
    const first = await onNewDevice(username);
    await confirm(first);
    const again = await signIn(username);
    const { AccessToken, NewDeviceMetadata } = again.AuthenticationResult ?? {};
    await confirm({ ...first, AccessToken: AccessToken ?? "", DeviceKey: NewDeviceMetadata?.DeviceKey ?? "" });
    const { UserPoolId } = pool;
    const own = await house.api.listDevices({ AccessToken, Limit: 1 });
    const { PaginationToken } = own;
    const rest = await house.api.listDevices({ AccessToken, Limit: 1, PaginationToken });
    const keys = [...(own.Devices ?? []), ...(rest.Devices ?? [])].map(({ DeviceKey }) => DeviceKey);
    expect(new Set(keys).size).toBe(2);
    const foreign = house.api.adminListDevices({ UserPoolId, Username: username, Limit: 1, PaginationToken });
    expect(await refusalOf(foreign)).toEqual({
      name: "InvalidParameterException",
      message: "Invalid Pagination Token",
    });
  });

  it("is not tracked by a pool that does not say so", async () => {
    const plain = await makePool(house, {
      client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
    });
    await plain.createUser("plain@example.com");
    const { AuthenticationResult } = await house.api.initiateAuth({
      ClientId: plain.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "plain@example.com", PASSWORD: password },
    });
    expect(AuthenticationResult).not.toHaveProperty("NewDeviceMetadata");
    expect((await refusalOf(house.api.listDevices({ AccessToken: AuthenticationResult?.AccessToken }))).name).toBe(
      "InvalidUserPoolConfigurationException",
    );
  });
});

describe("signing in on a device", () => {
  it("SRP-13: that is another's, or nobody's, is refused and spares nothing", async () => {
    const device = await onNewDevice("owner@example.com");
    await confirm(device);
    await house.api.updateDeviceStatus({ ...pick(device), DeviceRememberedStatus: "remembered" });
    await pool.createUser("visitor@example.com");
    for (const username of ["visitor@example.com", "nobody@example.com"]) {
      expect(await refusalOf(signIn(username, { DEVICE_KEY: device.DeviceKey }))).toEqual(noDevice);
    }
  });

  it("that is not remembered asks for no proof of it", async () => {
    const device = await onNewDevice("unremembered@example.com");
    await confirm(device);
    expect(
      (await signIn("unremembered@example.com", { DEVICE_KEY: device.DeviceKey })).AuthenticationResult,
    ).toBeTruthy();
  });
});
