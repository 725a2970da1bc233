import { canDeprovision, canProvision, connect, type FullConfig, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { bulk, type ResourceDefinition, ScimClient, userResourceSchema } from 'chatgpt-enterprise-sdk/scim';
import { createEmulator, type Emulator, type EmulatorOptions } from 'chatgpt-enterprise-sdk/testing';
import { describe, expect, it } from 'vitest';
import { AccessDeniedError } from '../../src/errors/input-errors.js';
import { contextsOf } from '../../src/scim/client.js';
import { openWorld } from './support/open-world.js';
import { drain, publicFunctions } from './support/public-functions.js';

const isRead = ({ method, url }: { readonly method: string; readonly url: string }) =>
  method === 'GET' || (method === 'POST' && new URL(url).pathname.endsWith('/.search'));

const writesOf = (emulator: Emulator) =>
  emulator.requests
    .list()
    .flatMap((request) => (isRead(request) ? [] : [`${request.method} ${new URL(request.url).pathname}`]));

const stateOf = (emulator: Emulator) =>
  JSON.stringify([emulator.store.users.list(), emulator.store.groups.list(), emulator.scim.heldUsers()]);

/** Endpoints that might lead a request elsewhere than its route says. */
const crookedEndpoints = [
  '/Users?x=',
  '/Users#',
  '/Bulk?x=',
  '/Bulk#',
  '/Users/..',
  '/%42ulk',
  '/%47roups',
  '\\Bulk',
  '/Bu\tlk',
  '/Gro\nups',
  '/Users/%2e%2e/Bulk',
  '/x/../Bulk',
  '//storage.emulator.test/Users',
  '/Users;a=b',
  '/Users/.search?',
  '/Users/.search#',
];

/** Texts that would be a request of their own, or another one, where they reach the wire as they are. */
function smuggledTexts(id: string): readonly string[] {
  const request = `DELETE /scim/v2.0/Users/${id} HTTP/1.1`;
  return [
    ...['\r\n', '\n', '\r', '\u2028', '\u010d\u010a', '%0d%0a', '\0'].map(
      (end) => `1${end}${end}${request}${end}Host: x${end}${end}`,
    ),
    ...[
      '../Bulk',
      '..%2fBulk',
      '%2e%2e/Bulk',
      '.search',
      'x/../../Bulk',
      '?_method=DELETE',
      '#',
      '\\..\\Bulk',
      '//evil.example',
    ],
    ...['x" or active eq "false', '&_method=DELETE', '1&startIndex=2', 'DELETE', 'X-HTTP-Method-Override: DELETE'],
    ...[
      'X-HTTP-Method-Override',
      'X\tHTTP-Method-Override',
      'transfer-encoding',
      'content-length',
      'expect',
      'upgrade',
    ],
    id,
  ];
}

const definitionAt = (endpoint: string): ResourceDefinition => ({ endpoint, schema: userResourceSchema });

const worlds: readonly [string, EmulatorOptions][] = [
  ['WorkOS', {}],
  ['a server with everything', { scim: { mode: 'rfc', me: personUserName(0) } }],
];

function personUserName(index: number): string {
  return String(createEmulator().store.users.list()[index]?.userName);
}

const writes = ['create', 'upsert', 'replace', 'patch', 'delete'];

/** The methods that write, called although the type has none of them, that reject for want of a permission. */
async function refusedOf(resources: object, id: unknown): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const name of [...writes, 'activate', 'deactivate', 'addMembers', 'removeMembers', 'setMembers']) {
    const method: unknown = Reflect.get(resources, name);
    if (typeof method !== 'function') continue;
    const answer: unknown = method.call(resources, id, []);
    expect(answer).toBeInstanceOf(Promise);
    await expect(answer).rejects.toMatchObject({ code: 'access_denied', permission: expect.any(String) });
    refused.push(name);
  }
  return refused;
}

describe.each(worlds)('A read-only connection to %s', (_name, emulatorOptions) => {
  it('sends nothing but reads, whichever of its public functions is called with whatever', async () => {
    const { connection, emulator } = openWorld({ emulator: emulatorOptions });
    const before = stateOf(emulator);
    const user = emulator.store.users.list()[0];
    const group = emulator.store.groups.list()[0];
    const [file] = await drain(connection.auditLogs.files({ eventTypes: ['AUTH_LOG'] }), 1);
    const fixed = { deadlineMs: 5_000, maxRetries: 0 };
    const everything = { userName: 'smuggled@north.example', displayName: 'Smuggled', eventTypes: ['AUTH_LOG'] };
    const argumentLists: readonly (readonly unknown[])[] = [
      [],
      [fixed],
      [{}, fixed],
      [undefined, fixed],
      [user?.id, fixed],
      [{ userName: 'smuggled@north.example' }, fixed],
      [{ displayName: 'Smuggled' }, fixed],
      [everything, fixed],
      [{ eventTypes: ['AUTH_LOG'] }, fixed],
      [user?.id, everything, fixed],
      [group?.id, [user?.id], fixed],
      [user?.id, [{ op: 'replace', path: 'active', value: false }], fixed],
      [[{ method: 'DELETE', path: `/Users/${user?.id}` }], fixed],
      [{ ...definitionAt('/Users'), id: user?.id, ...everything }],
      [file],
    ];
    const called = new Set<string>();
    for (const { path, call } of publicFunctions(connection, 'connection')) {
      if (path.endsWith('.close') || path.includes('asyncDispose')) continue;
      for (const values of argumentLists) {
        if (path.endsWith('.follow')) continue;
        called.add(path);
        try {
          const results = await drain(call(...values));
          // A custom resource is an object of functions of its own.
          for (const result of results) {
            if (!path.endsWith('.resource') || typeof result !== 'object' || result === null) continue;
            for (const inner of publicFunctions(result, path))
              for (const given of argumentLists) await drain(inner.call(...given)).catch(() => {});
          }
        } catch {
          // What is refused is as good as what is read.
        }
      }
    }
    expect([...called].map((path) => path.replace('connection.', ''))).toEqual(
      expect.arrayContaining([
        'scim.users.list',
        'scim.users.iterate',
        'scim.groups.search',
        'scim.me',
        'auditLogs.events',
        'check',
        'roster',
      ]),
    );
    expect(emulator.requests.total).toBeGreaterThan(100);
    expect(writesOf(emulator)).toEqual([]);
    expect(stateOf(emulator) === before).toBe(true);
  });

  it('refuses every method that writes, whatever truth is put into its checkboxes', async () => {
    const { config, emulator, clock } = openWorld({ emulator: emulatorOptions });
    const user = emulator.store.users.list()[0];
    const asked = emulator.requests.total;
    for (const truth of ['true', 1, 'on', {}, [], 'false', Object(true), () => true]) {
      const forged = { ...config, provisioning: truth, deprovisioning: truth } as unknown as FullConfig;
      expect(() => connect(forged, { fetch: emulator.fetch, clock }).scim).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    }
    for (const truth of [false, undefined]) {
      const unticked = { ...config, provisioning: truth, deprovisioning: truth } as unknown as FullConfig;
      const { scim } = connect(unticked, { fetch: emulator.fetch, clock });
      expect(canProvision(scim) || canDeprovision(scim)).toBe(false);
      const writer = scim as unknown as ScimClient<'deprovisioning'>;
      const deletion = { method: 'DELETE', path: `/Users/${user?.id}` } as const;
      for (const list of [[deletion], [], undefined, [null]]) {
        await expect(bulk(writer, list as never)).rejects.toMatchObject({ code: 'access_denied' });
      }
      expect(await refusedOf(scim.users, user?.id)).toEqual([...writes, 'activate', 'deactivate']);
      expect(await refusedOf(scim.groups, user?.id)).toEqual([...writes, 'addMembers', 'removeMembers', 'setMembers']);
    }
    // Before anything is read or sent.
    expect(emulator.requests.total).toBe(asked);
  });

  it('stays read-only when the config or the access is changed behind its back', async () => {
    const emulator = createEmulator(emulatorOptions);
    const config = { ...parseConnectionConfig(emulator.connectionConfig(), { require: ['scim'] }) };
    const connection = connect(config, { fetch: emulator.fetch, scim: { rateLimit: false } });
    Object.assign(config, { provisioning: true, deprovisioning: true });
    expect(() => Object.assign(connection.scim.access, { provisioning: true })).toThrow(TypeError);
    Reflect.set(connection.scim, 'access', { provisioning: true, deprovisioning: true });
    const { users } = connection.scim;
    expect(await refusedOf(users, '1')).toEqual([...writes, 'activate', 'deactivate']);
    expect(await refusedOf(connection.scim.resource(definitionAt('/Users')), '1')).toEqual(writes);
    await drain(connection.check({ probeUser: String(emulator.store.users.list()[0]?.userName) }));
    expect(writesOf(emulator)).toEqual([]);
  });

  it('cannot be led elsewhere by the endpoint of a custom resource', async () => {
    const { connection, emulator } = openWorld({ emulator: emulatorOptions });
    const before = stateOf(emulator);
    const smuggled = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'smuggled@north.example',
      displayName: 'Smuggled',
      emails: [{ value: 'smuggled@north.example', type: 'work', primary: true }],
      Operations: [{ method: 'DELETE', path: `/Users/${emulator.store.users.list()[0]?.id}` }],
    };
    for (const endpoint of crookedEndpoints) {
      for (const send of ['search', 'find', 'list', 'get', 'count', 'iterate'] as const) {
        try {
          const custom = connection.scim.resource(definitionAt(endpoint));
          // biome-ignore lint/complexity/noBannedTypes: every public function is tried alike
          await drain((custom[send] as Function)(smuggled, { maxRetries: 0 }), 5);
        } catch {}
      }
    }
    expect(writesOf(emulator)).toEqual([]);
    expect(stateOf(emulator) === before).toBe(true);
  });

  it('cannot be led to a write by an id, a header or a query, with line breaks or without', async () => {
    const { connection, emulator } = openWorld({ emulator: emulatorOptions });
    const before = stateOf(emulator);
    const { users, groups } = connection.scim;
    const id = String(emulator.store.users.list()[0]?.id);
    for (const text of smuggledTexts(id)) {
      const how = { maxRetries: 0, deadlineMs: 5_000 };
      const attempts: (() => unknown)[] = [
        () => users.get(text, how),
        () => groups.get(text, how),
        () => users.list({ filter: text }, how),
        () => users.list({ cursor: text, sortBy: text, attributes: [text] }, how),
        () => users.search({ filter: text, sortBy: text, excludedAttributes: [text] }, how),
        () => users.find({ userName: text }, how),
        () => users.list({}, { ...how, headers: { 'x-note': text } }),
        () => users.list({}, { ...how, headers: { [text]: 'DELETE' } }),
        () => users.search({}, { ...how, headers: { 'content-type': text, accept: text } }),
      ];
      for (const run of attempts)
        await Promise.resolve()
          .then(run)
          .catch(() => {});
    }
    expect(writesOf(emulator)).toEqual([]);
    expect(stateOf(emulator) === before).toBe(true);
  });

  it('refuses by its transport alone what no method let through', async () => {
    const { connection, emulator } = openWorld({ emulator: emulatorOptions });
    const before = stateOf(emulator);
    const id = String(emulator.store.users.list()[0]?.id);
    const [users, groups] = contextsOf(connection.scim);
    const body = { userName: 'smuggled@north.example', active: true };
    // Also what needs nothing by what it says, since it changes nothing.
    const bodies = [body, {}, { Operations: [] }, { Operations: [{ op: 'add', path: 'title', value: 'Poet' }] }];
    for (const { server, route } of [users, groups]) {
      for (const send of [server.send.bind(server), server.transport.send.bind(server.transport)]) {
        for (const content of bodies) {
          await expect(send({ method: 'POST', route, body: content })).rejects.toBeInstanceOf(AccessDeniedError);
          for (const method of ['PUT', 'PATCH', 'DELETE', 'POST'] as const) {
            const request = { method, route: `${route}/{id}`, params: { id }, body: content };
            await expect(send(request)).rejects.toBeInstanceOf(AccessDeniedError);
          }
        }
        await expect(send({ method: 'POST', route: '/Bulk', body: { Operations: [] } })).rejects.toMatchObject({
          code: 'access_denied',
        });
      }
    }
    expect(emulator.requests.total).toBe(0);
    expect(stateOf(emulator) === before).toBe(true);
  });

  it('lets no header stand for another method', async () => {
    const { connection, emulator, config, clock } = openWorld({ emulator: emulatorOptions });
    // A server that reads its headers as CGI does takes an underscore for a hyphen.
    const names = ['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override', 'X_HTTP_METHOD_OVERRIDE'];
    for (const name of names) {
      const headers = { [name]: 'DELETE' };
      await expect(connection.scim.users.list({}, { headers, maxRetries: 0 })).rejects.toThrow();
      await expect(
        Promise.resolve().then(() => connect(config, { fetch: emulator.fetch, clock, headers }).scim.users.search({})),
      ).rejects.toThrow();
    }
    expect(
      emulator.requests.list().flatMap(({ headers }) => Object.keys(headers).filter((key) => /method/i.test(key))),
    ).toEqual([]);
  });
});

describe('A client with one checkbox', () => {
  it('refuses by its transport alone what needs the other', async () => {
    const emulator = createEmulator({ scim: { mode: 'rfc' } });
    const { baseUrl, token } = emulator.scim;
    const id = String(emulator.store.users.list()[0]?.id);
    const sendWith = (access: { provisioning?: boolean; deprovisioning?: boolean }) => {
      const [{ server, route }] = contextsOf(new ScimClient({ baseUrl, token, fetch: emulator.fetch, access }));
      return (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', body?: object) =>
        server.transport.send({
          method,
          route: method === 'POST' ? route : `${route}/{id}`,
          params: method === 'POST' ? {} : { id },
          body,
        });
    };
    const off = { Operations: [{ op: 'replace', path: 'active', value: false }] };
    const title = { Operations: [{ op: 'replace', path: 'title', value: 'Poet' }] };
    const provisioning = sendWith({ provisioning: true });
    const deprovisioning = sendWith({ deprovisioning: true });
    for (const refused of [
      () => provisioning('DELETE'),
      () => provisioning('PATCH', off),
      () => provisioning('PUT', { userName: 'a@b.example' }),
      () => deprovisioning('POST', { userName: 'a@b.example' }),
      () => deprovisioning('PATCH', title),
      () => deprovisioning('PUT', { userName: 'a@b.example', active: true }),
    ]) {
      await expect(refused()).rejects.toBeInstanceOf(AccessDeniedError);
    }
    expect(emulator.requests.total).toBe(0);
  });

  it.each([
    ['provisioning', { provisioning: true }],
    ['deprovisioning', { deprovisioning: true }],
  ])('(%s) cannot send a bulk request, or put a group, under another name', async (_name, access) => {
    const emulator = createEmulator({ scim: { mode: 'rfc' } });
    const before = stateOf(emulator);
    const client = new ScimClient({
      baseUrl: emulator.scim.baseUrl,
      token: emulator.scim.token,
      fetch: emulator.fetch,
      rateLimit: false,
      profile: 'rfc',
      access,
    });
    const group = emulator.store.groups.list()[0];
    const user = emulator.store.users.list()[0];
    const bulk = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'DELETE', path: `/Users/${user?.id}` },
        { method: 'PUT', path: `/Groups/${group?.id}`, data: { displayName: 'Emptied' } },
      ],
    };
    for (const endpoint of crookedEndpoints) {
      try {
        const custom = client.resource(definitionAt(endpoint)) as unknown as Record<
          string,
          (...values: unknown[]) => unknown
        >;
        for (const send of ['create', 'upsert', 'search', 'replace', 'patch', 'delete']) {
          await drain(custom[send]?.(bulk, { maxRetries: 0 })).catch(() => {});
          await drain(custom[send]?.(group?.id, { displayName: 'Emptied' }, { maxRetries: 0 })).catch(() => {});
        }
      } catch {}
    }
    if (!('deprovisioning' in access)) expect(stateOf(emulator) === before).toBe(true);
    expect(emulator.requests.count('POST /Bulk')).toBe(0);
    expect(emulator.store.groups.get(String(group?.id))?.members).toEqual(group?.members);
  });
});
