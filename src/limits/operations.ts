export { GetProvisionedLimit } from "./GetProvisionedLimit.ts";
export { UpdateProvisionedLimit } from "./UpdateProvisionedLimit.ts";
