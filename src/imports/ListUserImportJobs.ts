import { poolOperation } from "../operation.ts";
import { fetchPage } from "../vault/page-token.ts";
import { describeJob } from "./job.ts";
import { listJobs } from "./store.ts";

/** Lists the import jobs of a pool, the newest first. */
export const ListUserImportJobs = poolOperation("ListUserImportJobs", async (app, pool, request, error) => {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const page = await fetchPage(
    { keys, bound: "ListUserImportJobs", token: request.PaginationToken, limit: request.MaxResults },
    ([createdAt, id], limit) =>
      listJobs(app.db, pool.id, {
        before: createdAt === undefined || id === undefined ? undefined : [Number(createdAt), id],
        limit,
      }),
    (job) => [String(job.createdAt), job.id],
  );
  if (!page) throw error("InvalidParameterException", "Invalid Pagination Token");
  const UserImportJobs = await Promise.all(page.items.map((job) => describeJob(app, job)));
  return { UserImportJobs, PaginationToken: page.token };
});
