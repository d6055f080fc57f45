/**
 * Signing in with Google: OpenID Connect, and for what its ID token does not tell the People API.
 * Source: Google, OpenID Connect and People API reference; Cognito developer guide, adding social identity providers.
 */
import type { App } from "../app.ts";
import { parseObject } from "../lib/json-object.ts";
import { askProvider } from "./ask.ts";
import { leaveForOpenId, type OpenIdAnswer, statementOf, takeCode } from "./oidc.ts";
import type { Destination, Protocol, Returning } from "./protocol.ts";
import { provesNothing, reaching, refusedThere } from "./provider-faults.ts";

/** Where Google's keys are; its other endpoints are details of the provider. */
const keysAddress = "https://www.googleapis.com/oauth2/v3/certs";

const withKeys = <Held extends Destination>(held: Held): Held => {
  // What the details call the attributes is the People API, whose answers have no subject to check.
  const { attributes_url: _people, ...details } = held.details;
  return { ...held, details: { ...details, jwks_uri: keysAddress } };
};

/** Source: People API, people.get, personFields. */
const peopleFields: ReadonlySet<string> = new Set(
  `addresses ageRanges biographies birthdays calendarUrls clientData coverPhotos emailAddresses events externalIds genders
imClients interests locales locations memberships metadata miscKeywords names nicknames occupations organizations
phoneNumbers photos relations sipAddresses skills urls userDefined`.split(/\s+/),
);

/** What the People API says of the fields that are mapped. It is asked for nothing else. */
async function readPerson(app: App, { provider, details }: Returning, { tokens, claims }: OpenIdAnswer) {
  const wanted = Object.values(provider.settings.attributeMapping).filter((name) => peopleFields.has(name));
  const fields = [...new Set(wanted)];
  if (fields.length === 0) return {};
  const address = `${details["attributes_url"] ?? ""}${fields.join(",")}`;
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const answer = await reaching(provider, "profile", () => askProvider(app, { address, headers }));
  if (answer.status !== 200) throw refusedThere(provider, "profile", answer.status);
  const said = parseObject(answer.body);
  if (said?.["resourceName"] !== `people/${claims.sub}`) throw provesNothing(provider);
  return Object.fromEntries(fields.map((field) => [field, said[field]]));
}

/** An OpenID provider whose endpoints are fixed, and whose profiles are those of the People API. */
export const google: Protocol = {
  leave: (app, departing) => leaveForOpenId(app, withKeys(departing), { isTold: true }),
  arrive: async (app, returning) => {
    const answer = await takeCode(app, withKeys(returning));
    return statementOf(answer, await readPerson(app, returning, answer));
  },
};
