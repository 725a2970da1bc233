import * as z from 'zod/mini';

/** Never quotes the value. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** `value` is present when there are no issues. */
export function parseWith<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
): { readonly value?: T | undefined; readonly issues: readonly Issue[] } {
  const { data, error } = z.safeParse(schema, input, {
    error: (issue) => (issue.code === 'invalid_type' ? `expected ${issue.expected}` : undefined),
  });
  if (error === undefined) return { value: data, issues: [] };
  const issues = error.issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message,
  }));
  return { issues };
}
