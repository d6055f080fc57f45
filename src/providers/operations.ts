export { CreateIdentityProvider } from "./CreateIdentityProvider.ts";
export { DeleteIdentityProvider } from "./DeleteIdentityProvider.ts";
export { DescribeIdentityProvider } from "./DescribeIdentityProvider.ts";
export { GetIdentityProviderByIdentifier } from "./GetIdentityProviderByIdentifier.ts";
export { GetSigningCertificate } from "./GetSigningCertificate.ts";
export { ListIdentityProviders } from "./ListIdentityProviders.ts";
export { UpdateIdentityProvider } from "./UpdateIdentityProvider.ts";
