export { AdminDisableProviderForUser } from "./AdminDisableProviderForUser.ts";
export { AdminLinkProviderForUser } from "./AdminLinkProviderForUser.ts";
