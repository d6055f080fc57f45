/**
 * What the tests use of samlify. Its own types bring those of a browser's page, which then stand for Node's own in the
 * whole project.
 */

interface Service {
  readonly Binding: string;
  readonly Location: string;
}

interface ProviderSettings {
  readonly metadata?: string;
  readonly entityID?: string;
  readonly signingCert?: string | readonly string[];
  readonly singleSignOnService?: readonly Service[];
  readonly singleLogoutService?: readonly Service[];
  readonly wantAuthnRequestsSigned?: boolean;
  readonly wantLogoutRequestSigned?: boolean;
  readonly wantLogoutResponseSigned?: boolean;
  readonly isAssertionEncrypted?: boolean;
  readonly dataEncryptionAlgorithm?: string;
  readonly keyEncryptionAlgorithm?: string;
}

interface ServiceProviderSettings {
  readonly metadata?: string;
  readonly entityID?: string;
  readonly encryptCert?: string;
  readonly assertionConsumerService?: readonly Service[];
}

interface Incoming {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  readonly octetString?: string;
}

interface Entity {
  getMetadata(): string;
}

interface ServiceProviderEntity extends Entity {
  readonly kind?: "service provider";
}

interface Parsed {
  readonly samlContent: string;
  readonly extract: {
    readonly issuer?: string;
    readonly nameID?: string;
    readonly request?: Readonly<Record<string, string>>;
    readonly response?: Readonly<Record<string, string>>;
    readonly sessionIndex?: string;
  };
}

interface ProviderEntity extends Entity {
  parseLoginRequest(sender: ServiceProviderEntity, binding: "redirect" | "post", incoming: Incoming): Promise<Parsed>;
  parseLogoutRequest(sender: ServiceProviderEntity, binding: "redirect" | "post", incoming: Incoming): Promise<Parsed>;
  parseLogoutResponse(sender: ServiceProviderEntity, binding: "redirect" | "post", incoming: Incoming): Promise<Parsed>;
}

export const Constants: {
  readonly namespace: { readonly binding: Readonly<Record<string, string>> };
};

export function IdentityProvider(settings: ProviderSettings): ProviderEntity;

export function ServiceProvider(settings: ServiceProviderSettings): ServiceProviderEntity;

export const SamlLib: {
  constructSAMLSignature(options: {
    readonly rawSamlMessage: string;
    readonly referenceTagXPath?: string;
    readonly isMessageSigned?: boolean;
    readonly privateKey: string;
    readonly signatureAlgorithm: string;
    readonly signingCert: string;
    readonly isBase64Output: false;
    readonly signatureConfig: {
      readonly prefix: string;
      readonly location: { readonly reference: string; readonly action: "after" };
    };
  }): string;
  encryptAssertion(source: ProviderEntity, target: ServiceProviderEntity, xml: string): Promise<string>;
};

export function setSchemaValidator(validator: { validate(xml: string): Promise<string> }): void;
