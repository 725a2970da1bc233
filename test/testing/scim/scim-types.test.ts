import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askFor, askScim, newUser, patchOf } from '../support/ask-scim.js';

const world = () => {
  const emulator = createEmulator({
    world: 'empty',
    clock: createTestClock(),
    scim: { mode: 'rfc', quirks: { maxRootResults: 0, maxPageSize: 10 } },
  });
  const id = emulator.store.users.add({ userName: 'mira', emails: [{ value: 'm@a.example', type: 'work' }] });
  emulator.store.users.add({ userName: 'jonas' });
  return { emulator, id };
};

type World = ReturnType<typeof world>;
const patch = ({ emulator, id }: World, operation: object) =>
  askScim(emulator, 'PATCH', `/Users/${id}`, patchOf(operation));
const firstCursor = async ({ emulator }: World) =>
  (await askScim(emulator, 'GET', '/Users?count=1&cursor=')).body.nextCursor as string;

const refusals: readonly [
  string,
  number,
  (world: World) => Promise<{ status: number; body: { scimType?: string } }>,
][] = [
  ['invalidFilter', 400, ({ emulator }) => askFor(emulator, '/Users', 'userName eq')],
  ['invalidFilter', 400, ({ emulator }) => askFor(emulator, '/Users', 'active gt true')],
  ['tooMany', 400, ({ emulator }) => askScim(emulator, 'GET', '/')],
  ['uniqueness', 409, ({ emulator }) => askScim(emulator, 'POST', '/Users', newUser('MIRA'))],
  ['uniqueness', 409, ({ emulator, id }) => askScim(emulator, 'PUT', `/Users/${id}`, newUser('jonas'))],
  ['uniqueness', 409, (all) => patch(all, { op: 'replace', path: 'userName', value: 'Jonas' })],
  ['mutability', 400, (all) => patch(all, { op: 'replace', path: 'id', value: 'x' })],
  ['mutability', 400, (all) => patch(all, { op: 'add', path: 'groups', value: [{ value: 'g' }] })],
  ['invalidSyntax', 400, ({ emulator }) => askScim(emulator, 'POST', '/Users', '{"schemas":')],
  ['invalidSyntax', 400, ({ emulator }) => askScim(emulator, 'POST', '/Users', { userName: 'x' })],
  ['invalidSyntax', 400, ({ emulator, id }) => askScim(emulator, 'PATCH', `/Users/${id}`, { Operations: [] })],
  ['invalidPath', 400, (all) => patch(all, { op: 'replace', path: 'name..x', value: 1 })],
  ['noTarget', 400, (all) => patch(all, { op: 'replace', path: 'emails[type eq "home"].value', value: 'x@a.example' })],
  ['noTarget', 400, (all) => patch(all, { op: 'remove' })],
  ['invalidValue', 400, ({ emulator }) => askScim(emulator, 'POST', '/Users', newUser(''))],
  ['invalidValue', 400, ({ emulator }) => askScim(emulator, 'POST', '/Users', newUser('x', { active: 'yes' }))],
  ['invalidValue', 400, ({ emulator }) => askScim(emulator, 'GET', '/Users?attributes=title&excludedAttributes=name')],
  ['sensitive', 403, ({ emulator }) => askFor(emulator, '/Users', 'password eq "x"')],
  ['invalidCursor', 400, ({ emulator }) => askScim(emulator, 'GET', '/Users?cursor=unknown')],
  [
    'invalidCursor',
    400,
    async (all) => askScim(all.emulator, 'GET', `/Groups?count=1&cursor=${await firstCursor(all)}`),
  ],
  ['invalidCount', 400, async (all) => askScim(all.emulator, 'GET', `/Users?count=2&cursor=${await firstCursor(all)}`)],
  ['invalidCount', 400, ({ emulator }) => askScim(emulator, 'GET', '/Users?count=11&cursor=')],
  [
    'expiredCursor',
    400,
    async (all) => {
      const cursor = await firstCursor(all);
      all.emulator.clock.advance(601_000);
      return askScim(all.emulator, 'GET', `/Users?count=1&cursor=${cursor}`);
    },
  ],
];

test.each(refusals)('refuses with %s (%i)', async (scimType, status, ask) => {
  const all = world();
  await using _emulator = all.emulator;
  const answer = await ask(all);
  expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
  expect(answer.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
  });
});

test('refuses another protocol version with invalidVers, and another tenant with 404', async () => {
  const { emulator } = world();
  await using _emulator = emulator;
  const headers = { authorization: `Bearer ${emulator.scim.token}` };
  const other = await emulator.fetch(`${emulator.scim.baseUrl.replace('v2.0', 'v1.1')}/Users`, { headers });
  expect(await other.json()).toMatchObject({ scimType: 'invalidVers' });
  expect((await emulator.fetch(`${emulator.scim.baseUrl}x/Users`, { headers })).status).toBe(404);
});

test('refuses a body under another content type', async () => {
  const { emulator } = world();
  await using _emulator = emulator;
  const answer = await askScim(emulator, 'POST', '/Users', newUser('x'), { 'content-type': 'text/plain' });
  expect(answer.status).toBe(415);
});
