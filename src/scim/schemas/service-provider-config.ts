import * as z from 'zod/mini';
import { metaSchema, schemasSchema } from './common.js';

/** Whether the server has a feature. */
export const supportedFeatureSchema = z.looseObject({
  /** Whether the server says it has the feature. */
  supported: z.nullish(z.boolean()),
});
/** Whether the server has a feature. */
export type SupportedFeature = z.infer<typeof supportedFeatureSchema>;

/** A way to authenticate (RFC 7643 §5). */
export const authenticationSchemeSchema = z.looseObject({
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
