import * as z from 'zod/mini';
import { metaSchema, schemasSchema } from './common.js';

/** Whether the server has a feature. */
const supportedFeatureSchema = z.looseObject({
  /** Whether the server says it has the feature. */
  supported: z.nullish(z.boolean()),
});
/** Whether the server has a feature. */
export type SupportedFeature = z.infer<typeof supportedFeatureSchema>;

/** A way to authenticate (RFC 7643 §5). */
const authenticationSchemeSchema = z.looseObject({
  /** The kind of scheme. */
  type: z.nullish(
    z.custom<'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest' | (string & {})>(
      (value) => typeof value === 'string',
    ),
  ),
  /** A name for people. */
  name: z.nullish(z.string()),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** URL of the specification. */
  specUri: z.nullish(z.string()),
  /** URL of the server's own page about it. */
  documentationUri: z.nullish(z.string()),
  /** Whether it is the preferred one. */
  primary: z.nullish(z.boolean()),
});
/** A way to authenticate (RFC 7643 §5). */
export type AuthenticationScheme = z.infer<typeof authenticationSchemeSchema>;

/** What a server says it can do (RFC 7643 §5, RFC 9865 §4, RFC 9967 §4). Advertised is not proven. */
export const serviceProviderConfigSchema = z.looseObject({
  /** `urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig`. */
  schemas: schemasSchema,
  /** What the server knows about the document itself. */
  meta: z.nullish(metaSchema),
  /** URL of a page for people. */
  documentationUri: z.nullish(z.string()),
  /** PATCH (RFC 7644 §3.5.2). */
  patch: z.nullish(supportedFeatureSchema),
  /** Bulk requests (RFC 7644 §3.7). */
  bulk: z.nullish(
    z.looseObject({
      /** Whether the server takes bulk requests. */
      supported: z.nullish(z.boolean()),
      /** Operations in one request at most. */
      maxOperations: z.nullish(z.number()),
      /** Bytes of one request at most. */
      maxPayloadSize: z.nullish(z.number()),
    }),
  ),
  /** Filters (RFC 7644 §3.4.2.2). */
  filter: z.nullish(
    z.looseObject({
      /** Whether the server takes filters. */
      supported: z.nullish(z.boolean()),
      /** Resources in one answer at most. */
      maxResults: z.nullish(z.number()),
    }),
  ),
  /** Changing a password. */
  changePassword: z.nullish(supportedFeatureSchema),
  /** Sorting (RFC 7644 §3.4.2.3). */
  sort: z.nullish(supportedFeatureSchema),
  /** Versions of resources (RFC 7644 §3.14). */
  etag: z.nullish(supportedFeatureSchema),
  /** Ways to authenticate. */
  authenticationSchemes: z.nullish(z.array(authenticationSchemeSchema)),
  /** Ways to page (RFC 9865 §4). A missing limit does not mean there is none. */
  pagination: z.nullish(
    z.looseObject({
      /** Whether the server pages by cursor. */
      cursor: z.nullish(z.boolean()),
      /** Whether the server pages by index. */
      index: z.nullish(z.boolean()),
      /** What a query without either gets. */
      defaultPaginationMethod: z.nullish(
        z.custom<'cursor' | 'index' | (string & {})>((value) => typeof value === 'string'),
      ),
      /** Resources in a page when the query does not say. */
      defaultPageSize: z.nullish(z.number()),
      /** Resources in a page at most. */
      maxPageSize: z.nullish(z.number()),
      /** Seconds a cursor lives between two requests, at least. */
      cursorTimeout: z.nullish(z.number()),
    }),
  ),
  /** Security events (RFC 9967 §4). */
  securityEvents: z.nullish(
    z.looseObject({
      /** How the server treats `Prefer: respond-async`. */
      asyncRequest: z.nullish(
        z.custom<'none' | 'long' | 'request' | (string & {})>((value) => typeof value === 'string'),
      ),
      /** The events it sends. */
      eventUris: z.nullish(z.array(z.string())),
    }),
  ),
});
/** What a server says it can do (RFC 7643 §5, RFC 9865 §4, RFC 9967 §4). Advertised is not proven. */
export type ServiceProviderConfig = z.infer<typeof serviceProviderConfigSchema>;

/** A kind of resource that a server has, from `/ResourceTypes` (RFC 7643 §6). */
export const resourceTypeSchema = z.looseObject({
  /** `urn:ietf:params:scim:schemas:core:2.0:ResourceType`. */
  schemas: schemasSchema,
  /** Usually the same as `name`. */
  id: z.nullish(z.string()),
  /** What the server knows about the document itself. */
  meta: z.nullish(metaSchema),
  /** Name of the type, as in `meta.resourceType`. */
  name: z.string(),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** Path below the base URL, with or without the leading slash. */
  endpoint: z.string(),
  /** URN of the core schema. */
  schema: z.string(),
  /** URNs of the extensions. */
  schemaExtensions: z.nullish(
    z.array(
      z.looseObject({
        /** URN of the extension. */
        schema: z.string(),
        /** Whether every resource must have it. */
        required: z.nullish(z.boolean()),
      }),
    ),
  ),
});
/** A kind of resource that a server has, from `/ResourceTypes` (RFC 7643 §6). */
export type ResourceType = z.infer<typeof resourceTypeSchema>;

const isString = (value: unknown): boolean => typeof value === 'string';

/** One sub-attribute of a schema document (RFC 7643 §7). */
const subAttributeDefinitionSchema = z.looseObject({
  /** Name of the attribute. */
  name: z.string(),
  /** JSON type of the value. @default 'string' */
  type: z.nullish(
    z.custom<
      'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex' | (string & {})
    >(isString),
  ),
  /** Whether there can be several values. */
  multiValued: z.nullish(z.boolean()),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** Whether it must have a value. @default false */
  required: z.nullish(z.boolean()),
  /** Values the server suggests or insists on. */
  canonicalValues: z.nullish(z.array(z.string())),
  /** Whether upper and lower case differ. @default false */
  caseExact: z.nullish(z.boolean()),
  /** Who may change it. @default 'readWrite' */
  mutability: z.nullish(z.custom<'readOnly' | 'readWrite' | 'immutable' | 'writeOnly' | (string & {})>(isString)),
  /** When the server sends it. @default 'default' */
  returned: z.nullish(z.custom<'always' | 'never' | 'default' | 'request' | (string & {})>(isString)),
  /** Where two resources may not have the same value. @default 'none' */
  uniqueness: z.nullish(z.custom<'none' | 'server' | 'global' | (string & {})>(isString)),
  /** What a reference points at: resource types, `external`, `uri`. */
  referenceTypes: z.nullish(z.array(z.string())),
});
/** One sub-attribute of a schema document (RFC 7643 §7). */
export type SubAttributeDefinition = z.infer<typeof subAttributeDefinitionSchema>;

/** One attribute of a schema document (RFC 7643 §7). */
const attributeDefinitionSchema = z.looseObject({
  ...subAttributeDefinitionSchema.shape,
  /** The parts of a complex attribute. */
  subAttributes: z.nullish(z.array(subAttributeDefinitionSchema)),
});
/** One attribute of a schema document (RFC 7643 §7). */
export type AttributeDefinition = z.infer<typeof attributeDefinitionSchema>;

/** A schema document, from `/Schemas` (RFC 7643 §7). */
export const schemaDefinitionSchema = z.looseObject({
  /** `urn:ietf:params:scim:schemas:core:2.0:Schema`. */
  schemas: schemasSchema,
  /** URN of the schema. */
  id: z.string(),
  /** What the server knows about the document itself. */
  meta: z.nullish(metaSchema),
  /** Name for people. */
  name: z.nullish(z.string()),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** The attributes. */
  attributes: z.nullish(z.array(attributeDefinitionSchema)),
});
/** A schema document, from `/Schemas` (RFC 7643 §7). */
export type SchemaDefinition = z.infer<typeof schemaDefinitionSchema>;
