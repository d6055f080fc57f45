export { AddUserPoolClientSecret } from "./AddUserPoolClientSecret.ts";
export { CreateUserPoolClient } from "./CreateUserPoolClient.ts";
export { DeleteUserPoolClient } from "./DeleteUserPoolClient.ts";
export { DeleteUserPoolClientSecret } from "./DeleteUserPoolClientSecret.ts";
export { DescribeUserPoolClient } from "./DescribeUserPoolClient.ts";
export { ListUserPoolClientSecrets } from "./ListUserPoolClientSecrets.ts";
export { ListUserPoolClients } from "./ListUserPoolClients.ts";
export { UpdateUserPoolClient } from "./UpdateUserPoolClient.ts";
