import { expect, test } from 'vitest';
import { withPureConstants } from '../../scripts/output/pure-constants.js';

const marked = (text: string) => withPureConstants('module.ts', text);

test('a call that makes a constant is marked, and so is each among its arguments', () => {
  expect(marked('const a = z.object({ b: z.string().check(z.regex(/b/)) }) as A<typeof c>;')).toBe(
    'const a = /* @__PURE__ */ z.object({ b: /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.regex(/b/)) }) as A<typeof c>;',
  );
  expect(marked('export const a = new Set([f()]), b = 1;')).toBe(
    'export const a = /* @__PURE__ */ new Set([/* @__PURE__ */ f()]), b = 1;',
  );
});

test('what may run code without a call is made in a function', () => {
  expect(marked('const a: A = { ...b, c: 1 } as const;')).toBe(
    'const a: A = /* @__PURE__ */ (() => ({ ...b, c: 1 } as const))();',
  );
  expect(marked('const a = b.c;')).toBe('const a = /* @__PURE__ */ (() => (b.c))();');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template in the code.
  expect(marked('const a = `${b}/c`;')).toBe('const a = /* @__PURE__ */ (() => (`${b}/c`))();');
});

test('what runs later stays as it is', () => {
  const text =
    'const a = () => f(b.c);\nfunction d() { const e = f(); return e; }\nclass G { static h = f(); }\nconst i = Number.MAX_VALUE;';
  expect(marked(text)).toBe(text);
});
