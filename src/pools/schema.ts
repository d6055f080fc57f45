/**
 * The attributes of a pool: the standard ones in Cognito's order, and custom ones after them.
 * Source: OpenID Connect Core 1.0 section 5.1 for the names; Cognito developer guide, user pool attributes.
 */
import { ApiError } from "../contract/errors.ts";
import type { SchemaAttributeType } from "../contract/types.gen.ts";

const text = (Name: string, MinLength = "0", MaxLength = "2048"): SchemaAttributeType => ({
  Name,
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength, MaxLength },
});

const flag = (Name: string): SchemaAttributeType => ({
  Name,
  AttributeDataType: "Boolean",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
});

/** The standard attributes in the order in which new pools show them. */
const standardAttributes: readonly SchemaAttributeType[] = [
  text("profile"),
  text("address"),
  text("birthdate", "10", "10"),
  text("gender"),
  text("preferred_username"),
  {
    Name: "updated_at",
    AttributeDataType: "Number",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: "0" },
  },
  text("website"),
  text("picture"),
  { ...text("identities"), StringAttributeConstraints: {} },
  { ...text("sub", "1"), Mutable: false, Required: true },
  text("phone_number"),
  flag("phone_number_verified"),
  text("zoneinfo"),
  text("locale"),
  text("email"),
  flag("email_verified"),
  text("given_name"),
  text("family_name"),
  text("middle_name"),
  text("name"),
  text("nickname"),
];

const standardNames: ReadonlySet<string> = new Set(standardAttributes.map(({ Name = "" }) => Name));

/** Whether this is one of the attributes that every pool has. */
export const isStandardAttribute = (name: string): boolean => standardNames.has(name);

/** How long the value of an attribute may be, in characters. Source: Cognito developer guide, quotas. */
export const longestValue = 2048;

/** Source: Cognito developer guide, quotas. */
export const customAttributeLimit = 50;

/** The full name of a custom attribute that a request gives without its prefix. */
export const customNameOf = ({ Name = "", DeveloperOnlyAttribute }: SchemaAttributeType): string =>
  `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${Name}`;

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/** The schema of a new pool: the standard attributes with what the request changes of them, then the custom ones. */
export function newSchema(requested: readonly SchemaAttributeType[]): SchemaAttributeType[] {
  const asked = new Map(requested.map((attribute) => [attribute.Name ?? "", attribute]));
  const standard = standardAttributes.map((attribute) => changeStandard(attribute, asked.get(attribute.Name ?? "")));
  return addCustomAttributes(
    standard,
    requested.filter(({ Name = "" }) => !isStandardAttribute(Name)),
  );
}

/** The schema with further custom attributes. @throws InvalidParameterException */
export function addCustomAttributes(
  schema: readonly SchemaAttributeType[],
  requested: readonly SchemaAttributeType[],
): SchemaAttributeType[] {
  const all = [...schema];
  for (const attribute of requested) {
    const custom = newCustomAttribute(attribute);
    if (all.some(({ Name }) => Name === custom.Name)) {
      throw invalid(`Duplicate custom attribute names ${custom.Name} are not allowed in a user pool schema.`);
    }
    all.push(custom);
  }
  return all;
}

function changeStandard(standard: SchemaAttributeType, asked: SchemaAttributeType | undefined): SchemaAttributeType {
  if (!asked) return standard;
  const type = asked.AttributeDataType;
  if ((type !== undefined && type !== standard.AttributeDataType) || asked.DeveloperOnlyAttribute) {
    throw invalid(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${standard.Name}`,
    );
  }
  if (standard.Name === "sub") return standard;
  const changed: SchemaAttributeType = {
    ...standard,
    Mutable: asked.Mutable ?? standard.Mutable,
    Required: asked.Required ?? standard.Required,
  };
  if (standard.AttributeDataType === "String") {
    changed.StringAttributeConstraints = {
      ...standard.StringAttributeConstraints,
      ...asked.StringAttributeConstraints,
    };
  }
  if (standard.AttributeDataType === "Number") {
    changed.NumberAttributeConstraints = {
      ...standard.NumberAttributeConstraints,
      ...asked.NumberAttributeConstraints,
    };
  }
  checkConstraints(changed, standard.Name ?? "");
  return changed;
}

function newCustomAttribute(asked: SchemaAttributeType): SchemaAttributeType {
  const Name = customNameOf(asked);
  if (asked.AttributeDataType === undefined) {
    throw invalid("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
  }
  if (asked.Required) throw invalid("Required custom attributes are not supported currently.");
  const custom: SchemaAttributeType = {
    Name,
    AttributeDataType: asked.AttributeDataType,
    DeveloperOnlyAttribute: asked.DeveloperOnlyAttribute ?? false,
    // Unconfirmed: documentation of other tools says false; most clients send it.
    Mutable: asked.Mutable ?? true,
    Required: false,
  };
  if (asked.AttributeDataType === "String") custom.StringAttributeConstraints = asked.StringAttributeConstraints ?? {};
  if (asked.AttributeDataType === "Number" && asked.NumberAttributeConstraints) {
    custom.NumberAttributeConstraints = asked.NumberAttributeConstraints;
  }
  checkConstraints(custom, Name);
  return custom;
}

/** Checks that what limits an attribute's values is a number and within Cognito's bounds. The texts on that are unconfirmed. */
function checkConstraints(attribute: SchemaAttributeType, name: string): void {
  const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {};
  if (!isLength(MinLength) || !isLength(MaxLength)) {
    throw invalid(`The lengths of attribute ${name} must be whole numbers from 0 to ${longestValue}`);
  }
  if (isAbove(MinLength, MaxLength)) {
    throw invalid(`Attribute ${name} cannot have a max length shorter than it's min length`);
  }
  const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {};
  if (!isBound(MinValue) || !isBound(MaxValue)) {
    throw invalid(`The bounds of attribute ${name} must be whole numbers from -2^1023 to 2^1023`);
  }
  if (isAbove(MinValue, MaxValue)) {
    throw invalid(`Attribute ${name} cannot have a max value smaller than it's min value`);
  }
}

const isLength = (text: string | undefined): boolean =>
  text === undefined || (/^\d+$/.test(text) && Number(text) <= longestValue);

/** Values are compared as whole numbers of any size, so their bounds must be such. */
const isBound = (text: string | undefined): boolean =>
  text === undefined || (/^-?\d{1,309}$/.test(text) && Math.abs(Number(text)) <= 2 ** 1023);

const isAbove = (min: string | undefined, max: string | undefined): boolean =>
  min !== undefined && max !== undefined && Number(min) > Number(max);
