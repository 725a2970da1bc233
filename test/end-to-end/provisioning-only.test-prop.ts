import { isSdkError } from 'chatgpt-enterprise-sdk';
import { type Emulator, type EmulatorOptions, scimQuirks } from 'chatgpt-enterprise-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { openWorld } from './support/open-world.js';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const acmeUrn = 'urn:acme:2.0:User';

const servers: readonly [string, EmulatorOptions['scim']][] = [
  ['WorkOS', {}],
  ['the RFCs', { mode: 'rfc' }],
  ['the RFCs, as tolerant as for Entra ID', { mode: 'rfc', quirks: scimQuirks.entra }],
  ['no PATCH', { mode: 'rfc', quirks: scimQuirks.withoutPatch }],
  ['booleans as text', { mode: 'rfc', quirks: { ...scimQuirks.handMade, discovery: true } }],
];

/** Changes how a name is written, in ways that a server may read as the same name. */
const spelled = (name: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(name) },
    fc.mixedCase(fc.constant(name)),
    fc.constantFrom(
      ` ${name}`,
      `${name} `,
      `${name}\u00a0`,
      `\ufeff${name}`,
      `${name}\u200b`,
      `"${name}"`,
      `${name}.value`,
    ),
    fc.constantFrom(
      `${userUrn}:${name}`,
      `${groupUrn}:${name}`,
      `${userUrn.toUpperCase()}:${name}`,
      `${name}.`,
      `${name}[]`,
    ),
    fc.constant(name.replace('i', 'İ').replace('e', 'е')),
  );

const off = fc.constantFrom<unknown>(
  false,
  'false',
  'False',
  ' FALSE',
  0,
  '0',
  null,
  '',
  [],
  [false],
  { value: false },
  {},
  'no',
  true,
  'True',
);
const ids = { user: '', other: '', group: '' };
const members = fc.constantFrom<() => unknown>(
  () => [],
  () => null,
  () => [{ value: ids.user }],
  () => ({ value: ids.other }),
  () => [{ value: ids.user, operation: 'delete' }],
  () => [{ value: ids.user, Operation: 'Delete' }, null],
  () => [[]],
  () => '',
  () => ({}),
);
const lists = fc.constantFrom<() => unknown>(
  () => [],
  () => null,
  () => [{ value: 'reader' }],
  () => [{ value: 'auditor', operation: 'delete' }],
  () => '',
);

/** An attribute that takes something away, under one of its names and in one of its shapes. */
const attribute: fc.Arbitrary<[string, () => unknown]> = fc.oneof(
  fc.tuple(
    spelled('active'),
    off.map((value) => () => value),
  ),
  fc.tuple(spelled('members'), members),
  fc.tuple(fc.oneof(spelled('roles'), spelled('entitlements')), lists),
  fc.tuple(
    fc.constantFrom('roles', 'roles.value', 'tools', `${userUrn}:tools`),
    fc.constantFrom<() => unknown>(
      () => ({}),
      () => '',
      () => 'none',
      () => ({ value: 'none' }),
    ),
  ),
  // A text in the place of a list of an extension is taken for the value of an attribute that has one (decision 0004).
  fc.tuple(
    fc.constantFrom(acmeUrn, `${acmeUrn}:licences`),
    fc.constantFrom<() => unknown>(
      () => ({}),
      () => '',
      () => ({ value: 'none' }),
      () => ({ licences: '' }),
    ),
  ),
  fc.tuple(
    fc.constantFrom(userUrn, groupUrn, enterpriseUrn, 'name', 'meta'),
    off.map((value) => () => ({ active: value, members: [] })),
  ),
  fc.tuple(
    fc.constantFrom('title', 'displayName', 'userName'),
    fc.constantFrom(
      () => 'Someone',
      () => null,
    ),
  ),
  fc.tuple(
    fc.constantFrom('__proto__', 'constructor', '$ref', 'id', 'schemas'),
    off.map((value) => () => ({ active: value })),
  ),
);

const bodyOf = (attributes: readonly [string, () => unknown][]) =>
  Object.defineProperties(
    {},
    Object.fromEntries(attributes.map(([key, make]) => [key, { value: make(), enumerable: true, configurable: true }])),
  );

const verb = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('add', 'replace', 'remove') },
  fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace', 'REMOVE', ' replace', 'delete', 'move', 'test'),
);
const filters = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  fc.constantFrom(
    '',
    '[value pr]',
    '[value eq "x" or value pr]',
    '[type eq "User"]',
    '[not (value eq "x")]',
    '[',
    '[]',
    '[value ne ""].value',
    '[value eq "auditor"]',
    '[value eq "auditor"].value',
    '[primary eq true]',
  ),
);
const opKey = fc.constantFrom('op', 'op', 'op', 'Op', 'OP');
const valueKey = fc.constantFrom('value', 'value', 'value', 'Value', 'VALUE');
const pathKey = fc.constantFrom('path', 'path', 'path', 'Path');

const operation: fc.Arbitrary<() => object> = fc.oneof(
  fc.tuple(verb, attribute, filters, opKey, pathKey, valueKey).map(([op, [path, make], filter, o, p, v]) => () => ({
    [o]: op,
    [p]: `${path}${filter}`,
    [v]: make(),
  })),
  fc
    .tuple(verb, fc.array(attribute, { minLength: 1, maxLength: 3 }), opKey, valueKey)
    .map(([op, list, o, v]) => () => ({ [o]: op, [v]: bodyOf(list) })),
  // Two values, one of them harmless: which does a server read?
  fc.tuple(attribute, attribute).map(([[path, make], [, other]]) => () => ({
    op: 'replace',
    path,
    value: other(),
    Value: make(),
  })),
  fc.tuple(attribute).map(([[path, make]]) => () => ({
    op: 'add',
    OP: 'remove',
    path,
    PATH: 'members',
    value: make(),
  })),
  fc.tuple(attribute).map(([[path, make]]) => () => ({ op: 'replace', path: [path], value: [make()] })),
  fc.tuple(attribute).map(([pair]) => () => ({ op: 'replace', value: [bodyOf([pair])] })),
  fc.tuple(attribute).map(([pair]) => () => ({ op: 'replace', value: JSON.stringify(bodyOf([pair])) })),
  fc.tuple(attribute).map(([pair]) => () => ({ op: 'replace', path: null, value: bodyOf([pair]) })),
  fc.tuple(attribute).map(([pair]) => () => ({ op: 'replace', path: '', value: bodyOf([pair]) })),
  // What JSON.stringify sends is not what the object shows.
  fc.tuple(attribute).map(([pair]) => () => ({
    op: 'replace',
    path: 'title',
    value: 'x',
    toJSON: () => ({ op: 'replace', value: bodyOf([pair]) }),
  })),
  // What it answers to the judge is not what it answers to the next who asks.
  fc.tuple(verb, attribute).map(([op, [path, make]]) => () => {
    let asked = 0;
    return {
      op,
      get path() {
        asked += 1;
        return asked % 2 === 1 ? 'title' : path;
      },
      value: make(),
    };
  }),
  fc.tuple(attribute).map(([pair]) => () => ({ op: 'replace', path: 'title', value: 'x', ...bodyOf([pair]) })),
);

type Step = readonly [name: string, run: (connection: ReturnType<typeof openWorld>['connection']) => Promise<unknown>];

const loose = (value: unknown) => value as never;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .array(operation, { minLength: 1, maxLength: 3 })
    .map((list): Step => ['users.patch', ({ scim }) => scim.users.patch(ids.user, loose(list.map((make) => make())))]),
  fc
    .array(operation, { minLength: 1, maxLength: 3 })
    .map(
      (list): Step => ['groups.patch', ({ scim }) => scim.groups.patch(ids.group, loose(list.map((make) => make())))],
    ),
  fc
    .tuple(fc.array(attribute, { maxLength: 4 }), fc.constantFrom({}, { active: true }))
    .map(
      ([list, active]): Step => [
        'users.replace',
        ({ scim }) =>
          scim.users.replace(ids.user, loose({ userName: 'kept@north.example', ...active, ...bodyOf(list) })),
      ],
    ),
  fc
    .array(attribute, { maxLength: 4 })
    .map(
      (list): Step => [
        'groups.replace',
        ({ scim }) => scim.groups.replace(ids.group, loose({ displayName: 'Kept', ...bodyOf(list) })),
      ],
    ),
  fc
    .array(attribute, { maxLength: 3 })
    .map(
      (list): Step => [
        'users.upsert',
        ({ scim }) => scim.users.upsert(loose({ userName: 'kept@north.example', ...bodyOf(list) })),
      ],
    ),
  fc
    .array(attribute, { maxLength: 3 })
    .map(
      (list): Step => [
        'groups.upsert',
        ({ scim }) => scim.groups.upsert(loose({ displayName: 'Kept', ...bodyOf(list) })),
      ],
    ),
  fc.array(operation, { minLength: 1, maxLength: 2 }).chain((list) =>
    fc.constantFrom('PATCH', 'patch', 'PUT', 'DELETE', 'Delete', 'POST').map(
      (method): Step => [
        'bulk',
        ({ scim }) =>
          bulk(
            scim,
            loose([
              {
                method,
                path: `/Users/${ids.user}`,
                data: {
                  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
                  Operations: list.map((make) => make()),
                },
              },
              { method, path: `/groups/${ids.group}`, data: { Operations: list.map((make) => make()) } },
              { method: 'POST', Method: 'DELETE', path: `/Users/${ids.user}`, data: {} },
              {
                method: 'POST',
                path: '/Bulk',
                data: { Operations: [{ method: 'DELETE', path: `/Users/${ids.user}` }] },
              },
            ]),
          ),
      ],
    ),
  ),
  // One write at a time, at paths that lead elsewhere than they say.
  fc
    .tuple(
      fc.constantFrom('PATCH', 'PUT', 'POST', 'DELETE'),
      fc.constantFrom(
        '/Users/',
        '/Groups/',
        '/groups;v=1/',
        '/Gro\nups/',
        '\\Groups\\',
        '/Users/../Groups/',
        'Groups/',
      ),
      fc.array(operation, { minLength: 1, maxLength: 2 }),
      fc.array(attribute, { maxLength: 2 }),
    )
    .map(
      ([method, path, list, attributes]): Step => [
        `bulk ${method}`,
        ({ scim }) =>
          bulk(
            scim,
            loose([
              {
                method,
                path: path + (path === '/Users/' ? ids.user : ids.group),
                data:
                  method === 'PATCH'
                    ? { Operations: list.map((make) => make()) }
                    : { userName: 'kept@north.example', displayName: 'Kept', active: true, ...bodyOf(attributes) },
              },
            ]),
          ),
      ],
    ),
  fc.constantFrom<Step>(
    // Goes through, and teaches the client that there is no PATCH, where there is none.
    ['users.patch', ({ scim }) => scim.users.patch(ids.user, [{ op: 'replace', path: 'title', value: 'Lead' }])],
    ['users.patch', ({ scim }) => scim.users.patch(ids.user, [{ op: 'remove', path: 'roles' }])],
    ['addMembers', ({ scim }) => scim.groups.addMembers(ids.group, loose([{ value: ids.other, operation: 'delete' }]))],
    [
      'custom',
      ({ scim }) =>
        scim
          .resource({ endpoint: '/Groups', schema: { id: groupUrn, attributes: {} } })
          .replace(ids.group, loose({ displayName: 'Kept' })),
    ],
    [
      'custom',
      ({ scim }) =>
        scim
          .resource({ endpoint: '/x/../Groups', schema: { id: 'urn:x', attributes: {} } })
          .replace(ids.group, loose({ displayName: 'Kept', active: true })),
    ],
    [
      'custom',
      ({ scim }) => scim.users.replace(`x/../../Groups/${ids.group}`, loose({ userName: 'Kept', active: true })),
    ],
    [
      'custom',
      ({ scim }) =>
        scim
          .resource({ endpoint: '/gROUPS/', schema: { id: groupUrn, attributes: {} } })
          .replace(ids.group, loose({ displayName: 'Kept' })),
    ],
  ),
);

/** What someone may do, and lose: being there, being active, being a member, holding a role. */
function holdings(emulator: Emulator): Set<string> {
  const held = new Set<string>();
  for (const user of emulator.store.users.list()) {
    held.add(`user ${user.id}`);
    if (user.active !== false && String(user.active).toLowerCase() !== 'false') held.add(`active ${user.id}`);
  }
  for (const group of emulator.store.groups.list()) {
    held.add(`group ${group.id}`);
    for (const { value } of group.members ?? []) held.add(`member ${group.id} ${value}`);
  }
  return held;
}

/** Values of the lists that say what the user may do: of RFC 7643, of the server's own, and of an extension. */
const grantsOf = (emulator: Emulator): string[] => {
  const user: Readonly<Record<string, unknown>> = emulator.store.users.get(ids.user) ?? {};
  const acme = (user[acmeUrn] ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries({ roles: user.roles, tools: user.tools, licences: acme.licences }).flatMap(([name, list]) =>
    (Array.isArray(list) ? list : []).map((one) => `${name} ${one?.value}`),
  );
};

describe.each(servers)('With Provisioning alone, on a server of the kind: %s', (_name, scim) => {
  it('nobody is switched off, deleted or taken out of a group, whatever shape the input takes', async () => {
    let wrote = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const { connection, emulator } = openWorld({ provisioning: true, emulator: { world: 'empty', scim } });
        ids.user = emulator.store.users.add({
          userName: 'kept@north.example',
          active: true,
          emails: [{ value: 'kept@north.example', type: 'work', primary: true }],
          roles: [{ value: 'auditor' }, { value: 'reader' }],
          tools: [{ value: 'auditor' }, { value: 'x' }],
          [acmeUrn]: { licences: [{ value: 'auditor' }, { value: 'x' }] },
        });
        ids.other = emulator.store.users.add({
          userName: 'other@north.example',
          active: true,
          emails: [{ value: 'other@north.example', primary: true }],
        });
        ids.group = emulator.store.groups.add({
          displayName: 'Kept',
          externalId: 'Kept',
          members: [{ value: ids.user }, { value: ids.other }],
        });
        for (const [name, run] of steps) {
          const before = holdings(emulator);
          const grants = grantsOf(emulator);
          try {
            await run(connection);
          } catch (error) {
            // A TypeError is what a program in JavaScript deserves for some of these; nothing may be lost by it either.
            if (isSdkError(error) && error.code === 'access_denied') refused += 1;
          }
          const after = holdings(emulator);
          const last = emulator.requests.list().findLast(({ method }) => method !== 'GET');
          const what = `${name}: ${last?.method} ${last?.bodyText}`;
          expect(
            [...before].filter((one) => !after.has(one)),
            what,
          ).toEqual([]);
          // A PUT unsets what it leaves out, and nobody can tell from it what that is.
          if (name !== 'users.replace' && name !== 'bulk PUT')
            expect(grantsOf(emulator), what).toEqual(expect.arrayContaining(grants));
        }
        wrote += emulator.requests
          .list()
          .filter(({ method, status }) => method !== 'GET' && status !== undefined && status < 300).length;
      }),
      { numRuns: 600 },
    );
    // The walls were run into, and some of what was tried did go through.
    expect(refused).toBeGreaterThan(50);
    expect(wrote).toBeGreaterThan(5);
  });
});
