/** Values of every wrong kind, made anew for each call: what one call does to a value must not help the next. */
export const wrongValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a number': () => 5,
  NaN: () => Number.NaN,
  'a BigInt': () => 10n,
  true: () => true,
  'an empty text': () => '',
  'a text': () => 'text',
  'half a character': () => '\ud800',
  'a symbol': () => Symbol('x'),
  'a function': () => () => 1,
  'an empty list': () => [],
  'a list of null': () => [null],
  'a list of a symbol': () => [Symbol('x')],
  'a list of a list': () => [[1]],
  'an empty object': () => ({}),
  'a cycle': () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    return cycle;
  },
  'a list in itself': () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
  'an object with a BigInt': () => ({ value: 1n }),
  'a name that means something': () => JSON.parse('{"__proto__":{"op":"eq","x":1},"constructor":null,"toString":1}'),
  'an instance of a class': () => new Uninvited(),
  'a map': () => new Map([['id', 1]]),
  'a date that is none': () => new Date(Number.NaN),
  'without a prototype': () => Object.assign(Object.create(null), { id: 5 }),
  'nested 3,000 deep': () => nested(3_000),
  'nested 20,000 deep': () => nested(20_000),
};

/** What throws an error of its own when it is looked at. */
export const throwingValues: typeof wrongValues = {
  'a getter that throws': () => ({
    get id() {
      throw new RangeError('getter');
    },
  }),
  'a list that throws': () =>
    Object.defineProperty([1], 0, {
      get: () => {
        throw new RangeError('element');
      },
    }),
  'a toJSON that throws': () => ({
    id: 'x',
    toJSON() {
      throw new RangeError('toJSON');
    },
  }),
  'no primitive': () => ({
    [Symbol.toPrimitive]() {
      throw new RangeError('primitive');
    },
  }),
  'a proxy that throws': () => new Proxy({}, throwing),
  'a list proxy that throws': () => new Proxy([1], throwing),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

class Uninvited {
  get id(): number {
    return 5;
  }
}

const traps = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'set', 'defineProperty'] as const;
const throwing: ProxyHandler<object> = Object.fromEntries(
  traps.map((trap) => [
    trap,
    () => {
      throw new TypeError(`trap ${trap}`);
    },
  ]),
);

function nested(depth: number): unknown {
  let value: Record<string, unknown> = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

/** Text that can be sent. */
export const isText = (value: unknown): boolean => typeof value === 'string';
/** What holds names and values, as far as anybody can look into it. */
export const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !isList(value);
/** Throws for no proxy. */
export function isList(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
