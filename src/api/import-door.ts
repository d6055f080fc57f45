/** The address of an import job: its file is put here, and its report read. Source: the shape of a presigned PUT. */
import type { App } from "../app.ts";
import { fileLimitBytes } from "../imports/job.ts";
import { findJobByToken, keepFile, reportLines } from "../imports/upload.ts";

const text = (body: string, status: number): Response =>
  new Response(body, { status, headers: { "content-type": "text/plain;charset=UTF-8", "cache-control": "no-store" } });

const refusals = {
  "too-late": ["The upload address has expired.", 403],
  "too-large": ["The file is larger than 100 MB.", 413],
  "not-text": ["The file is not UTF-8.", 400],
  "cut-off": ["The file ended too early.", 400],
  overtaken: ["The user import job was started, or another file put to it, meanwhile.", 409],
} as const;

/** Answers below `/_poolhouse/imports/`; undefined for another address. */
export async function answerImport(app: App, request: Request, url: URL): Promise<Response | undefined> {
  const [, poolId = "", id = "", report] =
    /^\/_poolhouse\/imports\/([\w-]{1,55})\/(import-[0-9a-zA-Z]{1,48})(\/report)?$/.exec(url.pathname) ?? [];
  if (!poolId) return undefined;
  const job = await findJobByToken(app, { poolId, id }, url.searchParams.get("token") ?? "");
  // Whether there is such a job is nothing for who does not hold its address.
  if (!job) return text("Forbidden", 403);
  if (report) return request.method === "GET" ? answerReport(app, job) : text("Method not allowed", 405);
  if (request.method !== "PUT") return text("Method not allowed", 405);
  const isTooLarge = Number(request.headers.get("content-length") ?? 0) > fileLimitBytes;
  const outcome = isTooLarge ? "too-large" : await keepFile(app, job, request.body ?? emptyBody());
  if (outcome === "kept") return text("", 200);
  const [reason, status] = refusals[outcome];
  return text(reason, status);
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function answerReport(app: App, job: Parameters<typeof reportLines>[1]): Response {
  const lines = reportLines(app, job);
  const body = new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
  return new Response(body, { headers: { "content-type": "text/plain;charset=UTF-8", "cache-control": "no-store" } });
}
