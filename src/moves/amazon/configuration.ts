/** The rows of a pool's own: settings, domains, resource servers, groups, identity providers. */
import type { GetUserPoolMfaConfigCommandOutput, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { partDetails } from "../../providers/provider.ts";
import type { ParcelRow } from "../parcel.ts";
import { type AmazonSource, allOf, pagesOf, readIfAny, rowOf, timeOf } from "./source.ts";

/** The settings of a pool as they are kept here. */
export async function settingsOf(source: AmazonSource, pool: UserPoolType): Promise<Record<string, unknown>> {
  const { api, poolId: UserPoolId } = source;
  const {
    Id: _id,
    Name: _name,
    Arn: _arn,
    Status: _status,
    CreationDate: _created,
    LastModifiedDate: _modified,
    EstimatedNumberOfUsers: _users,
    Domain: _domain,
    CustomDomain: _custom,
    SmsConfigurationFailure: _sms,
    EmailConfigurationFailure: _email,
    ...settings
  } = pool;
  const logs = await readIfAny(source, "The delivery of logs", () => api.getLogDeliveryConfiguration({ UserPoolId }));
  const sessions = await readIfAny(source, "The tracking of sessions", () =>
    api.getUserPoolSessionConfiguration({ UserPoolId }),
  );
  const configurations = logs?.LogDeliveryConfiguration?.LogConfigurations ?? [];
  return {
    ...settings,
    UserPoolTier: settings.UserPoolTier ?? "ESSENTIALS",
    DeletionProtection: settings.DeletionProtection ?? "INACTIVE",
    MfaConfiguration: settings.MfaConfiguration ?? "OFF",
    SchemaAttributes: settings.SchemaAttributes ?? [],
    mfa: mfaOf(await api.getUserPoolMfaConfig({ UserPoolId })),
    ...(configurations.length > 0 && { logs: configurations }),
    ...(sessions?.TokenSession && {
      sessions: {
        isTracking: sessions.UserSessionTracking === "ENABLED",
        mostPerUser: sessions.TokenSession.MaxPerUser,
      },
    }),
  };
}

const mfaOf = (config: GetUserPoolMfaConfigCommandOutput) => ({
  sms: config.SmsMfaConfiguration !== undefined,
  softwareToken: config.SoftwareTokenMfaConfiguration,
  email: config.EmailMfaConfiguration,
  webAuthn: config.WebAuthnConfiguration,
});

/** The rows of what a pool has beside clients and users. */
export async function* configurationRows(source: AmazonSource, pool: UserPoolType): AsyncGenerator<ParcelRow> {
  yield* domainRows(source, pool);
  yield* resourceServerRows(source);
  yield* providerRows(source);
  yield* groupRows(source);
}

async function* domainRows({ api }: AmazonSource, pool: UserPoolType): AsyncGenerator<ParcelRow> {
  for (const domain of [pool.Domain, pool.CustomDomain]) {
    if (!domain) continue;
    const { DomainDescription = {} } = await api.describeUserPoolDomain({ Domain: domain });
    const { CustomDomainConfig, Routing, ManagedLoginVersion = 1, Version = "" } = DomainDescription;
    const settings = { CustomDomainConfig, Routing, managedLoginVersion: ManagedLoginVersion, version: Version };
    yield rowOf("domains", { domain, settings, created_at: timeOf(pool.CreationDate) });
  }
}

async function* resourceServerRows({ api, poolId: UserPoolId }: AmazonSource): AsyncGenerator<ParcelRow> {
  const pages = pagesOf(async (NextToken) => {
    const answer = await api.listResourceServers({ UserPoolId, MaxResults: 50, NextToken });
    return { items: answer.ResourceServers, next: answer.NextToken };
  });
  for (const { Identifier, Name, Scopes = [] } of await allOf(pages)) {
    yield rowOf("resource_servers", { identifier: Identifier, name: Name, scopes: Scopes });
  }
}

async function* groupRows({ api, poolId: UserPoolId }: AmazonSource): AsyncGenerator<ParcelRow> {
  const pages = pagesOf(async (NextToken) => {
    const answer = await api.listGroups({ UserPoolId, Limit: 60, NextToken });
    return { items: answer.Groups, next: answer.NextToken };
  });
  for await (const page of pages) {
    for (const group of page) {
      yield rowOf("groups", {
        name: group.GroupName,
        description: group.Description ?? null,
        role_arn: group.RoleArn ?? null,
        precedence: group.Precedence ?? null,
        created_at: timeOf(group.CreationDate),
        modified_at: timeOf(group.LastModifiedDate),
      });
    }
  }
}

/** Details that an answer adds to those that were set. */
const addedDetails: ReadonlySet<string> = new Set(["ActiveEncryptionCertificate"]);

async function* providerRows({ api, poolId: UserPoolId }: AmazonSource): AsyncGenerator<ParcelRow> {
  const pages = pagesOf(async (NextToken) => {
    const answer = await api.listIdentityProviders({ UserPoolId, MaxResults: 60, NextToken });
    return { items: answer.Providers, next: answer.NextToken };
  });
  const identifiers: ParcelRow[] = [];
  for (const { ProviderName } of await allOf(pages)) {
    const { IdentityProvider: provider } = await api.describeIdentityProvider({ UserPoolId, ProviderName });
    const given = Object.entries(provider?.ProviderDetails ?? {}).filter(([name]) => !addedDetails.has(name));
    const { details, secrets } = partDetails(Object.fromEntries(given));
    const known = provider?.IdpIdentifiers ?? [];
    yield rowOf("identity_providers", {
      name: ProviderName,
      type: provider?.ProviderType,
      settings: {
        details,
        attributeMapping: provider?.AttributeMapping ?? {},
        identifiers: known,
        acrMapping: provider?.AcrMapping,
      },
      sealed_secrets: JSON.stringify(secrets),
      version: 1,
      created_at: timeOf(provider?.CreationDate),
      modified_at: timeOf(provider?.LastModifiedDate),
    });
    identifiers.push(
      ...known.map((identifier) => rowOf("provider_identifiers", { identifier, provider_name: ProviderName })),
    );
  }
  yield* identifiers;
}
