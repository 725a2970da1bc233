import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareDeclarations } from '../../scripts/api/compare.js';
import { publicDeclarations } from '../../scripts/api/declarations.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function declared(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return publicDeclarations(new Map([['index', join(folder, 'index.d.ts')]]));
}

const client = 'export declare class Client { #private; get(options?: GetOptions): Promise<Answer>; }';
const before = `
  export interface GetOptions { /** How often. */ readonly times?: number; }
  export interface Answer { readonly status: number; readonly note?: string; }
  ${client}
  export declare function open(url: string): Client;
  export declare function size(of: Answer): number | undefined;
  export declare function kindOf(of: Client): 'a' | 'b';
  export type Code = 'gone' | 'busy';
  export type OpenCode = 'gone' | (string & {});
  export interface Store { load(key: string): string; }
  export declare function keep(store: Store): void;
  export interface Box<T> { readonly value: T; }
  export declare const VERSION: string;
  declare const brand: unique symbol;
  export interface Branded { readonly [brand]: true; }
  export declare function branded(): Branded;
  export type Kept<T> = { readonly [K in keyof T as K extends 'id' ? never : K]: T[K] };
  export interface Writer<T> { write(input: Kept<T>): T; }
  export declare function join(first: string, second?: string): string;
  export declare class Failure extends Error { code: string; last(count?: number): string; }
  export declare class OtherFailure extends Failure { reason?: string; }
  export interface Page<T = string> { readonly items: readonly T[]; }
  export declare function read<T>(text: string): T;
  export declare function assertText(value: unknown): asserts value is string;
  export declare function pick(index: number): string;
  export declare function pick(name: string | number): string | undefined;
  export declare function start(options?: { retry?: { times?: number; waitMs?: number } | undefined }): void;
  export declare class Made { constructor(key: string, count?: number); }
  declare class Inner { constructor(key?: string); readonly id: string; }
  export type { Inner };
`;

/** The change, what it is replaced by, what is said of it, and whether it breaks. */
const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'an optional option more breaks nobody',
    'times?: number;',
    'times?: number; readonly fast?: boolean;',
    ['+ `GetOptions` changed'],
  ],
  [
    'a required option more breaks',
    'times?: number;',
    'times?: number; readonly fast: boolean;',
    ['! `GetOptions` changed'],
  ],
  ['an option less breaks', 'readonly times?: number;', 'readonly often?: number;', ['! `GetOptions` changed']],
  ['an option that takes less breaks', 'times?: number;', 'times?: 1 | 2;', ['! `GetOptions` changed']],
  [
    'an option that takes more breaks nobody',
    'times?: number;',
    'times?: number | string;',
    ['+ `GetOptions` changed'],
  ],
  [
    'a property more in an answer breaks whoever gives one back',
    'status: number;',
    'status: number; readonly body: string;',
    ['! `Answer` changed'],
  ],
  ['an optional property less in an answer breaks', ' readonly note?: string;', '', ['! `Answer` changed']],
  ['an export less breaks', 'export declare const VERSION: string;', '', ['! index: `VERSION` is gone']],
  ['an export more breaks nobody', client, `${client} export declare const more: 1;`, ['+ index: `more` is new']],
  ['a narrower return breaks nobody', '): number | undefined', '): number', ['+ `size` changed']],
  ['a wider return breaks', "'a' | 'b'", "'a' | 'b' | 'c'", ['! `kindOf` changed']],
  ['another name for a parameter breaks nobody', 'open(url', 'open(address', ['+ `open` changed']],
  ['a parameter more breaks', 'open(url: string', 'open(url: string, key: string', ['! `open` changed']],
  [
    'an optional parameter more breaks nobody',
    'open(url: string',
    'open(url: string, key?: string',
    ['+ `open` changed'],
  ],
  ['a method that takes less breaks', 'get(options?: GetOptions)', 'get(options: GetOptions)', ['! `Client` changed']],
  [
    'a method more breaks nobody, even of a class that callers hand on',
    '#private;',
    'close(): void;',
    ['+ `Client` changed'],
  ],
  [
    'a method more of what callers write breaks',
    'load(key',
    'save(key: string): void; load(key',
    ['! `Store` changed'],
  ],
  [
    'a member more of a closed union that callers read breaks',
    "'gone' | 'busy'",
    "'gone' | 'busy' | 'lost'",
    ['! `Code` changed'],
  ],
  [
    'a member more of an open union breaks nobody',
    "'gone' | (string",
    "'gone' | 'lost' | (string",
    ['+ `OpenCode` changed'],
  ],
  [
    'a value that is only a type now breaks',
    'declare const VERSION: string',
    'type VERSION = string',
    ['! index: `VERSION` is only a type', '! `VERSION` changed'],
  ],
  ['a type parameter with a default breaks nobody', 'Box<T>', 'Box<T, U = T>', ['+ `Box` changed']],
  ['a type parameter without one breaks', 'Box<T>', 'Box<T, U>', ['! `Box` changed']],
  ['what is generic is compared for every argument', 'value: T', 'value: T | undefined', ['! `Box` changed']],
  ['a brand stays the same brand', '[brand]: true;', '[brand]: true; readonly more: 1;', ['+ `Branded` changed']],
  [
    'a method more beside one that is hard to compare breaks nobody',
    'write(input',
    'erase(): void; write(input',
    ['+ `Writer` changed'],
  ],
  ['a parameter less breaks', 'first: string, second?: string', 'first: string', ['! `join` changed']],
  ['a parameter less of a method breaks', 'last(count?: number)', 'last()', ['! `Failure` changed']],
  ['a rest of parameters breaks nobody', 'second?: string', '...more: (string | undefined)[]', ['+ `join` changed']],
  ['a default of a type parameter less breaks', 'Page<T = string>', 'Page<T>', ['! `Page` changed']],
  ['another default of a type parameter breaks', 'Page<T = string>', 'Page<T = number>', ['! `Page` changed']],
  ['a default of a type parameter more breaks nobody', 'Box<T>', 'Box<T = string>', ['+ `Box` changed']],
  ['a second type parameter of a function breaks', 'read<T>', 'read<T, U>', ['! `read` changed']],
  ['a second one with a default breaks nobody', 'read<T>', 'read<T, U = T>', ['+ `read` changed']],
  [
    'a type parameter less of a function breaks',
    'read<T>(text: string): T',
    'read(text: string): any',
    ['! `read` changed'],
  ],
  ['a first type parameter of a function breaks nobody', 'open(url', 'open<T>(url', ['+ `open` changed']],
  ['a return that is any now breaks', '): number | undefined', '): any', ['! `size` changed']],
  ['any deep in a return breaks', 'Promise<Answer>', 'Promise<any>', ['! `Client` changed']],
  ['a property that may no longer be written breaks', 'code: string', 'readonly code: string', ['! `Failure` changed']],
  ['so does one that can only be got', 'code: string', 'get code(): string', ['! `Failure` changed']],
  [
    'one that can be set too breaks nobody',
    'code: string;',
    'get code(): string; set code(it: string);',
    ['+ `Failure` changed'],
  ],
  ['a property that may be written now breaks nobody', 'readonly value: T', 'value: T', ['+ `Box` changed']],
  ['an assertion less breaks', 'asserts value is string', 'void', ['! `assertText` changed']],
  ['another assertion breaks', 'asserts value is string', 'asserts value', ['! `assertText` changed']],
  [
    'another order of overloads breaks',
    `pick(index: number): string;
  export declare function pick(name: string | number): string | undefined;`,
    `pick(name: string | number): string | undefined;
  export declare function pick(index: number): string;`,
    ['! `pick` changed'],
  ],
  [
    'an overload more breaks nobody',
    'export declare function pick(index',
    'export declare function pick(a: string, b: string): Date; export declare function pick(index',
    ['+ `pick` changed'],
  ],
  [
    'a class that is no Error any more breaks',
    'Failure extends Error {',
    'Failure { name: string; message: string; stack?: string; cause?: unknown;',
    ['! `Failure` changed'],
  ],
  [
    'a class that extends another between them breaks nobody',
    'OtherFailure extends Failure {',
    'Between extends Failure {} export declare class OtherFailure extends Between {',
    ['+ index: `Between` is new', '+ `OtherFailure` changed'],
  ],
  ['a name less of an object type without a name breaks', '; waitMs?: number', '', ['! `start` changed']],
  ['a name more of one breaks nobody', '; waitMs?: number', '; waitMs?: number; more?: 1', ['+ `start` changed']],
  ['a parameter less of a constructor breaks', 'key: string, count?: number', 'key: string', ['! `Made` changed']],
  [
    'a constructor that nobody outside may call may change',
    'constructor(key?: string)',
    'constructor()',
    ['+ `Inner` changed'],
  ],
  ['another comment is no change', 'How often.', 'How many times.', []],
  ['another order is no change', `'a' | 'b'`, `'b' | 'a'`, []],
];

test.each(cases)('%s', async (_, from, to, expected) => {
  expect(before).toContain(from);
  const changes = compareDeclarations(
    await declared({ 'index.d.ts': before }),
    await declared({ 'index.d.ts': before.replace(from, to) }),
  );
  expect(changes.map(({ what, breaks }) => `${breaks === undefined ? '+' : '!'} ${what}`)).toEqual(expected);
});

test('says what breaks in the words of the compiler', async () => {
  const changes = compareDeclarations(
    await declared({ 'index.d.ts': before }),
    await declared({ 'index.d.ts': before.replace('times?: number;', 'times?: number; readonly fast: boolean;') }),
  );
  expect(changes[0]?.breaks).toBe(
    "Property 'fast' is missing in type 'before:GetOptions' but required in type 'after:GetOptions'.",
  );
});

test('writes what is public, each declaration once, sorted and without comments', async () => {
  const files = await declared({
    'one.d.ts': `
      /** Internal, but referred to. */
      export interface Options { b?: string; a?: number; nested?: Nested; }
      interface Nested { deep: true }
      export interface NotReferredTo { x: 1 }`,
    'two.d.ts': 'export interface Options { other: 1; }\nexport declare class Made { constructor(key: string); }',
    'index.d.ts': `
      import type { Options } from './one.js';
      export type { Made, Options as OtherOptions } from './two.js';
      /** Does it. */
      export declare class Thing<T> {
        #private;
        private secret;
        /** @hidden */ constructor(key: import('./one.js').NotReferredTo);
        /** @internal */ inner(): void;
        // @ts-ignore
        run(signal?: AbortSignal): Promise<T | undefined | null>;
        run(options: Options, plain?: import('./two.js').Options): void;
        close(): void;
      }`,
  });
  expect(files.get('index.d.ts')).toMatchInlineSnapshot(`
    "export {
        type Made,
        type OtherOptions,
        Thing,
    } from './declarations.js';
    "
  `);
  expect(files.get('declarations.d.ts')).toMatchInlineSnapshot(`
    "export declare class Made {
        constructor(key: string);
    }

    export interface Nested {
        deep: true;
    }

    export interface Options {
        a?: number;
        b?: string;
        nested?: Nested;
    }

    export interface OtherOptions {
        other: 1;
    }

    export declare class Thing<T> {
        protected constructor();
        close(): void;
        run(signal?: AbortSignal): Promise<T | null | undefined>;
        run(options: Options, plain?: OtherOptions): void;
    }
    "
  `);
});

test('a kind of export that it cannot write is an error, not a hole', async () => {
  await expect(declared({ 'index.d.ts': 'export declare namespace N { const a: 1; }' })).rejects.toThrow(
    /export no ModuleDeclaration/,
  );
});
