/** Under which a resource carries what it was read from: not enumerable, so that no copy, JSON or log holds it. */
const origin: unique symbol = Symbol('origin');

interface Origin {
  readonly raw: unknown;
  readonly etag: string | undefined;
}

/** @internal Marks a resource with what it was read from. */
export function setOrigin<R extends object>(resource: R, facts: Origin): R {
  return Object.defineProperty(resource, origin, { value: facts, configurable: true });
}

const originOf = (resource: object): Origin | undefined => (resource as { readonly [origin]?: Origin })[origin];

/**
 * What the server sent for a resource, unchanged: attribute names in the server's own spelling, `"True"` where it sent
 * a string. `undefined` for a resource that was not read by this library, and for a copy of one.
 *
 * @example
 * ```ts
 * import { rawOf, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * for await (const user of client.users.iterate()) console.log(rawOf(user));
 * ```
 */
export function rawOf(resource: object): unknown {
  return originOf(resource)?.raw;
}

/**
 * The version of a resource, verbatim, to give to `ifMatch` or `getIfNoneMatch`: the `ETag` header, or `meta.version`
 * where there was no header (RFC 7644 §3.14). `undefined` where the server gives none: then a write cannot be made to
 * depend on it.
 *
 * @example
 * ```ts
 * import { etagOf, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({
 *   baseUrl: 'https://scim.example/v2',
 *   token: 'secret',
 *   access: { provisioning: true },
 *   profile: 'rfc',
 * });
 * const user = await client.users.get('2819c223');
 * await client.users.patch(user.id, [{ op: 'replace', path: 'title', value: 'Lead' }], { ifMatch: etagOf(user) });
 * ```
 */
export function etagOf(resource: object): string | undefined {
  const { meta } = resource as { readonly meta?: { readonly version?: unknown } | null };
  const version = typeof meta?.version === 'string' ? meta.version : undefined;
  return originOf(resource)?.etag ?? version;
}
