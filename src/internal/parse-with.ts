import * as z from 'zod/mini';

/** One thing about a value that is not as its schema says. Never quotes the value. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Parses a value with a schema: `value` is there when there are no issues. */
export function parseWith<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
): { readonly value?: T | undefined; readonly issues: readonly Issue[] } {
  const { data, error } = z.safeParse(schema, input, {
    // Where the schema brings no message of its own.
    error: (issue) => (issue.code === 'invalid_type' ? `expected ${issue.expected}` : undefined),
  });
  if (error === undefined) return { value: data, issues: [] };
  const issues = error.issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message,
  }));
  return { issues };
}
