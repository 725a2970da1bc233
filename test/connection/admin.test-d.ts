import { expectTypeOf } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { Connection } from '../../src/connection/connection.js';
import {
  type AdminCategory,
  type AdminClient,
  type CheckQuery,
  type ComplianceRoutes,
  type Member,
  parseConnectionConfig,
} from '../../src/index.js';

const scim = {
  scimBaseUrl: 'https://scim.example/v2',
  scimToken: 'se_1',
  provisioning: false,
  deprovisioning: false,
} as const;
const compliance = { complianceApiKey: 'sk-admin-1', workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b'] } as const;
const connection = connect(parseConnectionConfig({} as unknown));
const logs = connect(parseConnectionConfig({}, { require: ['compliance'] }));

// Whether a key is an Admin key, no type tells: it has to be looked at.
expectTypeOf(connection.admin).toEqualTypeOf<AdminClient | undefined>();
expectTypeOf(logs.admin).toEqualTypeOf<AdminClient | undefined>();
// @ts-expect-error TS18048: there may be no Admin key
logs.admin.members;
if (logs.admin !== undefined) {
  expectTypeOf(logs.admin.members.iterate().toArray()).resolves.toEqualTypeOf<Member[]>();
  logs.admin.members.list({ workspaceId: 'w' });
  logs.admin.get('/manage/workspaces/{workspace_id}/roles');
}

// The escape hatch is there where the audit logs are.
expectTypeOf(connect(scim).compliance).toEqualTypeOf<undefined>();
expectTypeOf(connect(compliance).compliance).toEqualTypeOf<ComplianceRoutes>();
expectTypeOf(logs.compliance).toEqualTypeOf<ComplianceRoutes>();
expectTypeOf(connection.compliance).toEqualTypeOf<ComplianceRoutes | undefined>();
// @ts-expect-error TS18048: there may be no compliance half
connection.compliance.get;
declare function takesAny(connection: Connection): void;
takesAny(logs);
takesAny(connect(scim));

// A route says which parameters it wants, and what comes back nobody knows.
expectTypeOf(logs.compliance.get('/compliance/workspaces/{workspace_id}/projects')).resolves.toEqualTypeOf<unknown>();
logs.compliance.get('/compliance/organizations/{organization_id}/things', { query: { limit: 1 } }, { timeoutMs: 1 });
logs.compliance.get('/compliance/workspaces/{workspace_id}/users/{user_id}', {
  params: { user_id: 'u' },
  workspaceId: 'w',
});
// @ts-expect-error TS2554: none is given
logs.compliance.get('/compliance/workspaces/{workspace_id}/users/{user_id}');
// @ts-expect-error TS2353: another one is
logs.compliance.get('/compliance/workspaces/{workspace_id}/users/{user_id}', { params: { id: 'u' } });
// @ts-expect-error TS2345: it is not of the Compliance API
logs.compliance.get('/manage/workspaces/{workspace_id}/users');
// @ts-expect-error TS2345: the workspace is filled in
logs.compliance.get('/compliance/workspaces/w/users');
// @ts-expect-error TS2339: it only reads
logs.compliance.post;

// What is said for the Admin API alone; the form says whose key, and where.
connect(compliance, { admin: { rateLimit: { requests: 10, intervalMs: 1_000 }, maxRetries: 1 } });
// @ts-expect-error TS2353: the form has the key
connect(compliance, { admin: { apiKey: 'sk-admin-2' } });

// A check is asked for categories by the names that the client has.
expectTypeOf<AdminCategory>().toExtend<keyof AdminClient>();
expectTypeOf<CheckQuery['admin']>().toEqualTypeOf<boolean | readonly AdminCategory[] | undefined>();
logs.check({ admin: ['members', 'usage'] });
// @ts-expect-error TS2322: no such category
logs.check({ admin: ['member'] });
