import { describe, expect, it } from 'vitest';
import {
  isSdkError,
  parseConnectionConfig,
  redactConnectionConfig,
  safeParseConnectionConfig,
} from '../../src/index.js';
import * as scim from '../../src/scim/index.js';

const cycle: Record<string, unknown> = {};
cycle.self = cycle;
const values: readonly unknown[] = [
  ...[undefined, null, 0, Number.NaN, 10n, true, '', 'text', '\ud800', Symbol('x'), () => 1, [], [null], {}, cycle],
  ...[{ op: 'and' }, { op: 'eq', path: 5 }, new Map(), new Date(Number.NaN), { schemas: 5, members: cycle }],
];
const functions: Readonly<Record<string, (...given: never[]) => unknown>> = {
  parseConnectionConfig,
  safeParseConnectionConfig,
  redactConnectionConfig,
  isSdkError,
  ...Object.fromEntries(
    ['eq', 'co', 'gt', 'and', 'not', 'present', 'valuePath', 'filter', 'formatFilter', 'parseFilter', 'compileFilter']
      .concat(['matchesFilter', 'parsePath', 'formatPath', 'applyPatch', 'diffPatch', 'chunkOperations'])
      .concat([
        'etagOf',
        'rawOf',
        'isServiceAccount',
        'membersSentOf',
        'resourceSchemaOf',
        'canProvision',
        'ScimClient',
      ])
      .map((name) => {
        // biome-ignore lint/performance/noDynamicNamespaceImportAccess: a test goes through all of them.
        const found = scim[name as keyof typeof scim] as unknown as new (...given: never[]) => unknown;
        return [name, name === 'ScimClient' ? (...given) => new found(...given) : (found as never)];
      }),
  ),
};

describe('whatever it is given, it answers or throws an error of this library', () => {
  it.each(Object.entries(functions))('%s', (_name, call) => {
    const raw: string[] = [];
    const attempt = (...given: readonly unknown[]) => {
      try {
        call(...(given as never[]));
      } catch (error) {
        if (!isSdkError(error)) raw.push(`(${given.map((one) => typeof one).join(', ')}): ${String(error)}`);
      }
    };
    for (const first of values) {
      attempt(first);
      for (const second of values) {
        attempt(first, second);
        attempt({ userName: 'a' }, first, second);
      }
    }
    expect([...new Set(raw)].slice(0, 5)).toEqual([]);
  });
});
