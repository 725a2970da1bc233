/** A literal of a filter: what JSON allows besides objects and arrays. Dates are strings. */
export type FilterValue = string | number | boolean | null;

/** Operators that compare an attribute with a literal (RFC 7644 §3.4.2.2, table 3). */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** `userName eq "bjensen"`. */
export interface Comparison {
  readonly op: ComparisonOperator;
  /** Attribute path as written, such as `name.familyName` or `urn:…:User:department`. */
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
  /** Path of the multi-valued attribute. */
  readonly path: string;
  readonly filter: FilterExpression;
}

/** `not (title pr)`. */
export interface Negation {
  readonly op: 'not';
  readonly filter: FilterExpression;
}

/** `title pr and active eq true`: two or more filters joined by the same word. */
export interface Combination {
  readonly op: 'and' | 'or';
  readonly filters: readonly FilterExpression[];
}

/** A filter as data: it can be compared, stored and sent as JSON. */
export type FilterExpression = Comparison | Presence | ValuePath | Negation | Combination;

/**
 * A filter as plain data, for resources of type `R`. A filter built for one type of resource is refused by the
 * compiler where another is asked for; `Filter` without a type accepts every filter.
 */
export type Filter<R = never> = FilterExpression & {
  /** Never there: it only carries the type. */
  readonly '~resource'?: (resource: R) => void;
};
