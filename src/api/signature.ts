/**
 * Signature Version 4 as a verifier sees it: what a request claims, and whether its key made the claim.
 * Source: AWS general reference, Signature Version 4 signing process; refusals as AWS's common front words them.
 */
import { createHash, createHmac } from "node:crypto";
import { ApiError } from "../contract/errors.ts";
import { minute, second } from "../lib/clock.ts";
import { equalsInConstantTime } from "../lib/constant-time.ts";

/** What a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** As it stood on the request line, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** As they stood on the wire: a doubled header is there twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What a request says of its own signature. */
export interface ClaimedSignature {
  readonly accessKeyId: string;
  /** Eight digits. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `20261124T120000Z` */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** How long a presigned request may be used, in milliseconds; undefined for the header form. */
  readonly validFor: number | undefined;
}

const algorithm = "AWS4-HMAC-SHA256";
const service = "cognito-idp";
const terminator = "aws4_request";
const allowedSkew = 5 * minute;
const longestPresigned = 7 * 24 * 60 * minute;

const refuse = (name: ApiError["name"], message: string): ApiError => new ApiError(name, message);

/**
 * Reads the signature that a request claims, from its header or its query.
 * @throws MissingAuthenticationTokenException without one, IncompleteSignatureException for one that lacks something.
 */
export function readSignature(request: SignedRequest): ClaimedSignature {
  const authorizations = valuesOf(request, "authorization");
  const query = new URLSearchParams(request.query);
  const isPresigned = query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm");
  if (authorizations.length === 0 && !isPresigned) {
    throw refuse("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (authorizations.length > 1 || (authorizations.length === 1 && isPresigned)) {
    throw incomplete("A request may have one signature only.");
  }
  const claimed = isPresigned ? readQuery(query) : readHeader(request, authorizations[0] ?? "");
  checkScope(claimed);
  checkCovered(request, claimed);
  return claimed;
}

const incomplete = (message: string): ApiError => refuse("IncompleteSignatureException", message);

function readHeader(request: SignedRequest, authorization: string): ClaimedSignature {
  const [name, ...rest] = authorization.trim().split(/\s+/);
  if (name !== algorithm) throw incomplete(`Unsupported AWS 'algorithm': '${name}'.`);
  const parts = new Map(
    rest
      .join("")
      .split(",")
      .map((part) => {
        const equals = part.indexOf("=");
        return [part.slice(0, equals), part.slice(equals + 1)] as const;
      }),
  );
  const missing = ["Credential", "Signature", "SignedHeaders"].filter((part) => !parts.get(part));
  const timestamps = valuesOf(request, "x-amz-date");
  const lacks = missing.map((part) => `Authorization header requires '${part}' parameter.`);
  if (timestamps.length !== 1) {
    lacks.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (lacks.length > 0) throw incomplete(lacks.join(" "));
  return {
    ...readCredential(parts.get("Credential") ?? ""),
    timestamp: timestamps[0] ?? "",
    signedHeaders: (parts.get("SignedHeaders") ?? "").split(";"),
    signature: parts.get("Signature") ?? "",
    validFor: undefined,
  };
}

function readQuery(query: URLSearchParams): ClaimedSignature {
  const needed = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
  ];
  const lacks = needed.filter((name) => query.getAll(name).length !== 1);
  if (lacks.length > 0) {
    throw incomplete(lacks.map((name) => `AWS query-string parameters must include '${name}'.`).join(" "));
  }
  if (query.get("X-Amz-Algorithm") !== algorithm) throw incomplete("Unsupported AWS 'algorithm'.");
  const validFor = Number(query.get("X-Amz-Expires")) * second;
  if (!(validFor > 0) || validFor > longestPresigned)
    throw incomplete("X-Amz-Expires must be between 1 and 604800 seconds.");
  return {
    ...readCredential(query.get("X-Amz-Credential") ?? ""),
    timestamp: query.get("X-Amz-Date") ?? "",
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature: query.get("X-Amz-Signature") ?? "",
    validFor,
  };
}

function readCredential(credential: string): Pick<ClaimedSignature, "accessKeyId" | "date" | "region" | "service"> {
  const [accessKeyId, date, region, scopeService, end, ...more] = credential.split("/");
  if (!accessKeyId || !date || !region || !scopeService || end !== terminator || more.length > 0) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, date, region, service: scopeService };
}

function checkScope(claimed: ClaimedSignature): void {
  if (claimed.service !== service) {
    throw refuse("InvalidSignatureException", `Credential should be scoped to correct service: '${service}'. `);
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(claimed.region)) {
    throw refuse("InvalidSignatureException", "Credential should be scoped to a valid region. ");
  }
  if (!/^\d{8}T\d{6}Z$/.test(claimed.timestamp)) {
    throw incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${claimed.timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (!claimed.timestamp.startsWith(claimed.date)) {
    throw refuse(
      "InvalidSignatureException",
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claimed.date}' != '${claimed.timestamp.slice(0, 8)}', from '${claimed.timestamp}'.`,
    );
  }
}

/** What decides the meaning of a call must be covered: the host, the time, the operation. */
function checkCovered(request: SignedRequest, claimed: ClaimedSignature): void {
  const covered = new Set(claimed.signedHeaders);
  const needed = claimed.validFor === undefined ? ["host", "x-amz-date", "x-amz-target"] : ["host", "x-amz-target"];
  const bare = needed.filter((name) => !covered.has(name));
  const doubled = claimed.signedHeaders.filter((name) => valuesOf(request, name).length > 1);
  if (bare.length > 0 || doubled.length > 0 || covered.size !== claimed.signedHeaders.length) {
    throw refuse("InvalidSignatureException", `${mismatch} Headers that must be signed once: ${needed.join(", ")}.`);
  }
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/**
 * Verifies a claimed signature. An unknown key (no secret) takes the same steps as a wrong one.
 * @throws UnrecognizedClientException for an unknown key, InvalidSignatureException for a wrong or untimely signature.
 */
export function checkSignature(
  claimed: ClaimedSignature,
  request: SignedRequest,
  secretAccessKey: string | undefined,
  now: number,
): void {
  const expected = signatureOf(claimed, request, secretAccessKey ?? "nobody's secret");
  const isRight = equalsInConstantTime(expected, claimed.signature);
  if (secretAccessKey === undefined || valuesOf(request, "x-amz-security-token").length > 0) {
    throw refuse("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  if (!isRight) throw refuse("InvalidSignatureException", mismatch);
  checkTime(claimed, now);
}

function checkTime({ timestamp, validFor }: ClaimedSignature, now: number): void {
  const signedAt = parseTimestamp(timestamp);
  const lapses = signedAt + (validFor ?? allowedSkew);
  if (lapses < now) {
    const [limit, present] = [basicTime(lapses), basicTime(now)];
    const how =
      validFor === undefined ? `(${present} - 5 min.)` : `(${basicTime(signedAt)} + ${validFor / second} sec.)`;
    throw refuse(
      "InvalidSignatureException",
      `Signature expired: ${validFor === undefined ? timestamp : limit} is now earlier than ${validFor === undefined ? basicTime(now - allowedSkew) : present} ${how}`,
    );
  }
  if (signedAt > now + allowedSkew) {
    throw refuse(
      "InvalidSignatureException",
      `Signature not yet current: ${timestamp} is still later than ${basicTime(now + allowedSkew)} (${basicTime(now)} + 5 min.)`,
    );
  }
}

const parseTimestamp = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

const basicTime = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");

function signatureOf(claimed: ClaimedSignature, request: SignedRequest, secret: string): string {
  const scope = [claimed.date, claimed.region, claimed.service, terminator];
  const text = [algorithm, claimed.timestamp, scope.join("/"), sha256(canonicalRequest(claimed, request))].join("\n");
  const key = scope.reduce<string | Buffer>(
    (last, part) => createHmac("sha256", last).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** The hash of the body is always that of the bytes that came, whatever the request says of it. */
function canonicalRequest({ signedHeaders, validFor }: ClaimedSignature, request: SignedRequest): string {
  const headers = signedHeaders.map((name) => `${name}:${valuesOf(request, name).map(foldSpaces).join(",")}\n`);
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query, validFor !== undefined),
    headers.join(""),
    signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
}

const foldSpaces = (value: string): string => value.trim().replace(/ +/g, " ");

/** Every segment is encoded once more, and dots are resolved, as for every service but S3. */
function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "." && segment !== "") kept.push(encode(segment));
  }
  const end = kept.length > 0 && /\/\.{0,2}$/.test(path) ? "/" : "";
  return `/${kept.join("/")}${end}`;
}

function canonicalQuery(query: string, isPresigned: boolean): string {
  return [...new URLSearchParams(query)]
    .filter(([name]) => !isPresigned || name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((one, other) => (one < other ? -1 : 1))
    .join("&");
}

/** Source: RFC 3986 section 2.3: only unreserved characters stand as they are. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const valuesOf = ({ headers }: SignedRequest, name: string): string[] =>
  headers.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);
