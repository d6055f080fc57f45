/** What the time of an answer tells: nothing of how much of a secret was right. */
import { describe, expect, it } from "vitest";
import { basic } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { usePool } from "../support/pool.ts";
import { differenceInTime } from "../support/timing.ts";

const house = useHouse();
const pool = usePool(house);

const pairs = 400;

/** Differs in the first character, and in the last one. */
const wrongEnds = (right: string): readonly [string, string] => {
  const other = (character: string | undefined): string => (character === "b" ? "c" : "b");
  return [`${other(right[0])}${right.slice(1)}`, `${right.slice(0, -1)}${other(right.at(-1))}`];
};

const answers: readonly (readonly [string, () => string, (given: string) => Promise<Response>])[] = [
  [
    "a secret hash",
    () => pool.hashOf("jane@example.com"),
    (SECRET_HASH) =>
      house.handle(
        new Request(house.url, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
          },
          body: JSON.stringify({
            ClientId: pool.ClientId,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "x", SECRET_HASH },
          }),
        }),
      ),
  ],
  [
    "a client's secret",
    () => pool.secret,
    (secret) =>
      house.handle(
        new Request(`${pool.base}/oauth2/token`, {
          method: "POST",
          headers: { authorization: basic(pool.ClientId, secret) },
          body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: "x" }),
        }),
      ),
  ],
];

describe("CLI-04: the time of a refusal", () => {
  it.each(answers)(
    "of %s says nothing of how much of it was right",
    async (_title, rightOne, ask) => {
      const [wrongFirst, wrongLast] = wrongEnds(rightOne());
      const refusal = async (given: string) => (await ask(given)).text();
      expect(await refusal(wrongFirst)).toBe(await refusal(wrongLast));
      const measure = () =>
        differenceInTime(
          () => ask(wrongFirst),
          () => ask(wrongLast),
          pairs,
        );
      // One of 16,000 honest measurements is beyond 4; two in a row are not chance.
      const first = Math.abs(await measure());
      if (first >= 4) expect(Math.abs(await measure())).toBeLessThan(4);
    },
    60_000,
  );

  it("is told apart by this measurement when a comparison stops at the first difference", async () => {
    const right = pool.secret;
    const leaky = async (given: string): Promise<void> => {
      let index = 0;
      while (index < right.length && given[index] === right[index]) {
        // What a character costs a comparison, as slow as this measurement needs it.
        const until = performance.now() + 0.002;
        while (performance.now() < until);
        index++;
      }
    };
    const [wrongFirst, wrongLast] = wrongEnds(right);
    expect(
      Math.abs(
        await differenceInTime(
          () => leaky(wrongFirst),
          () => leaky(wrongLast),
          pairs,
        ),
      ),
    ).toBeGreaterThan(4);
  });
});
