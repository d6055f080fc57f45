import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const house = useHouse();
let UserPoolId: string;
let ClientId: string;

beforeAll(async () => {
  ({ UserPoolId, ClientId } = await makePool(house));
});

let made = 0;

async function createClient(ClientName = `c${++made}`): Promise<string> {
  const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName });
  return UserPoolClient?.ClientId ?? "";
}

const png = (text = ""): Uint8Array =>
  Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.from(`${text} ${++made}`)]);
const jpeg = Buffer.from("ffd8ffe000104a464946", "hex");
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const ico = Buffer.from("000001000100", "hex");
const css = ".logo-customizable { max-width: 60%; }";
const nobody = "00000000-0000-4000-8000-000000000000";

describe("the look of the classic pages", () => {
  const get = async (client?: string, pool = UserPoolId) =>
    (await house.api.getUICustomization({ UserPoolId: pool, ClientId: client })).UICustomization;

  it("is nothing until it is set", async () => {
    const { UserPoolId: other } = await makePool(house);
    expect(await get(undefined, other)).toEqual({});
  });

  it("is set for a client or for all, and a client without one has that of all", async () => {
    const { UserPoolId: pool, ClientId: first } = await makePool(house);
    const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId: pool, ClientName: "second" });
    const all = await house.api.setUICustomization({ UserPoolId: pool, CSS: css });
    expect(all.UICustomization).toEqual({
      UserPoolId: pool,
      ClientId: "ALL",
      CSS: css,
      CSSVersion: expect.stringMatching(/^\d{14}$/),
      LastModifiedDate: expect.any(Date),
      CreationDate: expect.any(Date),
    });
    const own = await house.api.setUICustomization({ UserPoolId: pool, ClientId: first, ImageFile: jpeg });
    expect(own.UICustomization).toMatchObject({ ClientId: first, ImageUrl: expect.any(String) });
    expect(own.UICustomization).not.toHaveProperty("CSS");
    expect(await get(undefined, pool)).toEqual(all.UICustomization);
    expect(await get("ALL", pool)).toEqual(all.UICustomization);
    expect(await get(first, pool)).toEqual(own.UICustomization);
    expect(await get(UserPoolClient?.ClientId, pool)).toEqual(all.UICustomization);
  });

  it("is set as a whole: what is left out is gone, and nothing at all takes it away", async () => {
    const client = await createClient();
    const named = { UserPoolId, ClientId: client };
    const before = await house.api.setUICustomization({ ...named, CSS: css, ImageFile: png() });
    house.clock.advance(1000);
    const after = await house.api.setUICustomization({ ...named, CSS: `${css}\n` });
    expect(after.UICustomization).toMatchObject({
      CSS: `${css}\n`,
      CreationDate: before.UICustomization?.CreationDate,
    });
    expect(after.UICustomization).not.toHaveProperty("ImageUrl");
    expect(after.UICustomization?.CSSVersion).not.toBe(before.UICustomization?.CSSVersion);
    expect((await fetch(before.UICustomization?.ImageUrl ?? "")).status).toBe(404);
    expect((await house.api.setUICustomization(named)).UICustomization).toMatchObject({ ClientId: client });
    expect(await get(client)).toEqual({});
  });

  it("has its logo served by the house, by the hash of its bytes", async () => {
    const image = png("logo");
    const { UICustomization } = await house.api.setUICustomization({
      UserPoolId,
      ClientId: await createClient(),
      ImageFile: image,
    });
    const answer = await fetch(UICustomization?.ImageUrl ?? "");
    expect(Buffer.from(await answer.arrayBuffer()).equals(image)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    const { UserPoolId: other } = await makePool(house);
    const elsewhere = UICustomization?.ImageUrl?.replace(UserPoolId, other) ?? "";
    expect((await fetch(elsewhere)).status).toBe(404);
    expect((await fetch(UICustomization?.ImageUrl ?? "", { method: "POST" })).status).toBe(405);
  });

  it("is as large as the service allows", async () => {
    const ImageFile = Buffer.concat([png(), Buffer.alloc(131_000)]);
    const CSS = css.padEnd(131_072);
    const { UICustomization } = await house.api.setUICustomization({
      UserPoolId,
      ClientId: await createClient(),
      CSS,
      ImageFile,
    });
    expect(UICustomization?.CSS).toBe(CSS);
  });

  it("needs a domain", async () => {
    const { UserPool } = await house.api.createUserPool({ PoolName: "p" });
    expect(await refusalOf(house.api.setUICustomization({ UserPoolId: UserPool?.Id, CSS: css }))).toEqual({
      name: "InvalidParameterException",
      message: "A domain must be associated with this user pool.",
    });
  });

  it.each<{ wanted: { CSS?: string; ImageFile?: Uint8Array; ClientId?: string }; name?: string; message: string }>([
    { wanted: { CSS: "body { color: red }" }, message: "The CSS class body is not in the list of allowed classes." },
    { wanted: { CSS: "@import 'x';" }, message: "The CSS is invalid." },
    { wanted: { ImageFile: svg }, message: "The image must be of type PNG or JPEG." },
    { wanted: { ImageFile: Buffer.from("GIF89a") }, message: "The image must be of type PNG or JPEG." },
    {
      wanted: { ClientId: "nobody", CSS: css },
      name: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
    },
  ])("is refused: $message", async ({ wanted, name = "InvalidParameterException", message }) => {
    expect(await refusalOf(house.api.setUICustomization({ UserPoolId, ...wanted }))).toEqual({ name, message });
  });
});

describe("the style of managed login", () => {
  const create = async (wanted: object, client?: string) => {
    const answer = await house.api.createManagedLoginBranding({
      UserPoolId,
      ClientId: client ?? (await createClient()),
      ...wanted,
    });
    return answer.ManagedLoginBranding ?? {};
  };
  const asset = (Bytes: Uint8Array, further = {}) =>
    ({ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "PNG", Bytes, ...further }) as const;

  it("is kept as it was given and found by its id and by its client", async () => {
    const client = await createClient();
    const Settings = { components: { form: { borderRadius: 3.5, odd: [1, null, "é"] } }, mine: true };
    const Assets = [asset(Buffer.from(png())), asset(svg, { ColorMode: "DARK", Extension: "SVG", ResourceId: "r 1" })];
    const created = await create({ Settings, Assets }, client);
    expect(created).toEqual({
      ManagedLoginBrandingId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      UserPoolId,
      UseCognitoProvidedValues: false,
      Settings,
      Assets: Assets.map((given) => ({ ...given, Bytes: new Uint8Array(given.Bytes) })),
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    });
    const { ManagedLoginBrandingId } = created;
    const byId = await house.api.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    const byClient = await house.api.describeManagedLoginBrandingByClient({ UserPoolId, ClientId: client });
    expect([byId.ManagedLoginBranding, byClient.ManagedLoginBranding]).toEqual([created, created]);
  });

  it("may be the standard one, and shows what that is on demand", async () => {
    const client = await createClient();
    const created = await create({ UseCognitoProvidedValues: true }, client);
    expect(created).toMatchObject({ UseCognitoProvidedValues: true, Assets: [] });
    expect(created).not.toHaveProperty("Settings");
    const named = { UserPoolId, ClientId: client, ReturnMergedResources: true };
    const { ManagedLoginBranding } = await house.api.describeManagedLoginBrandingByClient(named);
    expect(ManagedLoginBranding?.Settings).toMatchObject({ categories: { global: { colorSchemeMode: "LIGHT" } } });
  });

  it("shows its settings over the standard ones on demand", async () => {
    const client = await createClient();
    await create({ Settings: { categories: { global: { colorSchemeMode: "DARK" } } } }, client);
    const named = { UserPoolId, ClientId: client, ReturnMergedResources: true };
    const { ManagedLoginBranding } = await house.api.describeManagedLoginBrandingByClient(named);
    expect(ManagedLoginBranding?.Settings).toMatchObject({
      categories: { global: { colorSchemeMode: "DARK", spacingDensity: "REGULAR" } },
      componentClasses: { buttons: { borderRadius: 8 } },
    });
  });

  it("is updated in what is named, and the rest stays", async () => {
    const [first, second] = [new Uint8Array(png()), new Uint8Array(png())];
    const { ManagedLoginBrandingId } = await create({
      Settings: { a: { b: 1, c: 2 } },
      Assets: [asset(first), asset(first, { Category: "PAGE_HEADER_LOGO", ResourceId: "known" })],
    });
    const update = async (wanted: object) => {
      const named = { UserPoolId, ManagedLoginBrandingId };
      const { ManagedLoginBranding } = await house.api.updateManagedLoginBranding({ ...named, ...wanted });
      const described = await house.api.describeManagedLoginBranding(named);
      expect(described.ManagedLoginBranding).toEqual(ManagedLoginBranding);
      return ManagedLoginBranding;
    };
    expect(await update({ Settings: { a: { c: 3 }, d: 4 } })).toMatchObject({ Settings: { a: { b: 1, c: 3 }, d: 4 } });
    const merged = await update({ Assets: [asset(second)] });
    expect(merged?.Assets).toEqual([
      asset(first, { Category: "PAGE_HEADER_LOGO", ResourceId: "known" }),
      asset(second),
    ]);
    const again = await update({ Assets: [{ ...asset(first), Bytes: undefined, ResourceId: "known" }] });
    expect(again?.Assets).toContainEqual(asset(first, { ResourceId: "known" }));
    const standard = await update({ UseCognitoProvidedValues: true });
    expect(standard).toMatchObject({ UseCognitoProvidedValues: true, Assets: [] });
    expect(await update({})).toMatchObject({ UseCognitoProvidedValues: true });
    expect(await update({ Settings: { z: 1 } })).toMatchObject({
      UseCognitoProvidedValues: false,
      Settings: { z: 1 },
    });
  });

  it("has its images served as what they are", async () => {
    const client = await createClient();
    const Assets = [
      asset(svg, { Extension: "SVG" }),
      asset(ico, { Category: "FAVICON_ICO", Extension: "ICO" }),
      asset(jpeg, { Category: "PAGE_BACKGROUND", Extension: "JPEG" }),
    ];
    await create({ Assets }, client);
    const rows = await house.app.db
      .selectFrom("branding_assets")
      .select("hash")
      .where("pool_id", "=", UserPoolId)
      .where("client_id", "=", client)
      .execute();
    const answers = await Promise.all(
      rows.map(({ hash }) => fetch(`${house.url}/_poolhouse/assets/${UserPoolId}/${hash}`)),
    );
    expect(answers.map(({ headers }) => headers.get("content-type")).toSorted()).toEqual([
      "image/jpeg",
      "image/svg+xml",
      "image/x-icon",
    ]);
    for (const { headers } of answers) {
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    }
  });

  it("takes an image of a megabyte, and no request over two", async () => {
    const Bytes = Buffer.concat([png(), Buffer.alloc(999_900)]);
    const created = await create({ Assets: [asset(Bytes)] });
    expect(created.Assets?.[0]?.Bytes?.byteLength).toBe(Bytes.byteLength);
    const twice = { Assets: [asset(Bytes), asset(Bytes, { ColorMode: "DARK" })] };
    expect((await refusalOf(create(twice))).name).toBe("RequestEntityTooLargeException");
    const other = house.api.createGroup({ UserPoolId, GroupName: "g", Description: "x".repeat(300 * 1024) });
    expect((await refusalOf(other)).name).toBe("RequestEntityTooLargeException");
  });

  it("is one a client", async () => {
    const client = await createClient();
    const { ManagedLoginBrandingId } = await create({ UseCognitoProvidedValues: true }, client);
    const refusal = await refusalOf(create({ UseCognitoProvidedValues: true }, client));
    expect(refusal.name).toBe("ManagedLoginBrandingExistsException");
    await house.api.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    await create({ UseCognitoProvidedValues: true }, client);
  });

  const both = "useCognitoProvidedValues or settings should be specified (but not both)";
  it.each<{ wanted: object; message: string }>([
    { wanted: {}, message: both },
    { wanted: { UseCognitoProvidedValues: false }, message: both },
    { wanted: { UseCognitoProvidedValues: true, Settings: {} }, message: both },
    { wanted: { UseCognitoProvidedValues: true, Assets: [asset(jpeg)] }, message: both },
    { wanted: { Settings: ["x"] }, message: "Settings must be a JSON object." },
    { wanted: { Settings: "x" }, message: "Settings must be a JSON object." },
    { wanted: { Assets: [asset(jpeg)] }, message: "The image must be of type PNG." },
    {
      wanted: { Assets: [asset(ico, { Extension: "ICO" })] },
      message: "Extension ICO is not allowed for asset category FORM_LOGO.",
    },
    {
      wanted: { Assets: [asset(jpeg, { Category: "FAVICON_ICO", Extension: "JPEG" })] },
      message: "Extension JPEG is not allowed for asset category FAVICON_ICO.",
    },
    {
      wanted: { Assets: [asset(jpeg, { Category: "FAVICON_SVG", Extension: "JPEG" })] },
      message: "Extension JPEG is not allowed for asset category FAVICON_SVG.",
    },
    {
      wanted: { Assets: [asset(jpeg, { Extension: "JPEG" }), asset(jpeg, { Extension: "JPEG" })] },
      message: "Asset FORM_LOGO LIGHT is given more than once.",
    },
    {
      wanted: { Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "PNG", ResourceId: "r" }] },
      message: "Asset FORM_LOGO has neither Bytes nor a known ResourceId.",
    },
  ])("is refused: $message $wanted", async ({ wanted, message }) => {
    const client = await createClient();
    expect(await refusalOf(create(wanted, client))).toEqual({ name: "InvalidParameterException", message });
    const named = { UserPoolId, ClientId: client };
    const refusal = await refusalOf(house.api.describeManagedLoginBrandingByClient(named));
    expect(refusal.name).toBe("ResourceNotFoundException");
  });

  it("is found in its own pool alone", async () => {
    const { ManagedLoginBrandingId } = await create({ UseCognitoProvidedValues: true });
    const { UserPoolId: other } = await makePool(house);
    for (const named of [
      { UserPoolId: other, ManagedLoginBrandingId },
      { UserPoolId, ManagedLoginBrandingId: nobody },
    ]) {
      const calls = [
        () => house.api.describeManagedLoginBranding(named),
        () => house.api.updateManagedLoginBranding({ ...named, Settings: {} }),
        () => house.api.deleteManagedLoginBranding(named),
      ];
      for (const call of calls) {
        expect(await refusalOf(call())).toEqual({
          name: "ResourceNotFoundException",
          message: "Managed login branding does not exist.",
        });
      }
    }
    await house.api.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
  });
});

describe("terms", () => {
  const Links = { "cognito:default": "https://example.com/terms", "cognito:french": "https://example.com/fr" };
  const terms = { TermsSource: "LINK", Enforcement: "NONE", Links } as const;
  const create = async (client: string, TermsName = "terms-of-use", further = {}) => {
    const asked = { UserPoolId, ClientId: client, TermsName, ...terms, ...further };
    return (await house.api.createTerms(asked)).Terms;
  };

  it("are found by their id and by their client and name", async () => {
    const client = await createClient();
    const created = await create(client);
    expect(created).toEqual({
      TermsId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      UserPoolId,
      ClientId: client,
      TermsName: "terms-of-use",
      ...terms,
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    });
    const byId = await house.api.describeTerms({ UserPoolId, TermsId: created?.TermsId });
    const byName = await house.api.describeTermsByClient({ UserPoolId, ClientId: client, TermsName: "terms-of-use" });
    expect([byId.Terms, byName.Terms]).toEqual([created, created]);
  });

  it("are updated in what is named, links as a whole", async () => {
    const created = await create(await createClient());
    house.clock.advance(1000);
    const TermsId = created?.TermsId;
    const links = { "cognito:default": "https://example.com/new" };
    const { Terms } = await house.api.updateTerms({ UserPoolId, TermsId, Links: links });
    expect(Terms).toEqual({ ...created, Links: links, LastModifiedDate: expect.any(Date) });
    expect(Terms?.LastModifiedDate?.getTime()).toBeGreaterThan(created?.LastModifiedDate?.getTime() ?? 0);
    const renamed = await house.api.updateTerms({ UserPoolId, TermsId, TermsName: "privacy-policy" });
    expect(renamed.Terms).toMatchObject({ TermsId, TermsName: "privacy-policy", Links: links });
  });

  it("are one of each name a client", async () => {
    const client = await createClient();
    await create(client);
    const policy = await create(client, "privacy-policy");
    const calls = [
      () => create(client),
      () => house.api.updateTerms({ UserPoolId, TermsId: policy?.TermsId, TermsName: "terms-of-use" }),
    ];
    for (const call of calls) expect((await refusalOf(call())).name).toBe("TermsExistsException");
    const { Terms } = await house.api.describeTerms({ UserPoolId, TermsId: policy?.TermsId });
    expect(Terms).toEqual(policy);
  });

  it("stand in lists that come in pages and hold each once", async () => {
    const { UserPoolId: pool, ClientId: client } = await makePool(house);
    for (const TermsName of ["terms-of-use", "privacy-policy"]) {
      await house.api.createTerms({ UserPoolId: pool, ClientId: client, TermsName, ...terms });
    }
    const first = await house.api.listTerms({ UserPoolId: pool, MaxResults: 1 });
    const { NextToken } = first;
    const second = await house.api.listTerms({ UserPoolId: pool, MaxResults: 1, NextToken });
    expect(second.NextToken).toBeUndefined();
    const all = [...(first.Terms ?? []), ...(second.Terms ?? [])];
    expect(all.map(({ TermsName }) => TermsName).toSorted()).toEqual(["privacy-policy", "terms-of-use"]);
    expect(all[0]).toEqual({
      TermsId: expect.any(String),
      TermsName: expect.any(String),
      Enforcement: "NONE",
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    });
    expect((await refusalOf(house.api.listTerms({ UserPoolId, NextToken }))).message).toBe("Invalid Pagination Token");
  });

  it.each([
    { links: { "cognito:default": "javascript:alert(1)" }, message: "Invalid link: javascript:alert(1)" },
    { links: { "cognito:default": "example.com" }, message: "Invalid link: example.com" },
    {
      links: {},
      message:
        "1 validation error detected: Value at 'links' failed to satisfy constraint: Member must have length greater than or equal to 1",
    },
  ])("are refused: $message", async ({ links, message }) => {
    expect(await refusalOf(create(await createClient(), "terms-of-use", { Links: links }))).toEqual({
      name: "InvalidParameterException",
      message,
    });
  });

  it("are gone when they were deleted, and found in their own pool alone", async () => {
    const client = await createClient();
    const TermsId = (await create(client))?.TermsId;
    const { UserPoolId: other } = await makePool(house);
    expect((await refusalOf(house.api.deleteTerms({ UserPoolId: other, TermsId }))).name).toBe(
      "ResourceNotFoundException",
    );
    await house.api.deleteTerms({ UserPoolId, TermsId });
    const calls = [
      () => house.api.describeTerms({ UserPoolId, TermsId }),
      () => house.api.updateTerms({ UserPoolId, TermsId }),
      () => house.api.deleteTerms({ UserPoolId, TermsId }),
      () => house.api.describeTermsByClient({ UserPoolId, ClientId: client, TermsName: "terms-of-use" }),
    ];
    for (const call of calls) {
      expect(await refusalOf(call())).toEqual({
        name: "ResourceNotFoundException",
        message: "Terms does not exist.",
      });
    }
    await create(client);
  });
});

it("a client takes its look, its style and its terms along, and the next of its id begins anew", async () => {
  const ClientName = "_custom_id_:brandedclient";
  const client = await createClient(ClientName);
  const named = { UserPoolId, ClientId: client };
  const look = await house.api.setUICustomization({ ...named, ImageFile: png() });
  await house.api.createManagedLoginBranding({ ...named, UseCognitoProvidedValues: true });
  await house.api.createTerms({ ...named, TermsName: "terms-of-use", TermsSource: "LINK", Enforcement: "NONE" });
  await house.api.deleteUserPoolClient(named);
  expect((await fetch(look.UICustomization?.ImageUrl ?? "")).status).toBe(404);
  expect(await createClient(ClientName)).toBe(client);
  expect((await house.api.getUICustomization(named)).UICustomization).toEqual({});
  const style = await refusalOf(house.api.describeManagedLoginBrandingByClient(named));
  const terms = await refusalOf(house.api.describeTermsByClient({ ...named, TermsName: "terms-of-use" }));
  expect([style.name, terms.name]).toEqual(["ResourceNotFoundException", "ResourceNotFoundException"]);
  expect(ClientId).not.toBe(client);
});
