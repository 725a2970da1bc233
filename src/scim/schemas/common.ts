import type { PathText } from './attribute-paths.js';

/** What the server knows about the resource itself (RFC 7643 §3.1). Ignored when sent. */
export interface Meta {
  /** Name of the resource type, such as `User`. */
  resourceType?: string | null | undefined;
  /** When the server added the resource, as xsd:dateTime. */
  created?: string | null | undefined;
  /** When the server last changed it, as xsd:dateTime. */
  lastModified?: string | null | undefined;
  /** Where the resource is. */
  location?: string | null | undefined;
  /** The same as the `ETag` header, with `W/` and quotes. */
  version?: string | null | undefined;
  [attribute: string]: unknown;
}

/** One value of a multi-valued attribute, of the types that `Type` suggests. */
export interface TypedValue<Type extends string> {
  /** The value itself. */
  value?: string | null | undefined;
  /** A name for people. */
  display?: string | null | undefined;
  /** What the value is for. */
  type?: Type | (string & {}) | null | undefined;
  /** Whether this is the preferred value; at most one is. */
  primary?: boolean | null | undefined;
  [attribute: string]: unknown;
}

/** One value of a multi-valued attribute with the default sub-attributes (RFC 7643 §2.4): a role, an entitlement. */
export interface MultiValuedAttribute extends TypedValue<string> {
  /** URI of the resource the value refers to. */
  $ref?: string | null | undefined;
}

/** What resources and the documents of discovery have in common. */
export interface ScimDocument {
  /** URNs of the schemas in use. Servers omit it, and some send one bare string. */
  schemas?: string[] | string | null | undefined;
  /** What the server knows about the resource itself. */
  meta?: Meta | null | undefined;
  [attribute: string]: unknown;
}

/** What every resource has, whatever its type (RFC 7643 §3.1). */
export interface Resource extends ScimDocument {
  /** The server's own id: stable, never given out again, compared with case. */
  id: string;
  /** The client's id for the resource, compared with case. */
  externalId?: string | null | undefined;
}

/** One change to a resource (RFC 7644 §3.5.2), of type `T` where an editor is to offer its attributes. */
export type PatchOperation<T = never> = {
  /** What to do. */
  op: 'add' | 'remove' | 'replace';
  /** What to change, such as `name.familyName` or `members[value eq "2819c223"]`. Required to remove. */
  path?: PathText<T> | undefined;
  /** The new value. Required to add and to replace. */
  value?: unknown;
};

/** One change to a resource as clients send it. */
export interface ReceivedPatchOperation extends Omit<PatchOperation, 'op'> {
  /** What to do. Lower case by the RFC; some clients capitalize it. */
  op: 'add' | 'remove' | 'replace' | (string & {});
  [attribute: string]: unknown;
}
