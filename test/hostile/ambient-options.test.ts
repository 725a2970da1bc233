import dns from 'node:dns';
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';
import { fieldNames } from '../../src/connection/form-fields.js';
import {
  connect,
  formatCheckReport,
  parseConnectionConfig,
  publicHostsOnly,
  readConnectionConfigFromEnv,
  redactConnectionConfig,
  ScimClient,
} from '../../src/index.js';
import { applyPatch, bulk, diffPatch, matchesFilter, parsePath } from '../../src/scim/index.js';
import { createEmulator, createTestClock, seedEvents } from '../../src/testing/index.js';

/** Read with `in`, or destructured with a default, or the name of an option: all that code finds on a prototype unawares. */
function namesRead(file: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
      ts.isStringLiteral(node.left)
    )
      names.push(node.left.text);
    if (ts.isCallExpression(node) && /^(?:has|Object\.hasOwn)$/.test(node.expression.getText())) {
      const [, name] = node.arguments;
      if (name !== undefined && ts.isStringLiteral(name)) names.push(name.text);
    }
    if (ts.isBindingElement(node) && node.initializer !== undefined && ts.isObjectBindingPattern(node.parent))
      names.push((node.propertyName ?? node.name).getText());
    if (ts.isPropertyAssignment(node) && node.initializer.kind === ts.SyntaxKind.TrueKeyword)
      names.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return names;
}

/** Looked for by what is not ours to change, or on objects of it. */
const ofOthers: Readonly<Record<string, string>> = {
  isKyError: 'ky has it on its prototype',
  getReader: 'of streams, which have it on their prototype',
  utf8Slice: 'of Buffer, which has it on its prototype',
  advance: 'of any clock of a test',
  credentials: 'read by `Request`',
  mode: 'read by `Request`',
  body: 'read by `Request`, which refuses every GET: nothing is sent',
  when: 'read by zod',
  value: 'read by Object.defineProperty',
  writable: 'read by Object.defineProperty',
  enumerable: 'read by Object.defineProperty',
  schema: 'read by zod',
  required: 'read by the converters of Web IDL in `fetch`',
  active: 'of a user: a server may leave it out',
  groups: 'of a user: a server may leave it out',
  members: 'of a group: a server may leave it out',
  externalId: 'of a user: a server may leave it out',
  type: 'of a member: a server may leave it out',
  multiValued: 'of an attribute of a schema that a caller gives',
  caseExact: 'of an attribute of a schema that a caller gives',
  subAttributes: 'of an attribute of a schema that a caller gives',
  canonicalValues: 'of an attribute of a schema that a caller gives',
  referenceTypes: 'of an attribute of a schema that a caller gives',
  givenName: 'of a user: a server may leave it out',
  familyName: 'of a user: a server may leave it out',
  is_scim_managed: 'of a member: a server may leave it out',
  set: 'read by Object.defineProperty',
  get: 'read by Object.defineProperty',
  undefined: 'no name',
};
const names = [
  ...new Set([...globSync('src/**/*.ts', { exclude: ['src/command/**'] }).flatMap(namesRead), ...fieldNames]),
].filter((name) => /^\w+$/.test(name) && ofOthers[name] === undefined);
/** Some at a time: each takes a whole world. */
const atATime = 32;
const groups = Array.from({ length: Math.ceil(names.length / atATime) }, (_, index) =>
  names.slice(index * atATime, (index + 1) * atATime),
);

const everything = { provisioning: true, deprovisioning: true } as const;
let hostileValues: Readonly<Record<string, unknown>> = {
  access: everything,
  baseUrl: 'https://evil.example',
  scimBaseUrl: 'https://evil.example/scim',
  complianceBaseUrl: 'https://evil.example/v1',
  token: 'se_evil',
  headers: { 'x-evil': '1' },
  fetch: () => Promise.reject(new Error('evil')),
  filter: 'userName eq "evil"',
  attributes: ['evil'],
  excludedAttributes: ['userName'],
  body: { evil: true },
  query: [['evil', '1']],
  derivedFrom: { before: {}, operations: [] },
  // Node itself reads it from there, of what a listener is added with.
  signal: new AbortController().signal,
  deadlineMs: 1,
  timeoutMs: 1,
  eventTypes: ['EVIL_LOG'],
  cursor: 'cursor:1:evil',
};

let hidden = 0;
function pollute(target: object, name: string): () => void {
  const value = hostileValues[name] ?? true;
  const read = () => (hidden > 0 ? undefined : value);
  // As an assignment would have it, but for the emulator: it is another process in real life.
  const set = function (this: object, own: unknown) {
    Object.defineProperty(this, name, { value: own, configurable: true, enumerable: true, writable: true });
  };
  Object.defineProperty(target, name, { get: read, set, configurable: true, enumerable: false });
  return () => Reflect.deleteProperty(target, name);
}

let usual: string | undefined;
/** Everything that can be called, on a small world, with what was requested meanwhile. */
async function driveEverything(start = (): (() => void) => () => {}): Promise<string> {
  const told: unknown[] = [];
  const emulator = createEmulator({ scim: { mode: 'rfc' }, clock: createTestClock({ skipsWaits: true }) });
  seedEvents(emulator, { eventType: 'AUTH_LOG', count: 5 });
  const form = emulator.connectionConfig(everything);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    hidden += 1;
    try {
      const headers = [...new Headers(init?.headers)].filter(([name]) => name !== 'authorization');
      told.push([init?.method, String(input).replace(/\?expires=.*$/, ''), headers, init?.body]);
      const answer = await emulator.fetch(input, init);
      return answer;
    } finally {
      hidden -= 1;
    }
  };
  const tell = async (work: () => unknown) => {
    try {
      const result = await work();
      if (typeof result !== 'object' || result === null) told.push(result);
      else if (Symbol.asyncIterator in result)
        for await (const item of result as AsyncIterable<unknown>) told.push(item);
      else told.push(JSON.stringify(result));
    } catch (error) {
      told.push(String(error));
    }
  };
  const stop = start();
  try {
    const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });
    told.push(config, redactConnectionConfig(form));
    await tell(() => readConnectionConfigFromEnv({ CHATGPT_SCIM_TOKN: 'x' }));
    const reader = new ScimClient({ baseUrl: config.scimBaseUrl, token: config.scimToken, fetch, rateLimit: false });
    told.push(reader.access);
    for (const profile of ['rfc', 'workos'] as const) {
      const userName = `${profile}@north.example`;
      const emails = [{ value: userName, primary: true }];
      const connection = connect(config, { fetch, clock: emulator.clock, rateLimit: false, scim: { profile } });
      const { users, groups } = connection.scim as unknown as ScimClient<'provisioning' | 'deprovisioning'>;
      const { id } = await users.create({
        userName,
        active: true,
        emails,
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      });
      await tell(() => users.get(id));
      await tell(() => users.list());
      await tell(() => users.iterate());
      await tell(() => users.find({ userName }));
      await tell(() => users.search());
      await tell(() => users.count());
      await tell(() => users.upsert({ userName, title: 'Lead', active: true }));
      await tell(() => users.replace(id, { userName, active: true, emails }));
      await tell(() => users.patch(id, [{ op: 'replace', path: 'title', value: 'Head' }]));
      await tell(() => users.deactivate(id));
      await tell(() => users.activate(id));
      const group = await groups.create({ displayName: profile });
      await tell(() => groups.addMembers(group.id, [id]));
      await tell(() => groups.removeMembers(group.id, [id]));
      await tell(() => groups.delete(group.id));
      const data = { userName: `b${userName}`, emails: [{ value: `b${userName}`, primary: true }] };
      await tell(() => bulk(connection.scim as never, [{ method: 'POST', path: '/Users', bulkId: 'b', data }]));
      await tell(() => connection.scim.serviceProviderConfig());
      await tell(() => connection.scim.schemas());
      await tell(async () =>
        formatCheckReport({ ...(await connection.check()), durationMs: 0 }).replace(/\d+ ms/g, ''),
      );
      await tell(() => connection.roster());
      const logs = connection.auditLogs;
      await tell(() => logs.events({ eventTypes: ['AUTH_LOG'] }));
      await tell(() => logs.batches({ eventTypes: ['AUTH_LOG'] }));
      await tell(() => logs.files({ eventTypes: ['AUTH_LOG'] }));
      await tell(() => logs.maxEventTime({ eventTypes: ['AUTH_LOG'] }));
      await connection.close();
    }
    told.push(matchesFilter('emails.value sw "a"', { emails: [{ value: 'A' }] }), parsePath('name.givenName'));
    told.push(diffPatch({ title: 'a', nickName: 'b' }, { title: 'c' }));
    told.push(applyPatch({ title: 'a' }, [{ op: 'replace', path: 'title', value: 'b' }]));
  } finally {
    stop();
  }
  // Two workspaces are read side by side: whose answer comes first is not always the same.
  return told
    .map((one) => JSON.stringify(one))
    .sort()
    .join('\n');
}

describe('what somebody put on a prototype of all objects is no option', () => {
  it('a read-only client stays read-only', async () => {
    const stop = pollute(Object.prototype, 'access');
    try {
      const client = new ScimClient({ baseUrl: 'https://x.example/scim', token: 'se_x' });
      expect(client.access).toEqual({ provisioning: false, deprovisioning: false });
    } finally {
      stop();
    }
  });

  it('nobody is removed by adding, and no host is public that is not', async () => {
    const lookup = vi.spyOn(dns.promises, 'lookup').mockResolvedValue([{ address: '10.0.0.1', family: 4 }] as never);
    const emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
    const { users, groups } = emulator.store;
    const [a, b] = [users.add({ userName: 'a@x.example' }), users.add({ userName: 'b@x.example' })];
    const group = groups.add({ displayName: 'G', members: [{ value: b }] });
    const { baseUrl, token } = emulator.scim;
    const client = new ScimClient({ baseUrl, token, access: everything, fetch: emulator.fetch, profile: 'rfc' });
    hostileValues = { ...hostileValues, add: [b], remove: [b], lookup: async () => ['93.184.215.14'] };
    const undo = ['add', 'remove', 'lookup'].map((name) => pollute(Object.prototype, name));
    try {
      await client.groups.addMembers(group, [a]);
      expect(await publicHostsOnly(new URL('https://vault.x.com'))).toBe(false);
      expect(await publicHostsOnly(new URL('https://vault.x.com'), {})).toBe(false);
    } finally {
      for (const one of undo) one();
      lookup.mockRestore();
    }
    expect(groups.get(group)?.members).toMatchObject([{ value: b }, { value: a }]);
  });

  it.each(groups.map((group) => [group.join(', '), group] as const))(
    '%s',
    { timeout: 30_000 },
    async (_names, group) => {
      usual ??= await driveEverything();
      const polluted = await driveEverything(() => {
        const undo = group.flatMap((name) => [
          ...(name in [] ? [] : [pollute(Array.prototype, name)]),
          pollute(Object.prototype, name),
        ]);
        return () => {
          for (const one of undo) one();
        };
      });
      expect(polluted).toBe(usual);
    },
  );
});
