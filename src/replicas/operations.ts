export { CreateUserPoolReplica } from "./CreateUserPoolReplica.ts";
export { DeleteUserPoolReplica } from "./DeleteUserPoolReplica.ts";
export { ListUserPoolReplicas } from "./ListUserPoolReplicas.ts";
export { ListUserPools } from "./ListUserPools.ts";
export { UpdateUserPoolReplica } from "./UpdateUserPoolReplica.ts";
