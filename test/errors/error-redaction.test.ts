import { readdirSync } from 'node:fs';
import { inspect } from 'node:util';
import { beforeAll, expect, test, vi } from 'vitest';
import { readCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { AuditLogFileError } from '../../src/audit-logs/errors.js';
import { JsonLinesReader } from '../../src/audit-logs/json-lines.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { EmulatorError } from '../../src/errors/emulator-error.js';
import { ExportError, storeFailed } from '../../src/errors/export-error.js';
import { AccessDeniedError } from '../../src/errors/input-errors.js';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import { retentionGap } from '../../src/errors/log-errors.js';
import { PlanError } from '../../src/errors/plan-error.js';
import { connectionClosed, IncompleteListError } from '../../src/errors/response-errors.js';
import { NaturalKeyConflictError, type ScimError, WriteNotConfirmedError } from '../../src/errors/scim-errors.js';
import { SdkError } from '../../src/errors/sdk-error.js';
import { ScimClient } from '../../src/scim/client.js';
import { parseFilter } from '../../src/scim/filter/parse.js';
import { applyPatch } from '../../src/scim/patch/apply.js';
import { parsePath } from '../../src/scim/patch/path.js';
import { membersSentOf } from '../../src/scim/write/members.js';
import type { TransportRequest } from '../../src/transport/options.js';
import type { TransportOptions } from '../../src/transport/transport.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { printedByAll } from '../support/printed-by-all.js';
import { fetchFailed, type ScriptedAnswer, scriptedFetch } from '../support/scripted-fetch.js';

// Everything below is given to the library and must not come out of an error by itself.
const token = 'se_live_9f8e7d6c5b4a';
const email = 'jane.doe@example.com';
const userName = 'janedoe';
const id = '2819c223-7f76-453a-919d-413861904646';
const signature = 'c2lnbmF0dXJlLXNlY3JldA';
const workspaceId = '8f5d2c1e-1111-4222-8333-944445555666';
const secrets = [token, email, userName, id, signature, workspaceId, 'jane', 'directory-key', 'Bearer'];

const echo = `${token} ${email} ${userName} "${id}" https://scim.example.com/directory-key?filter=${email} ${id} Bearer ${token}`;

async function provoke(
  answer: ScriptedAnswer,
  { request = {}, ...options }: Partial<TransportOptions> & { readonly request?: Partial<TransportRequest> } = {},
): Promise<unknown> {
  const { transport } = openTestTransport(scriptedFetch(answer).fetch, {
    baseUrl: 'https://scim.example.com/directory-key',
    credential: token,
    maxRetries: 1,
    ...options,
  });
  return rejection(
    transport.send({
      method: 'PUT',
      route: '/Users/{id}',
      params: { id },
      query: [['filter', `userName eq "${userName}" and emails.value eq "${email}"`]],
      body: { userName, emails: [{ value: email }] },
      headers: { 'x-person': email },
      ...request,
    }),
  );
}

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw.');
}

/** Fails as fetch does, with all there is to know about the request hanging on the failure. */
function revealing(request: Request): never {
  const cause = Object.assign(new Error(`connect ECONNREFUSED ${request.url}`), {
    code: 'ECONNREFUSED',
    request,
    echo,
  });
  throw new TypeError(`fetch failed: ${echo}`, { cause });
}

const hanging = () => new Promise<Response>(() => {});

/** At least one error of every class, made where the library makes it wherever that is possible. */
const samples: Record<string, () => unknown> = {
  'ConnectionError, with everything on its cause': () => provoke(revealing),
  'ConnectionError, nothing recognised': () => provoke(new Error(echo)),
  'ConnectionError, a fault of the program': () => provoke(new TypeError(echo)),
  'ConnectionError, what fetch never says': () => provoke(fetchFailed(`E${token}`)),
  'ConnectionError, deadline': async () => {
    const clock = createFakeClock();
    const failing = provoke(hanging, { clock, deadlineMs: 1_000 });
    await clock.advance(1_000);
    return failing;
  },
  'ConnectionError, cut': () => provoke(new Response(echo, { headers: { 'content-length': '99999' } })),
  'ConnectionError, too large': () => provoke(new Response(echo, { headers: { 'content-length': '99999999' } })),
  'ConnectionError, insecure download': () =>
    rejection(
      openTestTransport(scriptedFetch(new Response()).fetch, { credential: token }).transport.download({
        url: `http://storage.example.net/${id}?sig=${signature}`,
        route: '/logs/{log_file_id} (storage)',
        maxBytes: 1,
      }),
    ),
  'ResponseError, download': () =>
    rejection(
      openTestTransport(
        scriptedFetch(new Response(`<Sig>${signature}</Sig> "${id}" ${email} ${token}`, { status: 403 })).fetch,
        {
          credential: token,
        },
      ).transport.download({
        url: `https://storage.example.net/${id}?sig=${signature}`,
        route: '/logs/{log_file_id} (storage)',
        maxBytes: 9_999,
      }),
    ),
  'ResponseError, as OpenAI answers': () =>
    provoke(Response.json({ error: { message: echo, code: email, type: email, param: email } }, { status: 401 }), {
      service: 'compliance',
    }),
  'ResponseError, as FastAPI answers': () =>
    provoke(Response.json({ detail: [{ loc: ['body', email], msg: echo, input: echo }] }, { status: 422 }), {
      service: 'compliance',
    }),
  'ResponseError, text': () => provoke(new Response(echo, { status: 500 }), { service: 'compliance' }),
  'ResponseError, headers': () =>
    provoke(
      new Response(null, {
        status: 429,
        headers: { 'x-request-id': email, 'retry-after': email, 'set-cookie': token, 'www-authenticate': echo },
      }),
      { service: 'compliance' },
    ),
  'ResponseError, redirect': () =>
    provoke(
      new Response(null, {
        status: 302,
        headers: { location: `https://${userName}:${token}@h.example/${email}?${id}` },
      }),
      {
        service: 'compliance',
      },
    ),
  'ScimError, as the RFC says': () =>
    provoke(
      Response.json(
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], scimType: 'uniqueness', detail: echo },
        { status: 409 },
      ),
    ),
  'ScimError, a person nobody named': () =>
    provoke(
      Response.json(
        { detail: 'User Jane Doe is suspended', scimType: 'Jane Doe', error: 'jane.doe' },
        { status: 403, headers: { 'x-request-id': `req-${token}` } },
      ),
    ),
  'ScimError, a page that greets': () =>
    provoke(
      new Response('<div>Signed in as Jane Doe</div>', { status: 403, headers: { 'content-type': 'text/html' } }),
    ),
  'ScimError, unquoted': () =>
    provoke(Response.json({ detail: `User ${userName.toUpperCase()} exists` }, { status: 409 })),
  'ScimError, personal everywhere': () =>
    provoke(Response.json({ scimType: email, detail: [echo, echo], [email]: email }, { status: 400 })),
  'ScimError, HTML': () => provoke(new Response(`<!doctype html>${echo}`, { status: 502 })),
  'ResponseValidationError, HTML': () => provoke(new Response(`<!doctype html>${echo}`)),
  'ResponseValidationError, text': () => provoke(new Response(echo)),
  'InputError, header value': () =>
    provoke(new Response(), { request: { headers: { 'x-person': `${email}\r\n${token}` } } }),
  'InputError, header name': () => provoke(new Response(), { request: { headers: { [`${email} `]: token } } }),
  'InputError, own credential': () =>
    provoke(new Response(), { request: { headers: { Authorization: `Bearer ${token}` } } }),
  'InputError, body': () => provoke(new Response(), { request: { body: { email, big: 1n } } }),
  'InputError, credential function': () => provoke(new Response(), { credential: () => `${token}\n` }),
  'InputError, credential': () => thrown(() => openTestTransport(fetch, { credential: `${token}\n` })),
  'InputError, base URL': () =>
    thrown(() => openTestTransport(fetch, { baseUrl: `https://${userName}:${token}@scim.example.com` })),
  'InputError, no URL': () => thrown(() => openTestTransport(fetch, { baseUrl: token })),
  'InputError, lone surrogate': () => provoke(new Response(), { request: { params: { id: `${email}\ud800` } } }),
  ScimSyntaxError: () => thrown(() => parseFilter(`userName eq "${userName}" and "${email}" ${id}`)),
  'ScimSyntaxError, open quote': () => thrown(() => parseFilter(`emails.value eq "${email}`)),
  'ScimSyntaxError, path': () => thrown(() => parsePath(`emails[value eq "${email}"]${token}`)),
  PatchError: () =>
    thrown(() =>
      applyPatch({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, emails: [{ value: email }] }, [
        { op: 'replace', path: `emails[value eq "other-${email}"].value`, value: email },
      ]),
    ),
  ConfigError: () =>
    thrown(() =>
      parseConnectionConfig({
        scimBaseUrl: `http://${userName}:${token}@scim.example.com/directory-key`,
        scimToken: `${token} ${token}`,
        complianceApiKey: token,
        workspaceIds: `Jane's workspace, ${workspaceId.slice(0, -2)}, https://chatgpt.example/${workspaceId.slice(0, -1)}?as=${email}`,
        [email]: token,
      }),
    ),
  CheckpointError: () =>
    thrown(() => readCheckpoint({ version: 1, partitions: [{ principal: { type: email, id: workspaceId } }] })),
  'AuditLogFileError, a line': () => {
    const reader = new JsonLinesReader();
    reader.push(new TextEncoder().encode(`"${email}"\n`));
    reader.next();
    return new AuditLogFileError('invalid_line', {
      file: { id, event_type: 'AUTH_LOG', workspace_id: workspaceId, note: email } as never,
      attempts: 1,
      problem: reader.problem,
      line: reader.line,
      byteOffset: reader.byteOffset,
    });
  },
  AuditLogFileError: async () =>
    new AuditLogFileError('download_failed', {
      // Only what the error may show is read; the rest must stay inside.
      file: { id, event_type: 'AUTH_LOG', workspace_id: workspaceId, note: email } as never,
      checkpoint: { version: 1, partitions: [{ principal: { type: 'workspace', id: workspaceId } }] } as never,
      attempts: 2,
      cause: await provoke(revealing),
    }),
  NaturalKeyConflictError: () =>
    new NaturalKeyConflictError('several', { route: '/Users', ids: [email, userName], externalIds: [email] }),
  // These take nothing but literals, numbers and times: there is no way in for a secret.
  AccessDeniedError: () =>
    new AccessDeniedError({ permissions: ['deprovisioning'], method: 'DELETE', route: '/Users/{id}' }),
  'ConnectionError, closed': () => connectionClosed(),
  EmulatorError: () => new EmulatorError('unused_fault', 'A fault was declared and not used.'),
  IncompleteListError: () => new IncompleteListError('stalled', { received: 1, totalResults: 2, requests: 3 }),
  WriteNotConfirmedError: () =>
    new WriteNotConfirmedError('not_applied', { method: 'PATCH', route: '/Users/{id}', attributes: ['active'] }),
  'IncompleteListError, stuck': () =>
    new IncompleteListError('cursor_stuck', {
      received: 1,
      requests: 1,
      stuckAt: { method: 'GET', route: '/logs', cursor: '2026-11-23T00:00:00Z' },
    }),
  PlanError: () => new PlanError('brake_holds', 'The plan goes beyond a limit.', { brakes: ['removals'] }),
  'ExportError, what a driver threw': () =>
    storeFailed(
      'Writing events',
      Object.assign(new Error(echo), { code: '23505', detail: echo, parameters: [echo], where: echo }),
    ),
  'ExportError, a code that is none': () => storeFailed('Writing events', { code: echo, errno: echo, message: echo }),
  'ExportError, lost': () => new ExportError('lease_lost', 'The lease is of another.'),
  'WriteNotConfirmedError, pending': () =>
    new WriteNotConfirmedError('write_pending', { method: 'PATCH', route: '/Users/{id}' }),
  'CheckpointError, gap': () =>
    retentionGap([
      {
        principal: { type: 'workspace', id: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' },
        eventType: 'AUTH_LOG',
        from: '2026-10-01T00:00:00Z',
        to: '2026-10-02T00:00:00Z',
      },
    ]),
};

/** Every way an error gets printed, sent or looked at. */
function printed(error: unknown): Record<string, string> {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => out.push(inspect(values)) > 0);
  console.log(error);
  write.mockRestore();
  log.mockRestore();
  const ways: Record<string, string> = {
    'console.log': out.join(''),
    inspect: inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    'inspect within an object': inspect(
      { error },
      { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true },
    ),
    JSON: JSON.stringify(error),
    String: String(error),
    ...printedByAll(error),
  };
  for (let link = error, depth = 0; link instanceof Error; link = link.cause, depth++) {
    ways[`stack of cause ${depth}`] = String(link.stack);
    ways[`own properties of cause ${depth}`] = Reflect.ownKeys(link)
      .map(
        (key) =>
          `${String(key)}: ${inspect(Reflect.get(link as object, key), { depth: Number.POSITIVE_INFINITY, showHidden: true })}`,
      )
      .join('\n');
  }
  return ways;
}

const classes = new Set<string>(['AuditLogFileError']);
beforeAll(async () => {
  for (const file of readdirSync(new URL('../../src/errors/', import.meta.url)).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const module = (await import(
      /* @vite-ignore */ new URL(`../../src/errors/${file}`, import.meta.url).href
    )) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === 'function' && value.prototype instanceof SdkError) classes.add(name);
    }
  }
});

test.each(Object.entries(samples))(
  '%s prints no secret and no personal data, however it is printed',
  async (name, sample) => {
    const error = await sample();
    expect(isSdkError(error)).toBe(true);
    expect((error as Error).name).toBe(name.replace(/,.*/, ''));
    for (const [way, text] of Object.entries(printed(error))) {
      expect(text.length, way).toBeGreaterThan(10);
      // The stack names the files of this test, and the masked route its parameters: neither is a secret.
      for (const secret of secrets)
        expect(text.toLowerCase(), `${secret} in ${way}`).not.toContain(secret.toLowerCase());
    }
  },
);

test('no request, response, or error of another library can be reached from an error', async () => {
  for (const [name, sample] of Object.entries(samples)) {
    for (let link = await sample(); link !== undefined; link = (link as Error).cause) {
      expect(isSdkError(link), name).toBe(true);
      for (const key of Reflect.ownKeys(link as object)) {
        const value = Reflect.get(link as object, key) as unknown;
        expect(
          value instanceof Request || value instanceof Response || value instanceof Headers,
          `${name}.${String(key)}`,
        ).toBe(false);
      }
    }
  }
});

test('every error class has a sample here', () => {
  const sampled = new Set(Object.keys(samples).map((name) => name.replace(/,.*/, '')));
  expect([...classes].filter((name) => !sampled.has(name))).toEqual([]);
});

test('what may name a person can be read on purpose', async () => {
  const error = (await samples['ScimError, as the RFC says']?.()) as ScimError;
  expect(error.detail()).toBe(echo);
  expect(error.body()).toContain(email);
});

test('no error has a getter: whatever prints getters prints nothing that an error does not show', async () => {
  for (const [name, sample] of Object.entries(samples)) {
    for (let at = await sample(); at !== Error.prototype; at = Object.getPrototypeOf(at)) {
      for (const key of Reflect.ownKeys(at as object)) {
        const { get } = Object.getOwnPropertyDescriptor(at, key) ?? {};
        // `stack` is Node's own.
        if (key !== 'stack') expect(get, `${name}.${String(key)}`).toBeUndefined();
      }
    }
  }
});

test('the members that were sent are not printed with the error', async () => {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  let writes = 0;
  const fetch = (async (url: string, init: RequestInit) => {
    if (init.method === 'GET')
      return Response.json({ id: decodeURIComponent(new URL(url).pathname.split('/')[2] ?? '') });
    writes += 1;
    return writes === 1
      ? new Response(null, { status: 204 })
      : Response.json({ detail: echo, status: '403' }, { status: 403 });
  }) as typeof globalThis.fetch;
  const access = { provisioning: true, deprovisioning: true } as const;
  const client = new ScimClient({ baseUrl: 'https://scim.example.com', token, access, fetch, clock, rateLimit: false });
  const members = Array.from({ length: 120 }, (_, index) => `${email}-${index}`);
  const error = await rejection(client.groups.addMembers('g1', members));
  expect(membersSentOf(error)?.added).not.toHaveLength(0);
  for (const [way, text] of Object.entries(printedByAll(error))) expect(text, way).not.toContain(email);
});

test('no client, and nothing that it returns, prints a credential', async () => {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const fetch = (async () => Response.json({ Resources: [{ id: '1', userName: 'a' }], totalResults: 1 })) as never;
  const access = { provisioning: true, deprovisioning: true } as const;
  const apiKey = 'sk-admin-3f9a7c1e5b2d';
  const scim = new ScimClient({ baseUrl: `https://scim.example.com/directory-key`, token, access, fetch, clock });
  const logs = new AuditLogClient({ apiKey, workspaceIds: workspaceId, fetch, clock });
  const page = await scim.users.list();
  const results = [scim, scim.users, scim.groups, logs, page, page.items[0], scim.users.iterate()];
  for (const value of [
    ...results,
    logs.files({ eventTypes: ['AUTH_LOG'] }),
    logs.events({ eventTypes: ['AUTH_LOG'] }),
  ]) {
    for (const [way, text] of Object.entries(printedByAll(value))) {
      for (const secret of [token, apiKey, 'directory-key']) expect(text, way).not.toContain(secret);
    }
  }
});
