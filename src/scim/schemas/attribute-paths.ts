// How attributes of a type are named in filters, PATCH operations and lists of attributes (RFC 7644 §3.10), as types.

/** The keys of `T` without its index signature. */
export type KnownKey<T> = keyof {
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

/** Paths of `R` that can be asked for with `pr`. */
export type AttributePath<R> = PathOf<Entries<R>, null> | OpenPath<R>;

/** Any path: an editor offers those that are known of `R`. */
export type PathText<R> = NameIn<R> | (string & {});

/** Without what the attributes can be compared with: classes are checked with it, which made the compiler work five times as much. */
type NameIn<T> = {
  [K in KnownKey<T>]: OneOf<T[K]> extends Scalar
    ? K
    : K extends `${string}:${string}`
      ? `${K}:${KnownKey<OneOf<T[K]>>}`
      : K | `${K}.${KnownKey<OneOf<T[K]>>}`;
}[KnownKey<T>];

/** Multi-valued attributes of `R` whose values have parts, for `valuePath`. */
export type MultiValuedPath<R> = ComplexListOf<R> | OpenPath<R>;

type ComplexListOf<R> = {
  [K in KnownKey<R>]: NonNullable<R[K]> extends readonly unknown[] ? (OneOf<R[K]> extends Scalar ? never : K) : never;
}[KnownKey<R>];
