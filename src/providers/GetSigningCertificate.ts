import { poolOperation } from "../operation.ts";
import { certificateText, serviceProviderKey } from "./service-provider.ts";

/** Shows the certificate with whose key a pool signs its requests to SAML providers. */
export const GetSigningCertificate = poolOperation("GetSigningCertificate", async (app, pool) => ({
  Certificate: certificateText(await serviceProviderKey(app, pool)),
}));
