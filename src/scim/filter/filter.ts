/** A literal of a filter: what JSON allows besides objects and arrays. Dates are strings. */
export type FilterValue = string | number | boolean | null;

/** Operators that compare an attribute with a literal (RFC 7644 §3.4.2.2, table 3). */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** `userName eq "bjensen"`. */
export interface Comparison {
  readonly op: ComparisonOperator;
  /** As written, such as `name.familyName` or `urn:…:User:department`. */
  readonly path: string;
  readonly value: FilterValue;
}

/** `title pr`. */
export interface Presence {
  readonly op: 'pr';
  readonly path: string;
}

/** `emails[type eq "work"]`: one value satisfies the whole bracket. */
export interface ValuePath {
  readonly op: 'valuePath';
  readonly path: string;
  readonly filter: FilterExpression;
}

/** `not (title pr)`. */
export interface Negation {
  readonly op: 'not';
  readonly filter: FilterExpression;
}

/** `title pr and active eq true`. */
export interface Combination {
  readonly op: 'and' | 'or';
  readonly filters: readonly FilterExpression[];
}

/** A filter as data: it can be compared, stored and sent as JSON. */
export type FilterExpression = Comparison | Presence | ValuePath | Negation | Combination;

/** A filter for resources of type `R`, which the compiler refuses for any other; `Filter` alone accepts every filter. */
export type Filter<R = never> = FilterExpression & {
  /** Never there: it only carries the type. */
  readonly '~resource'?: (resource: R) => void;
};

/** A literal given to a builder. Dates are written as xsd:dateTime in UTC. */
export type LiteralInput = FilterValue | Date;

/** The keys of `T` without its index signature. */
type KnownKey<T> = keyof {
  [K in keyof T as string extends K ? never : number extends K ? never : symbol extends K ? never : K]: true;
} &
  string;

/** One value of the attribute. Distributes over unions, so that `string | string[]` is a string. */
export type OneOf<T> = T extends readonly (infer Element)[] ? NonNullable<Element> : NonNullable<T>;

export type Scalar = string | number | boolean;

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

/** Whether nothing is known of the resource: every path is open. */
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
export type MultiValuedPath<R> = IsOpen<R> extends true ? string : ComplexListOf<R> | ExtensionPath;

type ComplexListOf<R> = {
  [K in KnownKey<R>]: NonNullable<R[K]> extends readonly unknown[] ? (OneOf<R[K]> extends Scalar ? never : K) : never;
}[KnownKey<R>];

/** A filter for one value of that attribute. */
export type ElementFilter<R, Path> = Filter<Path extends KnownKey<R> ? OneOf<R[Path]> : never>;
