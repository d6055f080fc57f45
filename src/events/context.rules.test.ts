import { describe, expect, it } from "vitest";
import { contextOfAdmin, contextOfUser, nameDevice } from "./context.ts";

const encoded = (contextData: object) =>
  Buffer.from(
    JSON.stringify({ payload: JSON.stringify({ contextData, username: "x" }), signature: "s", version: "JS20171115" }),
  ).toString("base64");

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36";
const origin = { address: "::ffff:198.51.100.7", userAgent: chrome };
const client = (mayTell: boolean) => ({ settings: { EnablePropagateAdditionalUserContextData: mayTell } });

describe("a device is named", () => {
  it.each([
    [chrome, "Chrome 125, Windows"],
    [`${chrome} Edg/125.0.2535.51`, "Edge 125, Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", "Firefox 126, Linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
      "Safari 17, iOS",
    ],
    [
      "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
      "Chrome 124, Android",
    ],
    ["aws-sdk-js/3.600.0 ua/2.0 os/linux", "aws-sdk-js/3.600.0"],
    ["", undefined],
    [undefined, undefined],
  ])("%s", (userAgent, name) => {
    expect(nameDevice(userAgent)).toBe(name);
  });
});

describe("the context of a public call", () => {
  it("is that of the caller, and an address that is brought counts only where the client may bring one", () => {
    const brought = { IpAddress: "203.0.113.9" };
    expect(contextOfUser(client(false), brought, origin)).toEqual({
      address: "198.51.100.7",
      deviceName: "Chrome 125, Windows",
    });
    expect(contextOfUser(client(true), brought, origin)).toMatchObject({ address: "203.0.113.9" });
    expect(contextOfUser(client(true), {}, origin)).toMatchObject({ address: "198.51.100.7" });
  });

  it("knows what Amazon's libraries tell of the device", () => {
    const EncodedData = encoded({ DeviceId: "d1", ClientTimezone: "-07:00", UserAgent: chrome, ScreenWidthPixels: 9 });
    expect(contextOfUser(client(false), { EncodedData }, { address: "198.51.100.7" })).toEqual({
      address: "198.51.100.7",
      deviceName: "Chrome 125, Windows",
      deviceId: "d1",
      timezone: "-07:00",
    });
  });

  it.each([
    "not base64 of anything",
    Buffer.from("[]").toString("base64"),
    Buffer.from('{"payload":5}').toString("base64"),
    Buffer.from('{"payload":"nothing"}').toString("base64"),
    Buffer.from('{"payload":"{\\"contextData\\":null}"}').toString("base64"),
  ])("makes nothing of %s", (EncodedData) => {
    expect(contextOfUser(client(false), { EncodedData }, {})).toEqual({});
  });

  it("shortens what is no name, and believes no address that is none", () => {
    const EncodedData = encoded({ DeviceName: "x".repeat(1000) });
    const context = contextOfUser(client(true), { EncodedData, IpAddress: "<b>" }, origin);
    expect(context.deviceName).toHaveLength(200);
    expect(context).not.toHaveProperty("address");
  });
});

describe("the context of an administrator's call", () => {
  it("is what it tells of the person, and nothing else", () => {
    expect(contextOfAdmin(undefined)).toEqual({});
    const HttpHeaders = [{ headerName: "User-Agent", headerValue: chrome }];
    expect(contextOfAdmin({ IpAddress: "198.51.100.7", ServerName: "s", ServerPath: "/", HttpHeaders })).toEqual({
      address: "198.51.100.7",
      deviceName: "Chrome 125, Windows",
    });
  });
});
