/**
 * SQL in every text that finds something, as scanners try it: pairs that are true and false, quotes that break a
 * statement, and sleeps. No pair may be told apart, no answer may speak of SQL or be a fault, and nobody sleeps.
 */
import { beforeAll, expect, it } from "vitest";
import { csrfOf, newVisitor } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { processorMilliseconds } from "../support/processor.ts";

const house = useHouse();
let pool: TestPool;

beforeAll(async () => {
  pool = await makePool(house, {
    client: { GenerateSecret: false },
    pool: { UsernameAttributes: undefined },
  });
  await house.api.createGroup({ UserPoolId: pool.UserPoolId, GroupName: "staff" });
  await house.api.adminCreateUser({ UserPoolId: pool.UserPoolId, Username: "jane", MessageAction: "SUPPRESS" });
});

/** What an input answers, as a text. The input's own echo is taken out, so that two of them can be compared. */
type Ask = (text: string) => Promise<string>;

const told = (call: Promise<unknown>): Promise<string> =>
  call.then(
    (answer) => JSON.stringify(answer, (key, value: unknown) => (key === "$metadata" ? undefined : value)),
    (error: Error) => `${error.name}: ${error.message}`,
  );

const answerTo = async (path: string, form?: Record<string, string>): Promise<string> => {
  const body = form && new URLSearchParams(form);
  const response = await fetch(`${pool.base}${path}`, { redirect: "manual", ...(body && { method: "POST", body }) });
  return `${response.status} ${response.headers.get("location") ?? ""} ${await response.text()}`;
};

const inputs: readonly (readonly [string, Ask])[] = [
  ["a username", (Username) => told(house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username }))],
  ["a filter", (text) => told(house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter: `username = "${text}"` }))],
  ["a filter's whole", (Filter) => told(house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter }))],
  ["a page token", (PaginationToken) => told(house.api.listUsers({ UserPoolId: pool.UserPoolId, PaginationToken }))],
  ["a group", (GroupName) => told(house.api.listUsersInGroup({ UserPoolId: pool.UserPoolId, GroupName }))],
  [
    "a resource server",
    (Identifier) => told(house.api.describeResourceServer({ UserPoolId: pool.UserPoolId, Identifier })),
  ],
  [
    "a provider",
    (ProviderName) => told(house.api.describeIdentityProvider({ UserPoolId: pool.UserPoolId, ProviderName })),
  ],
  [
    "who signs in",
    (USERNAME) =>
      told(
        house.api.initiateAuth({
          ClientId: pool.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME, PASSWORD: password },
        }),
      ),
  ],
  [
    "a session",
    (Session) =>
      told(
        house.api.respondToAuthChallenge({
          ClientId: pool.ClientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session: Session.padEnd(40, "x"),
          ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: password },
        }),
      ),
  ],
  [
    "a client of the authorize endpoint",
    (id) => answerTo(`/oauth2/authorize?${new URLSearchParams({ client_id: id })}`),
  ],
  [
    "a client of the token endpoint",
    (id) => answerTo("/oauth2/token", { grant_type: "authorization_code", client_id: id, code: "x" }),
  ],
  [
    "a code",
    (code) =>
      answerTo("/oauth2/token", {
        grant_type: "authorization_code",
        client_id: pool.ClientId,
        code,
        redirect_uri: "x",
      }),
  ],
  [
    "a refresh token",
    (token) =>
      answerTo("/oauth2/token", { grant_type: "refresh_token", client_id: pool.ClientId, refresh_token: token }),
  ],
  [
    "the sign-in form",
    async (username) => {
      const visitor = newVisitor();
      const query = new URLSearchParams({
        response_type: "code",
        client_id: pool.ClientId,
        redirect_uri: "https://oauth.pstmn.io/v1/callback",
      });
      const page = await (await visitor.visit(`${pool.base}/login?${query}`)).text();
      const answer = await visitor.visit(`${pool.base}/login?${query}`, { _csrf: csrfOf(page), username, password });
      return `${answer.status} ${(await answer.text()).replace(/name="_csrf" value="[^"]*"/g, "")}`;
    },
  ],
  ["a domain", async (name) => `${(await fetch(`${house.url}/${encodeURIComponent(name)}/login`)).status}`],
];

/** Texts that differ in what is true, if anybody took them for SQL. */
const pairs: readonly (readonly [string, string])[] = [
  ["jane' AND '1'='1", "jane' AND '1'='2"],
  ["jane' OR '1'='1", "jane' OR '1'='2"],
  ["jane') OR ('1'='1", "jane') OR ('1'='2"],
  ["jane'/**/AND/**/1=1--", "jane'/**/AND/**/1=2--"],
  ['jane" AND "1"="1', 'jane" AND "1"="2'],
  [
    "jane' AND substr((select name from store_facts),1,1)>'a",
    "jane' AND substr((select name from store_facts),1,1)>'~",
  ],
  ["jane' UNION SELECT 1--", "jane' UNION SELECT 1,2--"],
];

const breaking = [
  "'",
  '"',
  "')",
  "\\",
  "';",
  "`",
  "jane'--",
  "$1",
  "?1",
  ":name",
  "jane'||'",
  "x'; drop table users;--",
];

const sleeping = [
  "jane'||(select pg_sleep(5))||'",
  "jane'; select pg_sleep(5);--",
  "jane' AND 1=(select count(*) from generate_series(1,500000000))--",
  "jane' AND 1=like('a',upper(hex(randomblob(500000000))))--",
];

const speaksOfSql =
  /sqlite|syntax|postgres|pg_|near "|unterminated|unrecognized token|kysely|SELECT |InternalError|\b50\d /i;

it.each(inputs)(
  "INJ-05: %s is a text and never SQL",
  async (_title, ask) => {
    const masked = async (text: string): Promise<string> => {
      const answer = await ask(text);
      const echoes = [text, encodeURIComponent(text), new URLSearchParams([["", text]]).toString().slice(1)];
      const inHtml = text
        .replaceAll("&", "&amp;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;")
        .replaceAll(">", "&gt;");
      return [...echoes, inHtml, JSON.stringify(text).slice(1, -1)].reduce(
        (rest, echo) => rest.replaceAll(echo, "<echo>"),
        answer,
      );
    };
    for (const [yes, no] of pairs) expect(await masked(yes), yes).toBe(await masked(no));
    for (const text of [...breaking, ...sleeping]) {
      const startedAt = processorMilliseconds();
      expect(await masked(text), text).not.toMatch(speaksOfSql);
      expect(processorMilliseconds() - startedAt, text).toBeLessThan(4_000);
    }
    const { Users } = await house.api.listUsers({ UserPoolId: pool.UserPoolId });
    expect(Users?.map(({ Username }) => Username)).toEqual(["jane"]);
  },
  60_000,
);
