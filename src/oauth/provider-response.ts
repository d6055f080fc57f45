/** Where identity providers send browsers back to. Source: Cognito developer guide, redirect and SAML response endpoints. */
import { methodNotAllowed, toErrorPage } from "./answers.ts";
import type { DomainRequest, Endpoint } from "./domain-request.ts";
import { takeUp } from "./federated.ts";
import { readForm, repeated, valueIn } from "./parameters.ts";

/** What a browser brings: the query of a redirect, or the form that a page of the provider posts. */
const broughtBy = async ({ request, query }: DomainRequest): Promise<URLSearchParams | undefined> =>
  request.method === "GET" ? query : readForm(request);

/** Answers `/oauth2/idpresponse`, where OpenID Connect and social providers send browsers back to. */
export const providerResponse: Endpoint = async (at) => {
  const { method } = at.request;
  if (method !== "GET" && method !== "POST") return methodNotAllowed("GET", "POST");
  const parameters = await broughtBy(at);
  if (!parameters || repeated(parameters, [...parameters.keys()])) return toErrorPage(at, "Invalid state");
  return takeUp(at, { state: valueIn(parameters, "state"), parameters, isSaml: false });
};
