/** Signed requests to a production house, under attack. */

import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { beforeAll, describe, expect, it } from "vitest";
import { createAccessKey, disableAccessKey } from "../../src/access/access.ts";
import { type AccessKey, isReading, mayCall } from "../../src/access/access-key.ts";
import { checkSignature, readSignature, type SignedRequest } from "../../src/api/signature.ts";
import { accessOf, operationNames } from "../../src/contract/contract.ts";
import { hashOfContents } from "../support/contents.ts";
import { validRequest } from "../support/contract-cases.ts";
import { furnishPool } from "../support/furnished-pool.ts";
import { call, requestFor } from "../support/furnished-requests.ts";
import { sdkFor, useHouse } from "../support/house.ts";
import { refusalOf } from "../support/refusal.ts";

let admin: Awaited<ReturnType<typeof createAccessKey>>;
let reader: Awaited<ReturnType<typeof createAccessKey>>;
/** May do everything on a pool, but not on ours. */
let foreign: Awaited<ReturnType<typeof createAccessKey>>;
let poolId: string;

class Sha256 {
  readonly #hash: ReturnType<typeof createHash>;
  constructor(secret?: string | Uint8Array | ArrayBuffer | DataView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : (createHmac("sha256", Buffer.from(secret as Uint8Array)) as unknown as ReturnType<typeof createHash>);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

const house = useHouse({ mode: "serve", publicUrl: "http://localhost" });

beforeAll(async () => {
  admin = await createAccessKey(house.app, { role: "admin", poolId: null });
  reader = await createAccessKey(house.app, { role: "read", poolId: null });
  const { UserPool } = await sdkFor(house.url, admin).createUserPool({ PoolName: "p" });
  poolId = UserPool?.Id ?? "";
  const { UserPool: theirs } = await sdkFor(house.url, admin).createUserPool({ PoolName: "theirs" });
  foreign = await createAccessKey(house.app, { role: "admin", poolId: theirs?.Id ?? "" });
});

interface Signing {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly service?: string;
  readonly region?: string;
  readonly at?: number;
  readonly body?: string;
}

/** A request as the SDK's own signer signs it. */
async function sign(
  target: string,
  { credentials = admin, service = "cognito-idp", region = "us-east-1", at, body = "{}" }: Signing = {},
) {
  const { hostname, port } = new URL(house.url);
  const signer = new SignatureV4({ credentials, service, region, sha256: Sha256 as never });
  const signed = await signer.sign(
    {
      method: "POST",
      protocol: "http:",
      hostname,
      port: Number(port),
      path: "/",
      query: {},
      headers: {
        host: `${hostname}:${port}`,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${target}`,
      },
      body,
    },
    { signingDate: new Date(at ?? house.clock.now()) },
  );
  return { headers: { ...signed.headers }, body };
}

async function send({
  headers,
  body,
}: {
  headers: Record<string, string>;
  body: string;
}): Promise<{ status: number; name: string; message?: string }> {
  const { host: _host, ...sent } = headers;
  const response = await fetch(house.url, { method: "POST", headers: sent, body });
  const answer = (await response.json()) as { __type?: string; message?: string };
  return {
    status: response.status,
    name: answer.__type ?? "",
    ...(answer.message !== undefined && { message: answer.message }),
  };
}

const list = JSON.stringify({ MaxResults: 1 });
const mismatch = { status: 400, name: "InvalidSignatureException" };

describe("a signed request", () => {
  it("is answered, by the SDK and by its signer alone", async () => {
    expect((await sdkFor(house.url, admin).listUserPools({ MaxResults: 1 })).UserPools).toHaveLength(1);
    expect((await send(await sign("ListUserPools", { body: list }))).status).toBe(200);
  });

  const alter = async (
    change: (request: { headers: Record<string, string>; body: string }) => void,
    signing: Signing = {},
  ) => {
    const request = await sign("ListUserPools", { body: list, ...signing });
    change(request);
    return send(request);
  };
  const signature = (change: (value: string) => string) => (request: { headers: Record<string, string> }) => {
    const header = request.headers["authorization"] ?? "";
    request.headers["authorization"] = header.replace(
      /Signature=(\w+)/,
      (_all, value: string) => `Signature=${change(value)}`,
    );
  };

  it.each([
    [
      "SIG-02: with one bit flipped",
      signature((value) => value.replace(/.$/, (last) => (Number.parseInt(last, 16) ^ 1).toString(16))),
    ],
    ["SIG-02: cut short", signature((value) => value.slice(0, -1))],
    ["SIG-02: in upper case", signature((value) => value.toUpperCase())],
  ])("%s is refused", async (_title, change) => {
    expect(await alter(change)).toMatchObject(mismatch);
  });

  it.each([
    [
      "SIG-03: with another body",
      (request: { headers: Record<string, string>; body: string }) => {
        request.body = '{"MaxResults":2}';
      },
      mismatch,
    ],
    [
      "SIG-04: for another operation",
      (request: { headers: Record<string, string> }) => {
        request.headers["x-amz-target"] = "AWSCognitoIdentityProviderService.DescribeUserPool";
      },
      mismatch,
    ],
    [
      "of another time",
      (request: { headers: Record<string, string> }) => {
        request.headers["x-amz-date"] = "20200101T000000Z";
      },
      mismatch,
    ],
    [
      "SIG-02: without a signature",
      (request: { headers: Record<string, string> }) => {
        request.headers["authorization"] = (request.headers["authorization"] ?? "").replace(/, Signature=.*/, "");
      },
      { status: 400, name: "IncompleteSignatureException" },
    ],
    [
      "of another kind",
      (request: { headers: Record<string, string> }) => {
        request.headers["authorization"] = "Bearer x";
      },
      { status: 400, name: "IncompleteSignatureException" },
    ],
    [
      "that does not cover its target",
      (request: { headers: Record<string, string> }) => {
        request.headers["authorization"] = (request.headers["authorization"] ?? "").replace(";x-amz-target", "");
      },
      mismatch,
    ],
    [
      "without one",
      (request: { headers: Record<string, string> }) => void delete request.headers["authorization"],
      { status: 400, name: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
    ],
    [
      "with a session token of nobody",
      (request: { headers: Record<string, string> }) => {
        request.headers["x-amz-security-token"] = "token";
      },
      { status: 400, name: "UnrecognizedClientException" },
    ],
  ])("%s is refused", async (_title, change, refusal) => {
    expect(await alter(change)).toMatchObject(refusal);
  });

  it.each([
    ["SIG-02: by a wrong secret", () => ({ credentials: { ...admin, secretAccessKey: "wrong" } }), mismatch],
    [
      "SIG-07: by nobody's key",
      () => ({ credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" } }),
      {
        status: 400,
        name: "UnrecognizedClientException",
        message: "The security token included in the request is invalid.",
      },
    ],
    ["SIG-07: for another service", () => ({ service: "s3" }), mismatch],
    ["SIG-07: for no region", () => ({ region: "nowhere" }), mismatch],
    [
      "six minutes ago",
      () => ({ at: house.clock.now() - 360_000 }),
      {
        ...mismatch,
        message: expect.stringMatching(
          /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
        ),
      },
    ],
    [
      "SIG-14: in six minutes",
      () => ({ at: house.clock.now() + 360_000 }),
      { ...mismatch, message: expect.stringContaining("Signature not yet current") },
    ],
  ])("%s is refused", async (_title, signing, refusal) => {
    expect(await alter(() => undefined, signing())).toMatchObject(refusal);
  });

  it("by a disabled key is as good as nobody's", async () => {
    const key = await createAccessKey(house.app, { role: "admin", poolId: null });
    expect((await alter(() => undefined, { credentials: key })).status).toBe(200);
    await disableAccessKey(house.app, key.accessKeyId);
    expect(await alter(() => undefined, { credentials: key })).toMatchObject({ name: "UnrecognizedClientException" });
  });

  it("for another region sees the pools of that region", async () => {
    const there = sdkFor(house.url, admin, "eu-west-3");
    expect((await there.listUserPools({ MaxResults: 60 })).UserPools).toEqual([]);
    expect((await refusalOf(there.describeUserPool({ UserPoolId: poolId }))).name).toBe("ResourceNotFoundException");
  });
});

/** Signs as the specification says, to have cases that no client makes. Source: AWS general reference, Signature Version 4. */
function signByHand(
  request: Omit<SignedRequest, "headers"> & { readonly headers: readonly (readonly [string, string])[] },
  canonicalPath: string,
  canonicalQuery: string,
): SignedRequest {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const sha = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
  const names = [...new Set(request.headers.map(([name]) => name.toLowerCase()))].toSorted();
  const values = (name: string) =>
    request.headers
      .filter(([other]) => other.toLowerCase() === name)
      .map(([, value]) => value.trim().replace(/ +/g, " "));
  const canonical = [
    request.method,
    canonicalPath,
    canonicalQuery,
    ...names.map((name) => `${name}:${values(name).join(",")}`),
    "",
    names.join(";"),
    sha(request.body),
  ].join("\n");
  const scope = ["20240102", "us-east-1", "cognito-idp", "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", "20240102T030405Z", scope.join("/"), sha(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((last, part) => hmac(last, part), "AWS4secret");
  const authorization = `AWS4-HMAC-SHA256 Credential=KEY/${scope.join("/")}, SignedHeaders=${names.join(";")}, Signature=${createHmac("sha256", key).update(text).digest("hex")}`;
  return { ...request, headers: [...request.headers, ["Authorization", authorization]] };
}

describe("SIG-09: the canonical form", () => {
  const headers = [
    ["Host", "h"],
    ["X-Amz-Date", "20240102T030405Z"],
    ["X-Amz-Target", "T"],
  ] as const;
  const now = Date.parse("2024-01-02T03:04:05Z");
  const base = { method: "POST", path: "/", query: "", headers, body: Buffer.from("{}") };

  it.each([
    ["of nothing special", base, "/", ""],
    ["of an empty body", { ...base, body: Buffer.alloc(0) }, "/", ""],
    ["of a text in many alphabets", { ...base, body: Buffer.from("\u1234\u{1F511}") }, "/", ""],
    ["of spaces in a header", { ...base, headers: [...headers, ["My-Header", "  a   b  c "]] as const }, "/", ""],
    [
      "of headers in another order",
      { ...base, headers: [["X-Amz-Target", "T"], ["My-B", "b"], ["My-A", "a"], ...headers.slice(0, 2)] as const },
      "/",
      "",
    ],
    ["of a query in another order", { ...base, query: "b=2&a=1&a=0" }, "/", "a=0&a=1&b=2"],
    ["of a query in other letters", { ...base, query: "k=%E1%88%B4&empty" }, "/", "empty=&k=%E1%88%B4"],
    ["of reserved characters", { ...base, query: "k=%21%27%28%29%2A%7E" }, "/", "k=%21%27%28%29%2A~"],
    ["of a path", { ...base, path: "/a/b" }, "/a/b", ""],
    ["of a path with dots", { ...base, path: "/a/./b/../c" }, "/a/c", ""],
    ["of a path with empty parts", { ...base, path: "//a//b/" }, "/a/b/", ""],
    ["of a path with a space", { ...base, path: "/a%20b" }, "/a%2520b", ""],
    ["of another method", { ...base, method: "GET" }, "/", ""],
  ] as const)("%s verifies, and nothing else does", (_title, request, path, query) => {
    const signed = signByHand(request, path, query);
    const verify = (changed: SignedRequest) => checkSignature(readSignature(changed), changed, "secret", now);
    expect(() => verify(signed)).not.toThrow();
    const mutations: SignedRequest[] = [
      { ...signed, body: Buffer.from("other") },
      { ...signed, method: "PUT" },
      { ...signed, path: `${signed.path}x` },
      { ...signed, query: `${signed.query}&x=1` },
      { ...signed, headers: signed.headers.map(([name, value]) => (name === "Host" ? [name, "evil"] : [name, value])) },
      { ...signed, headers: [...signed.headers, ["X-Amz-Target", "U"]] },
    ];
    for (const mutation of mutations) expect(() => verify(mutation)).toThrow(/signature/i);
    expect(() => checkSignature(readSignature(signed), signed, "other", now)).toThrow(/signature/);
    expect(() => checkSignature(readSignature(signed), signed, undefined, now)).toThrow(/security token/);
  });

  it("SIG-03, SIG-08: takes the body's own hash, and one signature only", () => {
    const unsigned = signByHand(
      { ...base, headers: [...headers, ["X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"]] },
      "/",
      "",
    );
    const swapped = { ...unsigned, body: Buffer.from("other") };
    expect(() => checkSignature(readSignature(swapped), swapped, "secret", now)).toThrow(/signature/);
    const both = { ...signByHand(base, "/", ""), query: "X-Amz-Signature=1" };
    expect(() => readSignature(both)).toThrow(/one signature/);
    const long = {
      ...base,
      query:
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K/20240102/us-east-1/cognito-idp/aws4_request&X-Amz-Date=20240102T030405Z&X-Amz-Expires=315360000&X-Amz-SignedHeaders=host;x-amz-target&X-Amz-Signature=1",
    };
    expect(() => readSignature(long)).toThrow(/X-Amz-Expires/);
  });

  it("takes a presigned request while it is good", async () => {
    const signer = new SignatureV4({
      credentials: { accessKeyId: "KEY", secretAccessKey: "secret" },
      service: "cognito-idp",
      region: "us-east-1",
      sha256: Sha256 as never,
    });
    const request = {
      method: "POST",
      protocol: "http:",
      hostname: "h",
      path: "/",
      query: {},
      headers: { host: "h", "x-amz-target": "T" },
      body: "{}",
    };
    const unhoistable = new Set(["x-amz-target"]);
    const { query = {} } = await signer.presign(request, {
      expiresIn: 60,
      signingDate: new Date(now),
      unhoistableHeaders: unhoistable,
      signableHeaders: new Set(["host", "x-amz-target"]),
    });
    const text = Object.entries(query)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join("&");
    const signed: SignedRequest = {
      method: "POST",
      path: "/",
      query: text,
      headers: [
        ["host", "h"],
        ["x-amz-target", "T"],
      ],
      body: Buffer.from("{}"),
    };
    expect(() => checkSignature(readSignature(signed), signed, "secret", now + 59_000)).not.toThrow();
    expect(() => checkSignature(readSignature(signed), signed, "secret", now + 61_000)).toThrow(/expired/);
    const changed = { ...signed, body: Buffer.from("other") };
    expect(() => checkSignature(readSignature(changed), changed, "secret", now)).toThrow(/signature/);
  });
});

describe("SIG-11: a key", () => {
  const key = (role: AccessKey["role"], pool: string | null): AccessKey => ({
    id: "K",
    role,
    poolId: pool,
    isDisabled: false,
    createdAt: 0,
  });
  const changing = operationNames.filter((name) => !/^(Admin)?(Get|List|Describe)/.test(name));

  it("that reads may call nothing that changes or shows a secret", () => {
    expect(changing.filter((name) => mayCall(key("read", null), name, "p"))).toEqual([]);
    expect(mayCall(key("read", null), "DescribeUserPoolClient", "p")).toBe(false);
    expect(mayCall(key("read", null), "AdminGetUser", "p")).toBe(true);
  });

  it("of one pool may call nothing on another, nor what names no pool", () => {
    for (const name of operationNames) {
      expect(mayCall(key("admin", "a"), name, "b")).toBe(false);
      expect(mayCall(key("admin", "a"), name, undefined)).toBe(false);
      expect(mayCall(key("admin", "a"), name, "a")).toBe(true);
      expect(mayCall({ ...key("admin", null), isDisabled: true }, name, "a")).toBe(false);
    }
  });

  it("that may not is told so as AWS tells it", async () => {
    const call = sdkFor(house.url, reader).deleteUserPool({ UserPoolId: poolId });
    expect(await refusalOf(call)).toEqual({
      name: "AccessDeniedException",
      message: `User: arn:aws:iam::123456789012:user/${reader.accessKeyId} is not authorized to perform: cognito-idp:DeleteUserPool on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId} because no identity-based policy allows the cognito-idp:DeleteUserPool action`,
    });
  });
});

describe("every signed operation", () => {
  const signed = operationNames.filter((name) => accessOf(name) === "signed");
  const bodyOf = (name: (typeof signed)[number]) =>
    JSON.stringify({ ...validRequest(name), ...("UserPoolId" in validRequest(name) && { UserPoolId: poolId }) });

  it.each(signed)(
    "G1: %s is refused unsigned, wrongly signed, altered, retargeted, late, by others' keys and by a user's token",
    async (name) => {
      const body = bodyOf(name);
      const before = await hashOfContents(house.app.db);
      const good = await sign(name, { body });
      const other = name === "DeleteUserPool" ? "UpdateUserPool" : "DeleteUserPool";
      const attempts = {
        unsigned: { headers: { ...good.headers, authorization: "" }, body },
        wrongSecret: await sign(name, { body, credentials: { ...admin, secretAccessKey: "wrong" } }),
        altered: { ...good, body: `${body} ` },
        retargeted: {
          headers: { ...good.headers, "x-amz-target": `AWSCognitoIdentityProviderService.${other}` },
          body,
        },
        late: await sign(name, { body, at: house.clock.now() - 3_600_000 }),
        token: { headers: { ...good.headers, authorization: "Bearer eyJhbGciOiJub25lIn0.e30.x" }, body },
      };
      for (const [title, attempt] of Object.entries(attempts)) {
        const { status, name: error } = await send(attempt);
        expect(status, title).toBe(400);
        expect(error, title).toMatch(/Signature|Authentication/);
      }
      const denied = { status: 400, name: "AccessDeniedException" };
      expect(await send(await sign(name, { body, credentials: foreign }))).toMatchObject(denied);
      if (!isReading(name)) expect(await send(await sign(name, { body, credentials: reader }))).toMatchObject(denied);
      expect(await hashOfContents(house.app.db)).toBe(before);
    },
  );
});

describe("a key that may not see a secret", () => {
  it("X-03: is shown none by any operation that it may call, and users are shown none at all", async () => {
    const api = sdkFor(house.url, admin);
    const things = await furnishPool(house, api, "own");
    const { UserPoolId } = things;
    const { UserPoolClient } = await api.createUserPoolClient({ UserPoolId, ClientName: "c", GenerateSecret: true });
    const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
    await api.createIdentityProvider({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "g", client_secret: "Provider-Canary", authorize_scopes: "openid" },
      AttributeMapping: { email: "email" },
      IdpIdentifiers: ["canary-idp"],
    });
    const { UserImportJob } = await api.createUserImportJob({
      UserPoolId,
      JobName: "job",
      CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
    });
    const [, token = ""] = /token=(.+)$/.exec(UserImportJob?.PreSignedUrl ?? "") ?? [];
    const secrets = [ClientSecret, "Provider-Canary", token];
    const named = {
      ...things,
      ClientId,
      ProviderName: "Google",
      IdpIdentifier: "canary-idp",
      JobId: UserImportJob?.JobId,
    };
    const answersTo = async (credentials: typeof admin): Promise<string> => {
      const answers: string[] = [];
      for (const name of operationNames.filter((operation) => /^(Admin)?(Get|List|Describe)/.test(operation))) {
        const input = requestFor(name, named as typeof things);
        answers.push(JSON.stringify(await call(sdkFor(house.url, credentials), name, input).catch(String)));
      }
      return answers.join("\n");
    };
    // The harness finds them where they are shown.
    const seenByAdmin = await answersTo(admin);
    expect(secrets.map((secret) => secret.length > 10 && seenByAdmin.includes(secret))).toEqual([true, true, true]);
    const seenByReader = await answersTo(reader);
    expect(secrets.filter((secret) => seenByReader.includes(secret))).toEqual([]);
    // What is called with a user's token needs no key, and is among what both have called.
    expect(seenByReader).toContain("AccessDeniedException");
  });

  it("SIG-12: is not told whether a pool of somebody else is there", async () => {
    const api = sdkFor(house.url, foreign);
    for (const UserPoolId of [poolId, "us-east-1_nothere00"]) {
      const { name, message } = await refusalOf(api.describeUserPool({ UserPoolId }));
      expect(name).toBe("AccessDeniedException");
      expect(message).toContain(`userpool/${UserPoolId} because no identity-based policy allows`);
    }
    const asked = sdkFor(house.url, admin).describeUserPool({ UserPoolId: "us-east-1_nothere00" });
    expect((await refusalOf(asked)).name).toBe("ResourceNotFoundException");
  });

  it("SIG-13: ends with the call that is made after it was disabled, in the middle of many", async () => {
    const key = await createAccessKey(house.app, { role: "admin", poolId: null });
    const api = sdkFor(house.url, key);
    const outcomes: string[] = [];
    for (let count = 0; count < 20; count++) {
      if (count === 10) await disableAccessKey(house.app, key.accessKeyId);
      outcomes.push(
        await api.createGroup({ UserPoolId: poolId, GroupName: `g${count}` }).then(
          () => "made",
          (error: Error) => error.name,
        ),
      );
    }
    expect(outcomes).toEqual([...Array(10).fill("made"), ...Array(10).fill("UnrecognizedClientException")]);
    const { Groups } = await sdkFor(house.url, admin).listGroups({ UserPoolId: poolId });
    expect(Groups).toHaveLength(10);
  });
});
