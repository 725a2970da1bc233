import type { Session } from './session.js';

/**
 * Methods whose code is loaded when one of them is first called, so that a program pays for what it uses.
 *
 * All of them answer with promises, so nobody can tell.
 */
export function lazily<Operations extends object>(
  names: readonly (keyof Operations & string)[],
  load: () => Promise<Operations>,
): Operations {
  const method =
    (name: keyof Operations) =>
    async (...given: unknown[]) =>
      ((await load())[name] as (...given: unknown[]) => unknown)(...given);
  // Each name is a method of the operations loaded.
  return Object.fromEntries(names.map((name) => [name, method(name)])) as Operations;
}

/** The same for methods that write: the judge of writes is loaded with them, without which no write leaves. */
export function lazilyWriting<Operations extends object>(
  session: Session,
  names: readonly (keyof Operations & string)[],
  load: () => Promise<Operations>,
): Operations {
  return lazily(names, async () => {
    session.judge ??= (await import('./access/request-demands.js')).requestDemands;
    return load();
  });
}
