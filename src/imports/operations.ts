export { CreateUserImportJob } from "./CreateUserImportJob.ts";
export { DescribeUserImportJob } from "./DescribeUserImportJob.ts";
export { GetCSVHeader } from "./GetCSVHeader.ts";
export { ListUserImportJobs } from "./ListUserImportJobs.ts";
export { StartUserImportJob } from "./StartUserImportJob.ts";
export { StopUserImportJob } from "./StopUserImportJob.ts";
