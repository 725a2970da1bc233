/**
 * A module of Node's own (Bun and Deno have them too), without an import that other runtimes would stumble over.
 * `undefined` where there is none. The caller says what it uses of it.
 */
export function nodeBuiltin<Module>(name: string): Module | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
  };
  return process?.getBuiltinModule?.(name) as Module | undefined;
}
