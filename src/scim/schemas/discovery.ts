import type { ScimDocument } from './common.js';

/** Whether the server has a feature. */
export interface SupportedFeature {
  /** Whether the server says it has the feature. */
  supported?: boolean | null | undefined;
  [attribute: string]: unknown;
}

/** A way to authenticate (RFC 7643 §5). */
export interface AuthenticationScheme {
  /** The kind of scheme. */
  type?: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest' | (string & {}) | null | undefined;
  /** A name for people. */
  name?: string | null | undefined;
  /** What it is, for people. */
  description?: string | null | undefined;
  /** URL of the specification. */
  specUri?: string | null | undefined;
  /** URL of the server's own page about it. */
  documentationUri?: string | null | undefined;
  /** Whether it is the preferred one. */
  primary?: boolean | null | undefined;
  [attribute: string]: unknown;
}

/** What a server says it can do (RFC 7643 §5, RFC 9865 §4, RFC 9967 §4). Advertised is not proven. */
export interface ServiceProviderConfig extends ScimDocument {
  /** URL of a page for people. */
  documentationUri?: string | null | undefined;
  /** PATCH (RFC 7644 §3.5.2). */
  patch?: SupportedFeature | null | undefined;
  /** Bulk requests (RFC 7644 §3.7). */
  bulk?: BulkSupport | null | undefined;
  /** Filters (RFC 7644 §3.4.2.2). */
  filter?: FilterSupport | null | undefined;
  /** Changing a password. */
  changePassword?: SupportedFeature | null | undefined;
  /** Sorting (RFC 7644 §3.4.2.3). */
  sort?: SupportedFeature | null | undefined;
  /** Versions of resources (RFC 7644 §3.14). */
  etag?: SupportedFeature | null | undefined;
  /** Ways to authenticate. */
  authenticationSchemes?: AuthenticationScheme[] | null | undefined;
  /** Ways to page (RFC 9865 §4). A missing limit does not mean there is none. */
  pagination?: PaginationSupport | null | undefined;
  /** Security events (RFC 9967 §4). */
  securityEvents?: SecurityEventsSupport | null | undefined;
}

interface BulkSupport extends SupportedFeature {
  /** Maximum number of operations in one request. */
  maxOperations?: number | null | undefined;
  /** Maximum size of one request, in bytes. */
  maxPayloadSize?: number | null | undefined;
}

interface FilterSupport extends SupportedFeature {
  /** Maximum number of resources in one answer. */
  maxResults?: number | null | undefined;
}

interface PaginationSupport {
  /** Whether the server pages by cursor. */
  cursor?: boolean | null | undefined;
  /** Whether the server pages by index. */
  index?: boolean | null | undefined;
  /** What a query without either gets. */
  defaultPaginationMethod?: 'cursor' | 'index' | (string & {}) | null | undefined;
  /** Resources in a page when the query does not say. */
  defaultPageSize?: number | null | undefined;
  /** Maximum number of resources in a page. */
  maxPageSize?: number | null | undefined;
  /** Seconds a cursor lives between two requests, at least. */
  cursorTimeout?: number | null | undefined;
  [attribute: string]: unknown;
}

interface SecurityEventsSupport {
  /** How the server treats `Prefer: respond-async`. */
  asyncRequest?: 'none' | 'long' | 'request' | (string & {}) | null | undefined;
  /** The events it sends. */
  eventUris?: string[] | null | undefined;
  [attribute: string]: unknown;
}

/** A kind of resource that a server has, from `/ResourceTypes` (RFC 7643 §6). */
export interface ResourceType extends ScimDocument {
  /** Usually the same as `name`. */
  id?: string | null | undefined;
  /** Name of the type, as in `meta.resourceType`. */
  name: string;
  /** What it is, for people. */
  description?: string | null | undefined;
  /** Path below the base URL, with or without the leading slash. */
  endpoint: string;
  /** URN of the core schema. */
  schema: string;
  /** URNs of the extensions. */
  schemaExtensions?:
    | {
        /** URN of the extension. */
        schema: string;
        /** Whether every resource must have it. */
        required?: boolean | null | undefined;
        [attribute: string]: unknown;
      }[]
    | null
    | undefined;
}

/** By RFC 7643 §2.3. */
export type DataType = 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex';

/** One sub-attribute of a schema document (RFC 7643 §7). */
export interface SubAttributeDefinition {
  /** Name of the attribute. */
  name: string;
  /** JSON type of the value. @default 'string' */
  type?: DataType | (string & {}) | null | undefined;
  /** Whether there can be several values. */
  multiValued?: boolean | null | undefined;
  /** What it is, for people. */
  description?: string | null | undefined;
  /** Whether it must have a value. @default false */
  required?: boolean | null | undefined;
  /** Values the server suggests or insists on. */
  canonicalValues?: string[] | null | undefined;
  /** Whether upper and lower case differ. @default false */
  caseExact?: boolean | null | undefined;
  /** Who may change it. @default 'readWrite' */
  mutability?: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly' | (string & {}) | null | undefined;
  /** When the server sends it. @default 'default' */
  returned?: 'always' | 'never' | 'default' | 'request' | (string & {}) | null | undefined;
  /** Where two resources may not have the same value. @default 'none' */
  uniqueness?: 'none' | 'server' | 'global' | (string & {}) | null | undefined;
  /** What a reference points at: resource types, `external`, `uri`. */
  referenceTypes?: string[] | null | undefined;
  [attribute: string]: unknown;
}

/** One attribute of a schema document (RFC 7643 §7). */
export interface AttributeDefinition extends SubAttributeDefinition {
  /** The parts of a complex attribute. */
  subAttributes?: SubAttributeDefinition[] | null | undefined;
}

/** A schema document, from `/Schemas` (RFC 7643 §7). */
export interface SchemaDefinition extends ScimDocument {
  /** URN of the schema. */
  id: string;
  /** Name for people. */
  name?: string | null | undefined;
  /** What it is, for people. */
  description?: string | null | undefined;
  /** The attributes. */
  attributes?: AttributeDefinition[] | null | undefined;
}
