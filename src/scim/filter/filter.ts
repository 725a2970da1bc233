import type {
  AttributePath,
  BooleanPath,
  DatePath,
  KnownKey,
  NumberPath,
  OneOf,
  OpenPath,
  TextPath,
} from '../schemas/attribute-paths.js';

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

/** A filter for resources of type `R`, which the compiler refuses for any other. `Filter` alone is one for any, and fits everywhere. */
export type Filter<R = never> = FilterExpression &
  ([R] extends [never]
    ? unknown
    : {
        /** Never there: it only carries the type. */
        readonly '~resource'?: (resource: R) => void;
      });

/** A literal given to a builder. Dates are written as xsd:dateTime in UTC. */
export type LiteralInput = FilterValue | Date;

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

/** A filter for one value of that attribute. */
export type ElementFilter<R, Path> = Filter<Path extends KnownKey<R> ? OneOf<R[Path]> : never>;
