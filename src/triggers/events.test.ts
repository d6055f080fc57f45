/** What each trigger is sent, to the letter, and on what occasion; and to whom ClientMetadata is passed on. */
import { describe, expect, it } from "vitest";
import { closeClean } from "../../test/support/house.ts";
import { share } from "../../test/support/share.ts";
import { customRows } from "../../test/support/trigger-events/custom-rows.ts";
import { messageRows } from "../../test/support/trigger-events/message-rows.ts";
import { type Row, type Scene, sceneOf } from "../../test/support/trigger-events/row.ts";
import { type Event, openStage } from "../../test/support/trigger-events/stage.ts";
import { tokenRows } from "../../test/support/trigger-events/token-rows.ts";
import { userRows } from "../../test/support/trigger-events/user-rows.ts";
import { triggerSources } from "./sources.ts";

const stage = share(openStage, ({ house }) => closeClean(house));

const rows: readonly Row[] = [...userRows, ...customRows, ...tokenRows, ...messageRows];

/** The event with what is different each time put under a name. */
const masked = (event: object): string =>
  JSON.stringify(event)
    .replace(/("sub":|"userName":|"USER_NAME":)"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '$1"SUB"')
    .replace(/"identities":"\[\{\\"userId\\":\\"([^"\\]+)\\"[^\]]*\]"/, '"identities":"IDENTITY of $1"')
    .replace(/"EVENT_ID":"[0-9a-f-]{36}"/, '"EVENT_ID":"EVENT"')
    .replace(/"LOGIN_TIME":"\w+day, \w+ \d+, \d{4} \d\d:\d\d [AP]M UTC"/, '"LOGIN_TIME":"TIME"')
    .replace(/"FEEDBACK_TOKEN":"[\w.-]+"/, '"FEEDBACK_TOKEN":"TOKEN"')
    .replace(/("ONE_CLICK_LINK_(?:IN)?VALID"):"http[^"]+"/g, '$1:"LINK"');

/** The event with the code in clear, if it is the one that was sent to the scene's user. */
async function opened(event: Event, { house, contact }: Scene): Promise<object> {
  const { code } = event.request;
  if (code === undefined || code === null) return event;
  const newest = await house.codeFor(contact.other).catch(() => house.codeFor(contact.value));
  expect(stage.openCode(code)).toBe(newest);
  return { ...event, request: { ...event.request, code: "CODE" } };
}

describe("the event", () => {
  it.each(rows.map((row, index) => [row.source, row.when ?? "as ever", row, index] as const))(
    "%s (%s) is this",
    async (source, _when, row, index) => {
      const scene = sceneOf(stage, row, index);
      stage.house.clock.advance(1);
      stage.events.length = 0;
      await row.act(scene);
      const userName = row.userName?.(scene) ?? scene.name;
      const isOurs = (event: Event): boolean => userName === "SUB" || event.userName === userName;
      const seen = stage.events.filter((event) => event.triggerSource === source && isOurs(event));
      const event = seen.at(row.at === "last" ? -1 : 0);
      expect(event && masked(await opened(event, scene))).toBe(
        JSON.stringify({
          version: row.version ?? "1",
          region: "us-east-1",
          userPoolId: scene.UserPoolId,
          userName,
          callerContext: {
            awsSdkVersion: "aws-sdk-unknown-unknown",
            clientId: row.clientId?.(scene) ?? scene.ClientId,
          },
          triggerSource: source,
          request: row.request(scene),
          response: row.response,
        }),
      );
    },
  );

  it("of every source stands in a row above", () => {
    const named = new Set<string>(rows.map(({ source }) => source));
    const all: readonly string[] = Object.values(triggerSources).flat();
    expect(all.filter((source) => !named.has(source))).toEqual([]);
  });
});
