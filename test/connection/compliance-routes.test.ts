import { describe, expect, it } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { ConnectOptions } from '../../src/connection/connect-options.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { principalOf } from '../../src/transport/principal-tag.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';

const first = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
const second = '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40';
const organizationId = 'org-1';
const of = '/compliance/workspaces/{workspace_id}';

interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly key: string | undefined;
}

/** A service that answers with what is given, and notes what it was asked for. Waits take no time. */
function openWith(
  answer: (path: string) => Response = () => Response.json({ data: [] }),
  form: object = {},
  options: ConnectOptions = {},
) {
  const asked: Arrived[] = [];
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9), { autoAdvance: true });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, init);
    const { pathname: path, search: query } = new URL(url);
    asked.push({ method, path, query, key: headers.get('authorization')?.replace('Bearer ', '') });
    return answer(path);
  };
  const whole = { complianceApiKeys: { [first]: 'sk-admin-first' }, ...form };
  const config = parseConnectionConfig(whole, { require: ['compliance'] });
  const connection = connect(config, { fetch, clock, maxRetries: 0, ...options });
  return { asked, clock, connection, compliance: connection.compliance };
}

describe('connection.compliance', () => {
  it('asks a route that has no method, with the key of the workspace and its parameters encoded', async () => {
    const { compliance, asked } = openWith(() => Response.json({ anything: [1] }));
    const route = `${of}/projects/{project_id}/files` as const;
    const answer = await compliance.get(route, {
      params: { project_id: 'pröject' },
      query: { limit: 5, kind: ['a', 'b'], none: undefined },
    });
    expect(answer).toEqual({ anything: [1] });
    expect(asked).toEqual([
      {
        method: 'GET',
        path: `/v1/compliance/workspaces/${first}/projects/pr%C3%B6ject/files`,
        query: '?limit=5&kind=a&kind=b',
        key: 'sk-admin-first',
      },
    ]);
  });

  it('takes the workspace in `params` too, as the documents write a route', async () => {
    const complianceApiKeys = {
      [first]: 'sk-admin-first',
      [second]: 'sk-admin-second',
      [organizationId]: 'sk-admin-org',
    };
    const { connection, compliance, asked } = openWith(undefined, { complianceApiKeys });
    await compliance.get(`${of}/users`, { params: { workspace_id: second } });
    await connection.admin?.get('/manage/workspaces/{workspace_id}/users', { params: { workspace_id: second } });
    const params = { organization_id: organizationId };
    await compliance.get('/compliance/organizations/{organization_id}/things', { params });
    expect(asked.map(({ key }) => key)).toEqual(['sk-admin-second', 'sk-admin-second', 'sk-admin-org']);
    for (const query of [
      { params: { workspace_id: 'another' } },
      { workspaceId: first, params: { workspace_id: second } },
    ]) {
      expect(await rejection(compliance.get(`${of}/users`, query))).toMatchObject({ path: ['workspaceId'] });
    }
    const strange = { params: { organization_id: 'org-2' } };
    expect(
      await rejection(compliance.get('/compliance/organizations/{organization_id}/things', strange)),
    ).toMatchObject({ path: ['organization_id'] });
    expect(asked).toHaveLength(3);
  });

  it('asks the workspace that is named, and the organization with its own key', async () => {
    const complianceApiKeys = {
      [first]: 'sk-admin-first',
      [second]: 'sk-admin-second',
      [organizationId]: 'sk-admin-org',
    };
    const { compliance, asked } = openWith(undefined, { complianceApiKeys });
    await compliance.get(`${of}/projects`, { workspaceId: second.toUpperCase() });
    await compliance.get('/compliance/organizations/{organization_id}/things');
    expect(asked.map(({ path, key }) => [path, key])).toEqual([
      [`/v1/compliance/workspaces/${second}/projects`, 'sk-admin-second'],
      [`/v1/compliance/organizations/${organizationId}/things`, 'sk-admin-org'],
    ]);
    for (const [query, message] of [
      [{}, /`workspaceId` is missing: this connection has several/],
      [{ workspaceId: 'w' }, /not one of the workspaces/],
      [{ workspaceId: 1 }, /must be a text/],
    ] as const) {
      expect(await rejection(compliance.get(`${of}/projects`, query as never))).toMatchObject({
        message: expect.stringMatching(message),
        path: ['workspaceId'],
      });
    }
    const both = compliance.get('/compliance/organizations/{organization_id}/things', { workspaceId: first });
    expect(await rejection(both)).toMatchObject({ path: ['workspaceId'] });
    expect(asked).toHaveLength(2);
  });

  it('says what the form does not have', async () => {
    const { compliance } = openWith();
    expect(await rejection(compliance.get('/compliance/organizations/{organization_id}/things'))).toMatchObject({
      message: 'This connection has no organization.',
    });
    const alone = openWith(undefined, { complianceApiKeys: '', complianceApiKey: 'sk-proj-1', organizationId });
    expect(await rejection(alone.compliance.get(`${of}/projects`))).toMatchObject({
      message: 'This connection has no workspace.',
    });
  });

  it.each([
    '/manage/workspaces/{workspace_id}/users',
    '/compliance/workspaces/another/users',
    '/compliance/workspaces/{workspace_id}',
    '/compliance/workspaces/{workspace_id}/',
    '/compliance/workspaces/{organization_id}/users',
    '/compliance/workspaces/{workspace_id}/../users',
    '/compliance/workspaces/{workspace_id}/users?limit=1',
    '/compliance/workspaces/{workspace_id}/%2e%2e/users',
    'https://elsewhere.example/compliance/workspaces/{workspace_id}/users',
    '',
    undefined,
  ])('%j is no route', async (route) => {
    const { compliance, asked } = openWith();
    expect(await rejection(compliance.get(route as `${typeof of}/users`))).toMatchObject({
      code: 'invalid_input',
      path: ['route'],
    });
    expect(asked).toEqual([]);
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', '%2e', 'a?b', 'a#b', 'a b', 1, undefined])(
    '%j is no parameter',
    async (id) => {
      const { compliance, asked } = openWith();
      const wrong = compliance.get(`${of}/users/{user_id}`, { params: { user_id: id as string } });
      expect(await rejection(wrong)).toMatchObject({ code: 'invalid_input', path: ['user_id'] });
      expect(asked).toEqual([]);
    },
  );

  it('refuses parameters that the route has not, and options in the place of the query', async () => {
    const { compliance, asked } = openWith();
    const more = compliance.get(`${of}/users`, { params: { workspace_id: 'w' } } as never);
    expect(await rejection(more)).toMatchObject({ path: ['workspaceId'] });
    expect(await rejection(compliance.get(`${of}/users`, { timeoutMs: 1 } as never))).toMatchObject({
      remedy: expect.stringContaining('last argument'),
    });
    expect(await rejection(compliance.get(`${of}/users`, { query: { at: new Date() } } as never))).toMatchObject({
      path: ['query'],
    });
    expect(asked).toEqual([]);
  });

  it('fails as the audit logs do, and says nothing of who was asked about', async () => {
    const answer = () => Response.json({ error: { message: 'Missing scope for ada@north.example.' } }, { status: 403 });
    const { compliance } = openWith(answer);
    const error = await rejection(compliance.get(`${of}/users`, { query: { email: 'ada@north.example' } }));
    expect(error).toMatchObject({
      code: 'forbidden',
      route: `${of}/users`,
      remedy: expect.stringContaining('compliance_export.read'),
    });
    expect(principalOf(error)).toEqual({ type: 'workspace', id: first });
    expect(String(error)).not.toMatch(/ada|sk-admin/);
  });

  it('has the limit of the lists, any number of routes together', async () => {
    const lists = { requests: 2, intervalMs: 1_000 };
    const { compliance, clock } = openWith(undefined, {}, { auditLogs: { rateLimit: { lists } } });
    const startMs = clock.now();
    for (const name of ['a', 'b', 'c'] as const) await compliance.get(`${of}/${name}`);
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(1_000);
  });

  it('waits where the logs of the workspace were asked for patience', async () => {
    const patience = { status: 429, headers: { 'retry-after': '7' } };
    const { compliance, connection, clock } = openWith((path) =>
      path.endsWith('/max_event_time') ? new Response(null, patience) : Response.json({}),
    );
    await rejection(connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] }));
    const startMs = clock.now();
    await compliance.get(`${of}/projects`);
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(7_000);
  });

  it('is there wherever the audit logs are, and ends with the connection', async () => {
    const { connection, compliance } = openWith();
    await connection.close();
    expect(await rejection(compliance.get(`${of}/projects`))).toMatchObject({ code: 'connection_closed' });
    const scim = {
      scimBaseUrl: 'https://scim.example/v2',
      scimToken: 'se_1',
      provisioning: false,
      deprovisioning: false,
    } as const;
    expect(connect(scim).compliance).toBeUndefined();
  });
});
