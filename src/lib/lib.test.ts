import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEmail, isPhoneNumber, maskEmail, maskPhoneNumber } from "./contact.ts";
import { foldCase, hasHiddenCharacters } from "./fold.ts";
import { isSignedBy, parseJws, signJws, tokenLimitCharacters } from "./jws.ts";
import { makeRsaKeyPair } from "./key-pair.ts";
import { jsonLog } from "./log.ts";
import { boundedCache } from "./lru.ts";
import { HashQueueFullError, passwordHasher } from "./password-hash.ts";
import { deriveKey, openText, sealText } from "./sealed-box.ts";
import { TooManyWaitingError, takeTurns } from "./turns.ts";

describe("a sealed text", () => {
  const key = randomBytes(32);

  it("opens for the context it was sealed for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.string()), (text, context) => {
        expect(openText(key, context, sealText(key, 1, context, text))).toBe(text.toWellFormed());
      }),
    );
  });

  it("X-08: tells contexts apart that read the same when they are joined", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (one, two, three) => {
        const sealed = sealText(key, 1, [one + two, three], "text");
        const other = [one, two + three];
        if (other[0] !== one + two) expect(() => openText(key, other, sealed)).toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it("does not open when any character of it was changed", () => {
    const sealed = sealText(key, 1, ["a"], "the text");
    for (let index = "v1.1.".length; index < sealed.length; index++) {
      const changed = sealed.slice(0, index) + (sealed[index] === "A" ? "B" : "A") + sealed.slice(index + 1);
      expect(() => openText(key, ["a"], changed), changed).toThrow();
    }
  });

  it("is sealed by a key that HKDF derives: RFC 5869 appendix A.3", () => {
    // The appendix gives 42 bytes for the empty label; a key is the first 32.
    const input = Buffer.alloc(22, 0x0b);
    expect(deriveKey(input, "").toString("hex")).toBe(
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
    );
  });
});

describe("a signed token", () => {
  it("verifies by its key only, and is written as Cognito writes it", async () => {
    const [pair, other] = await Promise.all([makeRsaKeyPair(), makeRsaKeyPair()]);
    const token = await signJws("key", createPrivateKey(pair.privateKeyPem), '{"sub":"me"}');
    expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).toBe('{"kid":"key","alg":"RS256"}');
    const parsed = parseJws(token);
    expect(parsed).toMatchObject({ keyId: "key", payload: { sub: "me" } });
    expect(parsed && isSignedBy(parsed, createPublicKey(pair.publicKeyPem))).toBe(true);
    expect(parsed && isSignedBy(parsed, createPublicKey(other.publicKeyPem))).toBe(false);
  });

  it("is verified as RFC 7515 appendix A.2 signs it, when its header names a key", () => {
    const n =
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    const key = createPublicKey({ format: "jwk", key: { kty: "RSA", n, e: "AQAB" } });
    const signed =
      "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const signature = Buffer.from(
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
      "base64url",
    );
    expect(isSignedBy({ keyId: "", payload: {}, signed, signature }, key)).toBe(true);
    expect(parseJws(`${signed}.${signature.toString("base64url")}`)).toBeUndefined();
  });

  it.each([
    ["another algorithm", '{"kid":"k","alg":"HS256"}'],
    ["no algorithm", '{"kid":"k","alg":"none"}'],
    ["no key id", '{"alg":"RS256"}'],
    ["a key id that is a list", '{"kid":["k"],"alg":"RS256"}'],
    ["a key id that is too long", `{"kid":"${"k".repeat(129)}","alg":"RS256"}`],
    ["critical extensions", '{"kid":"k","alg":"RS256","crit":["b64"]}'],
    ["a header that is no object", '["RS256"]'],
  ])("TOK-04: is none of ours with %s", (_title, header) => {
    const encode = (text: string) => Buffer.from(text).toString("base64url");
    expect(parseJws(`${encode(header)}.${encode("{}")}.${encode("signature")}`)).toBeUndefined();
  });

  it("TOK-19: is not looked at when it is longer than any of ours", () => {
    expect(parseJws(".".repeat(tokenLimitCharacters + 1))).toBeUndefined();
  });
});

describe("names", () => {
  it.each([
    ["the Kelvin sign", "\u212Aelvin", "kelvin"],
    ["a long s", "\u017Fmith", "smith"],
    ["a dotted capital I", "\u0130pek", "ipek"],
    ["a sharp s", "stra\u00DFe", "STRASSE"],
    ["a ligature", "\uFB00", "FF"],
    ["full width", "\uFF21lice", "alice"],
    ["a composed letter", "jose\u0301", "JOS\u00C9"],
  ])("ATT-11: that differ in %s are the same", (_title, one, other) => {
    expect(foldCase(one)).toBe(foldCase(other));
    expect(foldCase(foldCase(one))).toBe(foldCase(one));
  });

  it.each([
    ["a zero-width space", "a\u200Bb"],
    ["a direction mark", "a\u202Eb"],
    ["a NUL", "a\u0000b"],
    ["a trailing space", "a "],
    ["a no-break space", "a\u00A0b"],
  ])("ATT-11: may not hold %s", (_title, name) => {
    expect(hasHiddenCharacters(name)).toBe(true);
    expect(hasHiddenCharacters("José.Müller+1")).toBe(false);
  });

  it.each([
    ["jane@example.com", true],
    ["jane.o'neil+tag@sub.example.co", true],
    ["jane@localhost", true],
    ["jane", false],
    ["jane@", false],
    ["@example.com", false],
    ["jane@exam@ple.com", false],
    ["jane\uFF20example.com", false],
    ["jane\uFE6Bexample.com", false],
    ['"jane"@example.com', false],
    ["jane(comment)@example.com", false],
    ["jane@[127.0.0.1]", false],
    ["jane@example.com.", false],
    ["jane@example..com", false],
    ["jane doe@example.com", false],
  ])("ATT-12: %s is an e-mail address: %s", (address, expected) => {
    expect(isEmail(address)).toBe(expected);
  });

  it.each([
    ["+14325551234", true],
    ["+1", true],
    ["14325551234", false],
    ["+1432 555", false],
    ["+1234567890123456", false],
  ])("%s is a phone number: %s", (number, expected) => {
    expect(isPhoneNumber(number)).toBe(expected);
  });

  it("are shown masked to who may not see them", () => {
    expect(maskEmail("jane@example.com")).toBe("j***@e***");
    expect(maskPhoneNumber("+14325551234")).toBe("+*******1234");
  });
});

describe("a log", () => {
  it("is one line of JSON a fact, without secrets and without what drivers hang on their errors", () => {
    const folder = mkdtempSync(join(tmpdir(), "poolhouse-log-"));
    const descriptor = openSync(join(folder, "log"), "w");
    const log = jsonLog("info", descriptor);
    const error = Object.assign(new Error("duplicate key", { cause: new Error("below\u001b[31m\nforged") }), {
      code: "23505",
      detail: "Key (username)=(hush)",
      parameters: ["hush"],
    });
    log.warn({ err: error, password: "hush", nested: { token: "hush" } }, "a line\nanother");
    log.debug({}, "hush");
    closeSync(descriptor);
    const written = readFileSync(join(folder, "log"), "utf8");
    rmSync(folder, { recursive: true });
    expect(written).not.toContain("hush");
    expect(written.split("\n")).toHaveLength(2);
    expect(JSON.parse(written)).toMatchObject({
      level: "warn",
      msg: "a line\nanother",
      password: "[Redacted]",
      nested: { token: "[Redacted]" },
      err: {
        name: "Error",
        message: "duplicate key",
        errorCode: "23505",
        cause: { message: "below\u001b[31m\nforged" },
      },
    });
    expect(written).not.toContain("\u001b");
  });
});

describe("a bounded cache", () => {
  it("lets go of what was used longest ago", () => {
    const cache = boundedCache<number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    cache.get("a");
    cache.set("c", 3);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });
});

describe("turns", () => {
  it("let those of one key go one after the other, and refuse too many", async () => {
    const turns = takeTurns(2);
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = turns("k", async () => {
      await first.promise;
      order.push("one");
    });
    const two = turns("k", async () => void order.push("two"));
    await expect(turns("k", async () => undefined)).rejects.toThrow(TooManyWaitingError);
    await turns("other", async () => void order.push("other"));
    first.resolve();
    await Promise.all([one, two]);
    expect(order).toEqual(["other", "one", "two"]);
  });
});

describe("a password hash", () => {
  it("verifies its password and no other, and nobody's password", async () => {
    const { hash, verify } = passwordHasher({ limit: 2, queue: 10 });
    const made = await hash("Passw0rd!");
    expect(made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(made, "Passw0rd!")).toBe(true);
    expect(await verify(made, "Passw0rd")).toBe(false);
    expect(await verify(undefined, "Passw0rd!")).toBe(false);
  });

  it("PWD-10, PWD-12: is of the whole password, however long and whatever is in it", async () => {
    const { hash, verify } = passwordHasher({ limit: 2, queue: 10 });
    const long = "\u{1F511}".repeat(128);
    const made = await hash(long);
    expect(await verify(made, long)).toBe(true);
    expect(await verify(made, long.slice(0, -2))).toBe(false);
    expect(await verify(await hash("abc\u0000def"), "abc")).toBe(false);
  });

  it("is refused when too many wait", async () => {
    const { hash } = passwordHasher({ limit: 1, queue: 1 });
    const [one, two, three] = [hash("a"), hash("b"), hash("c")];
    await expect(three).rejects.toThrow(HashQueueFullError);
    await Promise.all([one, two]);
  });
});
