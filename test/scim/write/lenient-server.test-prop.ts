import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Permission } from '../../../src/errors/input-errors.js';
import { isRecord } from '../../../src/internal/json.js';
import { permissionsRequiredBy } from '../../../src/scim/write/permissions.js';

type Json = Record<string, unknown>;

const acme = 'urn:acme:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const newState = (): { Users: Json; Groups: Json } => ({
  Users: {
    u1: {
      userName: 'ada@x.example',
      active: true,
      title: 'Lead',
      name: { givenName: 'Ada', familyName: 'North' },
      emails: [
        { value: 'ada@x.example', type: 'work' },
        { value: 'ada@y.example', type: 'home' },
      ],
      phoneNumbers: [{ value: '1', type: 'work' }],
      roles: [{ value: 'admin' }, { value: 'author' }],
      licenses: ['l1', 'l2'],
      [acme]: { keys: ['a', 'b'], badge: '7' },
    },
  },
  Groups: { g1: { displayName: 'Ops', members: [{ value: 'u1' }, { value: 'u2' }] } },
});

const isNone = (value: unknown): boolean => {
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value === 'number' || typeof value === 'boolean') return false;
  return Object.values(value ?? {}).every(isNone);
};

/** The values that a server makes of what stands in the place of a list: it drops whatever has no `value`. */
const kept = (value: unknown): unknown[] =>
  [value].flat().filter((one) => (isRecord(one) ? !isNone(one.value) : typeof one === 'string' && !isNone(one)));

const lists = ['emails', 'phoneNumbers', 'roles', 'licenses', 'members', 'keys'];

/** Does whatever it is told: `replace` replaces with anything, an extension is merged, and a POST to a resource is merged into it. */
function write(target: Json, name: string, value: unknown, op: string): void {
  if (name.toLowerCase() === core.toLowerCase()) {
    for (const [own, part] of Object.entries(isRecord(value) ? value : {})) write(target, own, part, op);
    return;
  }
  const own = Object.keys(target).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
  const before = target[own];
  if (isRecord(value) && isRecord(before)) {
    for (const [part, inner] of Object.entries(value)) write(before, part, inner, op);
    return;
  }
  if (!lists.includes(own)) target[own] = value;
  else target[own] = op === 'add' ? [...[before ?? []].flat(), ...kept(value)] : kept(value);
}

function patch(target: Json, { op, path, value }: Json): void {
  const verb = String(op).toLowerCase();
  if (typeof path !== 'string' || path === core) {
    for (const [name, part] of Object.entries(isRecord(value) ? value : {})) write(target, name, part, verb);
    return;
  }
  const [, urn, name = '', type, part] = /^(urn:.*:)?([a-z]+)(?:\[type eq "(\w+)"\])?(?:\.(\w+))?$/i.exec(path) ?? [];
  const holder = urn === undefined ? target : ((target[urn.slice(0, -1)] ?? {}) as Json);
  const own = Object.keys(holder).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
  if (type === undefined && part === undefined) {
    if (verb === 'remove') delete holder[own];
    else write(holder, own, value, verb);
    return;
  }
  const inner = holder[own];
  if (!Array.isArray(inner)) {
    if (isRecord(inner) && part !== undefined) inner[part] = value;
    return;
  }
  const changed = inner.map((one: Json) => {
    if (type !== undefined && one.type !== type) return one;
    if (verb === 'remove') return part === undefined ? undefined : { ...one, [part]: undefined };
    if (part !== undefined) return { ...one, [part]: value };
    return verb === 'add' && isRecord(value) ? { ...one, ...value } : value;
  });
  holder[own] = kept(changed);
}

const keyOf = (one: unknown): string => JSON.stringify(isRecord(one) ? one.value : one);
const missing = (before: unknown, after: unknown): boolean => {
  const left = new Set([after ?? []].flat().map(keyOf));
  return [before ?? []].flat().some((one) => !left.has(keyOf(one)));
};

/** What is lost of what only Deprovisioning may take. */
function losses(before: ReturnType<typeof newState>, after: ReturnType<typeof newState>): string[] {
  const [user, now] = [before.Users.u1 as Json, after.Users.u1 as Json];
  const [group, groupNow] = [before.Groups.g1 as Json, after.Groups.g1 as Json];
  const [extension, extensionNow] = [user[acme] as Json, now[acme] as Json | undefined];
  return [
    ...(now.active === true || String(now.active).toLowerCase() === 'true' ? [] : ['active']),
    ...['emails', 'phoneNumbers'].filter((name) => kept(now[name] ?? []).length === 0),
    ...(missing(user.roles, now.roles) ? ['roles'] : []),
    ...(missing(user.licenses, now.licenses) ? ['licenses'] : []),
    ...(missing(extension.keys, extensionNow?.keys) ? ['keys'] : []),
    ...(missing(group.members, groupNow.members) ? ['members'] : []),
  ];
}

const anything = fc.constantFrom<unknown>(
  ...[true, false, 'False', null, '', ' ', 0, 5, 'x', [], [{}], [''], [[]], [null], [0], {}, [' ']],
  ...[{ type: 'work' }, [{ type: 'work' }], { value: '' }, { value: 'x' }, [{ value: ' ' }], [{ value: 'x' }]],
  ...[[{ value: 'a' }, { type: 'home' }], { a: 1 }, [{ value: 0 }], { VALUE: 'x', value: '' }],
);
const names = ['active', 'emails', 'Emails', 'phoneNumbers', 'roles', 'licenses', 'members', 'title', 'name.givenName'];
// A text in an extension is taken for the value of an attribute that has one: see the decision.
const paths = [
  ...names,
  'emails[type eq "work"]',
  'emails[type eq "home"].value',
  'roles[type eq "work"]',
  'emails.value',
];
const inExtension = anything.filter((value) => typeof value !== 'string');
const plain = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 2 });
const attributes = fc.oneof(
  plain,
  fc.tuple(fc.constantFrom(core, core.toUpperCase()), plain).map(([urn, value]) => ({ [urn]: value })),
  inExtension.map((keys) => ({ [acme]: { keys } })),
);
const operation = fc.oneof(
  fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path: fc.constantFrom(...paths), value: anything }),
  fc.record({
    op: fc.constantFrom('add', 'replace', 'Replace'),
    path: fc.constant(`${acme}:keys`),
    value: inExtension,
  }),
  fc.record({ op: fc.constantFrom('add', 'replace'), value: attributes }),
  fc.record({ op: fc.constantFrom('add', 'replace'), path: fc.constant(core), value: plain }),
);
const target = fc.constantFrom(['Users', 'u1'] as const, ['Groups', 'g1'] as const);
const request = fc.oneof(
  fc.record({
    method: fc.constant('PATCH'),
    target,
    body: fc.record({ Operations: fc.array(operation, { minLength: 1, maxLength: 2 }) }),
  }),
  fc.record({ method: fc.constantFrom('POST', 'DELETE'), target, body: attributes }),
  fc.record({
    method: fc.constant('PUT'),
    target,
    body: fc
      .tuple(
        attributes,
        // Mostly what has to be said of a user, or nearly all would be refused for want of it.
        fc.constantFrom<Json>(...Array(6).fill({ active: true }), { active: false }, { active: 'False' }, {}),
        fc.constantFrom<Json>(
          {},
          {},
          { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] },
          { schemas: ['urn:x:Group'] },
        ),
      )
      .map((parts) => Object.assign({}, ...parts) as Json),
  }),
);

function carryOut(
  state: ReturnType<typeof newState>,
  { method, target: [type, id], body }: { method: string; target: readonly ['Users' | 'Groups', string]; body: object },
): void {
  const resource = state[type][id] as Json;
  if (method === 'DELETE') state[type][id] = {};
  else if (method === 'POST') for (const [name, value] of Object.entries(body)) write(resource, name, value, 'replace');
  else for (const one of (body as { Operations: Json[] }).Operations) patch(resource, one);
}

/** What a PUT takes that Provisioning alone may not: what it leaves out besides, the caller has chosen to lose (decision 0004). */
function lossesOfPut(type: 'Users' | 'Groups', body: Json): string[] {
  const given = (name: string) => Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1];
  const isNothing = (value: unknown) => {
    const values = [value].flat();
    return values.length === 0 || values.some((one) => isNone(isRecord(one) ? { ...one, type: '' } : one));
  };
  const keys = (body[acme] as Json | undefined)?.keys;
  return [
    ...(type === 'Groups' || given('members') !== undefined || String(body.schemas).endsWith(':Group')
      ? ['a group']
      : []),
    ...(String(given('active')).toLowerCase() === 'true' ? [] : ['active']),
    ...('roles' in body && isNothing(body.roles) ? ['roles'] : []),
    ...(Array.isArray(keys) && isNothing(keys) ? ['keys'] : []),
  ];
}

function judge(allowed: Permission): { readonly passed: number; readonly refused: number; readonly puts: number } {
  let [passed, refused, puts] = [0, 0, 0];
  fc.assert(
    fc.property(request, ({ method, target: [type, id], body }) => {
      const sent = { method: method as 'PATCH', route: `/${type}/{id}`, params: { id }, body };
      const isAllowed = permissionsRequiredBy(sent).every(({ permission }) => permission === allowed);
      if (isAllowed) passed += 1;
      else refused += 1;
      if (!isAllowed) return;
      if (method === 'PUT') {
        puts += 1;
        expect(allowed === 'provisioning' ? lossesOfPut(type, body as Json) : ['it was made']).toEqual([]);
        return;
      }
      const after = newState();
      carryOut(after, { method, target: [type, id], body });
      if (allowed === 'provisioning') expect(losses(newState(), after)).toEqual([]);
      else expect(gains(newState(), after)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  return { passed, refused, puts };
}

/** What is there that was not, or is another, beyond what Deprovisioning may do: `active` off, members out, a resource gone. */
function gains(before: ReturnType<typeof newState>, after: ReturnType<typeof newState>): string[] {
  const pairs = [
    [before.Users.u1, after.Users.u1],
    [before.Groups.g1, after.Groups.g1],
  ] as [Json, Json][];
  return pairs.flatMap(([was, is]) =>
    Object.keys(is).filter((name) => {
      if (name === 'active') return is.active !== true && String(is.active).toLowerCase() !== 'false';
      if (name === 'members') return missing(is.members, was.members);
      return JSON.stringify(is[name]) !== JSON.stringify(was[name]);
    }),
  );
}

test.each(['provisioning', 'deprovisioning'] as const)(
  'on a server that does all it is told, %s alone loses and makes nothing that was not allowed',
  (allowed) => {
    const { passed, refused, puts } = judge(allowed);
    expect(passed).toBeGreaterThan(allowed === 'provisioning' ? 500 : 50);
    expect(refused).toBeGreaterThan(500);
    if (allowed === 'provisioning') expect(puts).toBeGreaterThan(100);
  },
);
