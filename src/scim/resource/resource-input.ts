/**
 * What is given to create or replace a resource: its attributes, and extensions by URN. A resource that was read can be
 * given as it is: `id` and `meta` are left out where they do not belong.
 */
export type ResourceInput<T> = {
  readonly [K in keyof T as string extends K
    ? never
    : number extends K
      ? never
      : K extends 'id' | 'meta' | 'schemas'
        ? never
        : K]: T[K];
} & {
  readonly id?: string | undefined;
  readonly meta?: object | null | undefined;
  readonly schemas?: readonly string[] | string | null | undefined;
  readonly [extension: `urn:${string}`]: unknown;
};
