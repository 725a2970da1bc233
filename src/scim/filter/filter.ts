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

/** `[path, literal]` for each attribute of `T`, and for each of its parts. */
type Entries<T, Prefix extends string = '', Depth extends 'resource' | 'part' = 'resource'> = {
  [K in KnownKey<T>]:
    | (K extends `${string}:${string}` ? never : [`${Prefix}${K}`, LiteralOf<`${Prefix}${K}`, OneOf<T[K]>>])
    | (OneOf<T[K]> extends Scalar
        ? never
        : K extends `${string}:${string}`
          ? Entries<OneOf<T[K]>, `${K}:`>
          : Depth extends 'resource'
            ? Entries<OneOf<T[K]>, `${Prefix}${K}.`, 'part'>
            : never);
}[KnownKey<T>];

/** A literal the attribute can be compared with, besides `null`; for a complex attribute, its `value`. */
type LiteralOf<Path, Type> = Path extends 'meta.created' | 'meta.lastModified'
  ? string | Date
  : Type extends Scalar
    ? Type
    : Type extends { value?: infer Value }
      ? Extract<NonNullable<Value>, Scalar>
      : never;

/** The paths of attributes that can be compared with such a literal; with `null`, all. */
type PathOf<Entry, Literal> = Entry extends [infer Path, infer Type]
  ? [null] extends [Literal]
    ? Path
    : [Extract<Type, Literal>] extends [never]
      ? never
      : Path
  : never;

/** Paths of `R` that can be compared with text. */
export type TextPath<R> = PathOf<Entries<R>, string> | OpenPath<R>;
/** Paths of `R` that can be compared with a number. */
export type NumberPath<R> = PathOf<Entries<R>, number>;
/** Paths of `R` that can be compared with a boolean. */
export type BooleanPath<R> = PathOf<Entries<R>, boolean>;
/** Paths of `R` that can be compared with a date. */
export type DatePath<R> = PathOf<Entries<R>, Date>;
/** Attributes of extensions that the type does not know; every path, where nothing is known of `R`. */
export type OpenPath<R> = [R] extends [never]
  ? string
  : [KnownKey<R>] extends [never]
    ? string
    : `urn:${string}:${string}`;

// Unions of few, each with a name, and text last: the compiler prints them where a path is wrong.

/** `path, value` for each attribute of `R` and what it can be equal to. */
export type EqualityArguments<R> =
  | [path: OpenPath<R>, value: LiteralInput]
  | [path: AttributePath<R>, value: null]
  | [path: NumberPath<R>, value: number | null]
  | [path: BooleanPath<R>, value: boolean | null]
  | [path: DatePath<R>, value: string | Date | null]
  | [path: TextPath<R>, value: string | null];

/** `path, value` for each attribute of `R` that has an order. */
export type OrderArguments<R> =
  | [path: OpenPath<R>, value: string | number | Date]
  | [path: NumberPath<R>, value: number]
  | [path: DatePath<R>, value: string | Date]
  | [path: TextPath<R>, value: string];

/** Paths of `R` that can be asked for with `pr`. */
export type AttributePath<R> = PathOf<Entries<R>, null> | OpenPath<R>;

/** Any path: an editor offers those that are known of `R`. */
export type PathText<R> = (PathOf<Entries<R>, null> & string) | (string & {});

/** Multi-valued attributes of `R` whose values have parts, for `valuePath`. */
export type MultiValuedPath<R> = ComplexListOf<R> | OpenPath<R>;

type ComplexListOf<R> = {
  [K in KnownKey<R>]: NonNullable<R[K]> extends readonly unknown[] ? (OneOf<R[K]> extends Scalar ? never : K) : never;
}[KnownKey<R>];

/** A filter for one value of that attribute. */
export type ElementFilter<R, Path> = Filter<Path extends KnownKey<R> ? OneOf<R[Path]> : never>;
