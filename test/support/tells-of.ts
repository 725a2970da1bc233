const methods = ['serverMessage', 'body', 'detail', 'ids', 'externalIds', 'gaps', 'file', 'checkpoint'] as const;

/** The facts of an error, and what it tells only to those who ask. */
export function tellsOf(error: unknown): Record<string, unknown> {
  const asked = error as Error & Partial<Record<(typeof methods)[number], () => unknown>>;
  const told = methods.flatMap((name) => (typeof asked[name] === 'function' ? [[name, asked[name]()] as const] : []));
  return { ...asked, name: asked.name, message: asked.message, ...Object.fromEntries(told) };
}
