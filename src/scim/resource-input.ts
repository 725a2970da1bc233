import type { KnownKey } from './schemas/attribute-paths.js';
import type { Resource } from './schemas/common.js';
import type { User } from './schemas/user.js';

/**
 * What is given to create or replace a resource: its attributes, and extensions by URN. A resource that was read can be
 * given as it is, or spread with what changes: what the server sets, such as `id` and `meta`, is left out where it does not
 * belong.
 */
export type ResourceInput<T> = {
  readonly [K in keyof T as string extends K
    ? never
    : number extends K
      ? never
      : K extends SetByServer<T> | 'schemas'
        ? never
        : K]: Closed<T[K]>;
} & {
  /** URNs of the schemas in use. Those of what is given are filled in: name only others, which the server wants to see. */
  readonly schemas?: readonly string[] | string | null | undefined;
} & (IsOpen<T> extends true
    ? { readonly [attribute: string]: unknown }
    : { readonly [extension: `urn:${string}`]: unknown });

/** Whether a type names no attribute of its own, as where there is no `shape`. */
export type IsOpen<T> = [Exclude<KnownKey<T>, KnownKey<Resource> | `urn:${string}`>] extends [never] ? true : false;

/** What the server says of a resource, and nobody tells it. */
type SetByServer<T> = 'id' | 'meta' | (T extends User ? 'groups' : never);

/** What is known of an attribute with parts: as of the resource itself, a name that is written out is one of them. */
type Closed<Value> = Value extends readonly (infer Element)[]
  ? readonly Closed<Element>[]
  : Value extends object
    ? string extends keyof Value
      ? PartsOf<Value>
      : Value
    : Value;

/** The parts of a complex attribute that are known. */
type PartsOf<Value> = {
  readonly [Part in keyof Value as string extends Part ? never : number extends Part ? never : Part]: Value[Part];
};
