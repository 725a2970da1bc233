import type { Filter, FilterValue } from './filter.js';

/** A literal given to a builder. Dates are written as xsd:dateTime in UTC. */
export type LiteralInput = FilterValue | Date;

/** The keys of `T` that are named, without its index signature. */
type KnownKey<T> = keyof {
  [K in keyof T as string extends K ? never : number extends K ? never : symbol extends K ? never : K]: true;
} &
  string;

/** What one value of the attribute is: an element of a multi-valued one, the value of a singular one. */
type OneOf<T> = NonNullable<T> extends readonly (infer Element)[] ? NonNullable<Element> : NonNullable<T>;

type Scalar = string | number | boolean;

/** `[path, type]` for each attribute of `T`, and for each of its parts. */
type Entries<T, Prefix extends string, Depth extends 'resource' | 'part'> = {
  [K in KnownKey<T>]:
    | (K extends `${string}:${string}` ? never : [`${Prefix}${K}`, OneOf<T[K]>])
    | (OneOf<T[K]> extends Scalar
        ? never
        : K extends `${string}:${string}`
          ? Entries<OneOf<T[K]>, `${K}:`, 'resource'>
          : Depth extends 'resource'
            ? Entries<OneOf<T[K]>, `${Prefix}${K}.`, 'part'>
            : never);
}[KnownKey<T>];

/** A literal the attribute can be compared with, besides `null`; for a complex attribute, its `value`. */
type LiteralOf<Path, Type> = Path extends 'meta.created' | 'meta.lastModified'
  ? string | Date
  : Type extends string
    ? string
    : Type extends Scalar
      ? Type
      : Type extends { value?: infer Value }
        ? Extract<NonNullable<Value>, Scalar>
        : never;

type ComparisonOf<Entry, Allowed> = Entry extends [infer Path extends string, infer Type]
  ? Extract<LiteralOf<Path, Type>, Allowed> extends infer Literal
    ? [Literal | Extract<Allowed, null>] extends [never]
      ? never
      : [path: Path, value: Literal | Extract<Allowed, null>]
    : never
  : never;

/** Attributes of extensions that the type does not know. */
type ExtensionPath = `urn:${string}:${string}`;

/** Whether nothing is known of the resource, so that every path is open. */
type IsOpen<R> = [R] extends [never] ? true : [KnownKey<R>] extends [never] ? true : false;

/** `path, value` for each attribute of `R` that can be compared with a literal among `Allowed`. */
export type ComparisonArguments<R, Allowed> =
  IsOpen<R> extends true
    ? [path: string, value: Allowed]
    : ComparisonOf<Entries<R, '', 'resource'>, Allowed> | [path: ExtensionPath, value: Allowed];

/** Paths of `R` that can be asked for with `pr`. */
export type AttributePath<R> = IsOpen<R> extends true ? string : PathOf<Entries<R, '', 'resource'>> | ExtensionPath;

type PathOf<Entry> = Entry extends [infer Path, unknown] ? Path : never;

/** Multi-valued attributes of `R` whose values have parts, for `valuePath`. */
export type MultiValuedPath<R> =
  IsOpen<R> extends true
    ? string
    :
        | {
            [K in KnownKey<R>]: NonNullable<R[K]> extends readonly (infer Element)[]
              ? NonNullable<Element> extends string | number | boolean
                ? never
                : K
              : never;
          }[KnownKey<R>]
        | ExtensionPath;

/** The type of one value of that attribute. */
export type ElementOf<R, Path> = Path extends KnownKey<R> ? OneOf<R[Path]> : never;

/** A filter for one value of that attribute. */
export type ElementFilter<R, Path> = Filter<ElementOf<R, Path>>;
