import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { format, inspect } from 'node:util';
import {
  connect,
  isSdkError,
  parseConnectionConfig,
  redactConnectionConfig,
  safeParseConnectionConfig,
} from 'chatgpt-enterprise-sdk';
import { applyPatch, eq, filter, parseFilter, parsePath } from 'chatgpt-enterprise-sdk/scim';
import { type EmulatorRequest, fault } from 'chatgpt-enterprise-sdk/testing';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { type EverythingConfig, openWorld, type World } from './support/open-world.js';

type Open = World<EverythingConfig>;

const person = {
  userName: 'agatha.quill@secret-person.example',
  displayName: 'Agatha Quill',
  externalId: 'hr-secret-4711',
};
const plainName = 'agathaquill77';

/** What must be nowhere: credentials, people, ids but those of workspaces, and what a query asked for. */
function secretsOf({ emulator, config }: Open): string[] {
  const user = emulator.store.users.list()[0];
  const group = emulator.store.groups.list()[0];
  const key = new URL(config.scimBaseUrl).pathname.split('/').at(-1);
  return [
    config.scimToken,
    config.complianceApiKey,
    key,
    user?.id,
    user?.userName,
    String(user?.displayName),
    group?.id,
    ...Object.values(person),
    plainName,
    'sig=',
    'secret-person',
    'Agatha',
  ].filter((text): text is string => typeof text === 'string' && text.length > 3);
}

/** Every text that a program, a logger or an error tracker could make of a value. */
function textsOf(value: unknown): string[] {
  const texts = [
    inspect(value, {
      depth: Number.POSITIVE_INFINITY,
      showHidden: true,
      maxStringLength: null,
      maxArrayLength: null,
    }),
    format('%s %o %O %j', value, value, value, value),
    String(value),
    JSON.stringify(value) ?? '',
  ];
  const seen = new Set<unknown>();
  for (let error = value; error instanceof Error && !seen.has(error); error = error.cause) {
    seen.add(error);
    texts.push(error.message, error.stack ?? '', `${error}`, JSON.stringify(Object.getOwnPropertyDescriptors(error)));
    if (isSdkError(error)) texts.push(JSON.stringify(error.toJSON()), error.remedy ?? '');
    if (error instanceof AggregateError) texts.push(...error.errors.flatMap(textsOf));
    for (const name of Reflect.ownKeys(error))
      texts.push(inspect(Reflect.get(error, name), { depth: 9, showHidden: true }));
  }
  return texts;
}

/** What a server says that repeats whatever it was asked and by whom, and whom else it knows. */
const echoing = (secrets: readonly string[], request: EmulatorRequest | undefined) => {
  const url = new URL(String(request?.url ?? 'https://x.example'));
  const asked = [...url.searchParams.values()].join(' ');
  const path = url.pathname.split('/').join(' ');
  const others = secrets.filter((secret) => /^(?:se_|sk-)|@|-\w{4}-/.test(secret)).join(' | ');
  const text = `${url.href} ${url.pathname}${url.search} ${path} ${asked} ${request?.body ?? ''} ${request?.headers.get('authorization') ?? ''} ${others}`;
  // In pieces, so that each is within what an error keeps of a message.
  const pieces = [text, text.slice(-300), path, asked, request?.body ?? '', others];
  const detail = pieces[text.length % pieces.length] ?? text;
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '400',
    detail,
    scimType: path,
    error: { message: detail, code: path, param: path, type: others },
  };
};

type Scenario = readonly [name: string, run: (world: Open) => unknown];

const how = { maxRetries: 0, timeoutMs: 10_000 };

async function all(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of iterable);
}

const scim: readonly Scenario[] = [
  ['list', ({ connection }) => connection.scim.users.list({ filter: eq('userName', person.userName) }, how)],
  [
    'list by another filter',
    ({ connection }) =>
      connection.scim.users.list(
        { filter: filter`displayName co ${person.displayName} and userName eq ${plainName}` },
        how,
      ),
  ],
  [
    'iterate',
    ({ connection }) => all(connection.scim.users.iterate({ filter: `externalId eq "${person.externalId}"` }, how)),
  ],
  ['find', ({ connection }) => connection.scim.users.find({ userName: plainName }, how)],
  ['get', ({ connection, emulator }) => connection.scim.users.get(String(emulator.store.users.list()[0]?.id), how)],
  ['get of nobody', ({ connection }) => connection.scim.users.get(person.externalId, how)],
  ['count', ({ connection }) => connection.scim.users.count({ filter: eq('userName', person.userName) }, how)],
  ['search', ({ connection }) => connection.scim.users.search({ filter: eq('userName', person.userName) }, how)],
  ['create', ({ connection }) => connection.scim.users.create(person, how)],
  [
    'create without an address',
    ({ connection }) => connection.scim.users.create({ ...person, userName: plainName }, how),
  ],
  [
    'upsert',
    ({ connection }) =>
      connection.scim.users.upsert({ ...person, emails: [{ value: person.userName, primary: true }] }, how),
  ],
  [
    'patch',
    ({ connection, emulator }) =>
      connection.scim.users.patch(
        String(emulator.store.users.list()[0]?.id),
        [{ op: 'replace', path: 'displayName', value: person.displayName }],
        { ...how, verify: true },
      ),
  ],
  [
    'patch of a strange path',
    ({ connection, emulator }) =>
      connection.scim.users.patch(
        String(emulator.store.users.list()[0]?.id),
        [{ op: 'remove', path: `emails[value eq "${person.userName}"` }],
        how,
      ),
  ],
  [
    'replace',
    ({ connection, emulator }) =>
      connection.scim.users.replace(String(emulator.store.users.list()[0]?.id), person, { ...how, verify: true }),
  ],
  [
    'delete',
    ({ connection, emulator }) =>
      connection.scim.users.delete(String(emulator.store.users.list()[0]?.id), { ...how, verify: true }),
  ],
  [
    'deactivate',
    ({ connection, emulator }) => connection.scim.users.deactivate(String(emulator.store.users.list()[0]?.id), how),
  ],
  [
    'group create',
    ({ connection }) =>
      connection.scim.groups.create({ displayName: person.displayName, members: [{ value: person.externalId }] }, how),
  ],
  [
    'add members',
    ({ connection, emulator }) =>
      connection.scim.groups.addMembers(String(emulator.store.groups.list()[0]?.id), [person.externalId], {
        ...how,
        verify: true,
      }),
  ],
  [
    'set members',
    ({ connection, emulator }) =>
      connection.scim.groups.setMembers(String(emulator.store.groups.list()[0]?.id), [person.externalId], how),
  ],
  [
    'bulk',
    ({ connection, emulator }) =>
      bulk(
        connection.scim,
        [
          { method: 'DELETE', path: `/Users/${emulator.store.users.list()[0]?.id}` },
          { method: 'POST', path: '/Users', data: person },
        ],
        { ...how, failOnErrors: 1 },
      ),
  ],
  [
    'plan and apply',
    async ({ connection }) => {
      const plan = await planDirectory(connection.scim, { users: [person] }, { removal: 'none' }, how);
      return applyPlan(connection.scim, plan, { approve: plan.hash, journal: memoryJournal(), ...how });
    },
  ],
  ['me', ({ connection }) => connection.scim.me(how)],
  ['schemas', ({ connection }) => connection.scim.schemas(how)],
];

const compliance: readonly Scenario[] = [
  ['files', ({ connection }) => all(connection.auditLogs.files({ eventTypes: ['AUTH_LOG'] }, how))],
  ['events', ({ connection }) => all(connection.auditLogs.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] }, how))],
  [
    'events by time',
    ({ connection }) => all(connection.auditLogs.events({ eventTypes: ['AUTH_LOG'], ordering: 'time' }, how)),
  ],
  ['batches', ({ connection }) => all(connection.auditLogs.batches({ eventTypes: ['AUTH_LOG'] }, how))],
  [
    'batches that fill',
    ({ connection }) => all(connection.auditLogs.batches({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'], fill: true }, how)),
  ],
  ['newest', ({ connection }) => connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] }, how)],
  ['roster', ({ connection }) => all(connection.roster({ lastActivity: {} }))],
];

const pure: readonly Scenario[] = [
  [
    'access',
    ({ config, emulator }) =>
      connect({ ...config, deprovisioning: false, provisioning: true }, { fetch: emulator.fetch }).scim.users.patch(
        String(emulator.store.users.list()[0]?.id),
        [{ op: 'replace', path: 'active', value: person.displayName }],
      ),
  ],
  ['a filter', () => parseFilter(`userName eq "${person.userName}" and (${plainName}`)],
  ['a path', () => parsePath(`emails[value eq "${person.userName}"`)],
  [
    'a patch',
    () =>
      applyPatch({ id: person.externalId, userName: person.userName }, [
        { op: 'replace', path: `emails[value eq "${person.userName}"].value`, value: plainName },
      ]),
  ],
  [
    'a config',
    ({ config }) =>
      parseConnectionConfig({
        ...config,
        scimToken: `${config.scimToken} ${config.scimToken}`,
        workspaceIds: `${person.userName},${config.workspaceIds[0]}`,
      }),
  ],
  [
    'swapped secrets',
    ({ config }) =>
      parseConnectionConfig({ ...config, scimToken: config.complianceApiKey, complianceApiKey: config.scimToken }),
  ],
  [
    'a URL with a secret',
    ({ config }) =>
      parseConnectionConfig({
        ...config,
        scimBaseUrl: `http://${plainName}:${config.scimToken}@x.example/${config.scimToken}`,
      }),
  ],
  ['a base URL', ({ config }) => connect({ ...config, scimBaseUrl: `ftp://x.example/${config.scimToken}` })],
  ['a token', ({ config }) => connect({ ...config, scimToken: `${config.scimToken}\n` })],
  [
    'a checkpoint',
    ({ connection }) =>
      connection.auditLogs.events({
        eventTypes: ['AUTH_LOG'],
        resumeFrom: { version: 1, partitions: [{ eventType: person.userName }] } as never,
      }),
  ],
  [
    'a header',
    ({ connection, config }) =>
      connection.scim.users.list({}, { headers: { authorization: `Bearer ${config.scimToken}` } }),
  ],
  [
    'a header value',
    ({ connection, config }) => connection.scim.users.list({}, { headers: { 'x-token': `${config.scimToken}\n` } }),
  ],
  ['a cursor', ({ connection }) => connection.scim.users.list({ cursor: person.userName })],
  [
    'a function that brings a secret and fails',
    ({ config }) => {
      throw new AggregateError([connect({ ...config, scimBaseUrl: config.scimToken })]);
    },
  ],
];

type Plan = readonly [name: string, faults: (world: Open, secrets: readonly string[]) => void];

const always = { times: Number.POSITIVE_INFINITY };
const plans: readonly Plan[] = [
  ...[400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503].map(
    (status): Plan => [
      `a ${status} that repeats everything`,
      ({ emulator }, secrets) => {
        emulator.faults.add(fault.status(status), always);
        emulator.faults.add(
          fault.body('echo', (_body, request) => echoing(secrets, request)),
          always,
        );
      },
    ],
  ),
  ['a cut', ({ emulator }) => void emulator.faults.add(fault.cut('before_commit'), always)],
  ['a cut body', ({ emulator }) => void emulator.faults.add(fault.cut('during_body'), always)],
  ['half a body', ({ emulator }) => void emulator.faults.add(fault.truncatedBody(), always)],
  ['a slow server', ({ emulator }) => void emulator.faults.add(fault.latency(60_000), always)],
  ['HTML', ({ emulator }) => void emulator.faults.add(fault.html(200), always)],
  [
    'a redirect with everything in it',
    ({ emulator }, secrets) =>
      void emulator.faults.add(
        fault.redirect(`https://storage.emulator.test/${encodeURIComponent(secrets.join('/'))}?sig=${secrets[0]}`, 307),
        always,
      ),
  ],
  [
    'a redirect in clear text',
    ({ emulator }, secrets) =>
      void emulator.faults.add(fault.redirect(`http://x.example/?sig=${secrets[0]}`, 302), always),
  ],
  [
    'an answer that is something else',
    ({ emulator }, secrets) =>
      void emulator.faults.add(
        fault.body('else', (_body, request) => ({
          Resources: [secrets, { id: null, ...echoing(secrets, request) }],
          data: [...secrets, echoing(secrets, request)],
          totalResults: secrets[0],
        })),
        always,
      ),
  ],
  [
    'files that are other ones',
    ({ emulator }) => void emulator.faults.add(fault.corruptBody(), { ...always, route: 'GET /storage/{file}' }),
  ],
  [
    'expired URLs',
    ({ emulator }) => void emulator.faults.add(fault.expiredUrl(), { ...always, route: 'GET /storage/{file}' }),
  ],
  [
    'lines that are no JSON',
    ({ emulator }) => {
      for (const { id } of emulator.store.workspaces) {
        emulator.store.logs.addFile(id, {
          eventType: 'AUTH_LOG',
          endTime: new Date(emulator.clock.now() - 1_000).toISOString(),
          body: `{"event_id": "x", "email": "${person.userName}", ${person.displayName}\n`,
        });
      }
    },
  ],
  ['nothing wrong', () => {}],
];

function leaksIn(texts: readonly string[], secrets: readonly string[]): string[] {
  const leaks = new Set<string>();
  for (const text of texts) {
    for (const secret of secrets) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        btoa(secret.replace(/[^\x20-\x7e]/g, '')),
      ]) {
        const at = text.indexOf(form);
        if (at !== -1) leaks.add(`${secret} in …${text.slice(Math.max(0, at - 80), at + form.length + 20)}`);
      }
    }
  }
  return [...leaks];
}

describe.each(plans)('Nothing leaks through %s:', (_name, plan) => {
  it('not through an error, its causes, nor an event', { timeout: 180_000 }, async () => {
    const leaks: string[] = [];
    let failures = 0;
    let events: unknown[] = [];
    const world = openWorld({
      provisioning: true,
      deprovisioning: true,
      connect: { onEvent: (event) => events.push(event), scim: { rateLimit: false }, auditLogs: { rateLimit: false } },
    });
    const secrets = secretsOf(world);
    plan(world, secrets);
    for (const [name, run] of [...scim, ...compliance, ...pure]) {
      events = [];
      const seen: unknown[] = [];
      try {
        await (async () => run(world))();
      } catch (error) {
        failures += 1;
        seen.push(error);
      }
      leaks.push(
        ...leaksIn([...seen.flatMap(textsOf), inspect(events, { depth: 9 })], secrets).map(
          (leak) => `${name}: ${leak}`,
        ),
      );
    }
    expect(failures).toBeGreaterThan(5);
    expect(leaks).toEqual([]);
  });

  it('not through a report of a check', async () => {
    const world = openWorld({ provisioning: true });
    const secrets = secretsOf(world);
    plan(world, secrets);
    const report = await world.connection.check({ probeUser: plainName }, { deadlineMs: 5_000 });
    expect(leaksIn(textsOf(report), secrets)).toEqual([]);
  });
});

describe('What is printed of a live object', () => {
  const printable: readonly Scenario[] = [
    ['connection', ({ connection }) => connection],
    ['SCIM client', ({ connection }) => connection.scim],
    ['audit-log client', ({ connection }) => connection.auditLogs],
    ['config as it is redacted', ({ config }) => redactConnectionConfig(config)],
    [
      'form with its secrets in the wrong fields, as it is redacted',
      ({ config }) =>
        redactConnectionConfig({
          ...config,
          scimBaseUrl: config.scimToken,
          workspaceIds: config.complianceApiKey,
          organizationId: config.scimToken,
        }),
    ],
    ['form that is refused', ({ config }) => safeParseConnectionConfig({ ...config, scimBaseUrl: '' })],
  ];

  it.each(printable)('shows no secret: %s', (_name, make) => {
    const world = openWorld({ provisioning: true });
    const { scimToken, complianceApiKey } = world.config;
    const printed = make(world);
    expect(leaksIn(textsOf(printed), [scimToken, String(complianceApiKey)])).toEqual([]);
    expect(printed).toBeTypeOf('object');
  });
});

describe('On real sockets', () => {
  it('no credential reaches the storage origin, whatever becomes of the download', async () => {
    const { emulator } = openWorld();
    const server = await emulator.listen();
    const config = parseConnectionConfig(server.connectionConfig(), {
      require: ['scim', 'compliance'],
      dangerouslyAllowHttpLoopback: true,
    });
    const { auditLogs } = connect(config, {
      dangerouslyAllowHttpLoopback: true,
      random: () => 0,
      auditLogs: { rateLimit: false },
    });
    emulator.faults.add(fault.expiredUrl(), { route: 'GET /storage/{file}', times: 2 });
    emulator.faults.add(fault.cut('during_body'), { route: 'GET /storage/{file}', skip: 3, times: 2 });
    const authOf = () =>
      emulator.requests.list('GET /storage/{file}').flatMap(({ headers }) => [headers.authorization, headers.cookie]);
    await all(auditLogs.events({ eventTypes: ['AUTH_LOG'] }));
    expect(authOf().length).toBeGreaterThan(6);
    expect(authOf().filter((value) => value !== undefined)).toEqual([]);
    // Complains about a key at the storage host.
    await emulator.close();
  });

  it.each([301, 302, 303, 307, 308])(
    'no credential reaches the target of a redirect (%i), of the same host or another',
    async (status) => {
      const seen: (string | undefined)[] = [];
      let reached = 0;
      const elsewhere = createServer((request, response) => {
        reached += 1;
        seen.push(request.headers.authorization, request.url?.includes('secret-person') ? 'a query' : undefined);
        response
          .setHeader('content-type', 'application/json')
          .end('{"totalResults":0,"Resources":[],"data":[],"has_more":false,"last_end_time":null}');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      const { port } = elsewhere.address() as AddressInfo;
      const { emulator } = openWorld();
      const server = await emulator.listen();
      const config = parseConnectionConfig(server.connectionConfig({ provisioning: true }), {
        require: ['scim', 'compliance'],
        dangerouslyAllowHttpLoopback: true,
      });
      const connection = connect(config, {
        dangerouslyAllowHttpLoopback: true,
        scim: { rateLimit: false },
        auditLogs: { rateLimit: false },
      });
      for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
        emulator.faults.clear();
        emulator.faults.add(fault.redirect(`http://${host}:${port}/steal?x=secret`, status as 301), {
          service: 'scim',
          ...always,
        });
        emulator.faults.add(fault.redirect(`http://${host}:${port}/steal`, status as 301), {
          service: 'compliance',
          ...always,
        });
        for (const run of [...scim, ...compliance]) {
          if (['roster', 'bulk'].includes(run[0])) continue;
          await (async () => run[1]({ connection, emulator, config } as unknown as Open))().catch(() => {});
        }
        await connection.check({}, { deadlineMs: 5_000 });
      }
      emulator.faults.clear();
      // A download follows its redirect: to wherever, but with nothing in hand.
      expect(seen.filter((value) => value !== undefined)).toEqual([]);
      expect(reached).toBeLessThan(200);
      await emulator.close();
      await new Promise((resolve) => elsewhere.close(resolve));
    },
  );
});
