import { expectTypeOf } from 'vitest';
import type { AuditLogClient } from '../../src/audit-logs/client.js';
import { connect } from '../../src/connection/connect.js';
import type { Connection } from '../../src/connection/connection.js';
import type { ConnectionConfig } from '../../src/connection/form.js';
import { type ConfigWith, parseConnectionConfig } from '../../src/connection/parse-form.js';
import type { ScimClient } from '../../src/scim/client.js';

const scim = { scimBaseUrl: 'https://scim.example/v2', scimToken: 'se_1' } as const;
const compliance = { complianceApiKey: 'sk-1', workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b'] } as const;

// A half that is not there is undefined.
expectTypeOf(connect({ ...scim, provisioning: false, deprovisioning: false }).auditLogs).toEqualTypeOf<undefined>();
expectTypeOf(connect(compliance).scim).toEqualTypeOf<undefined>();

// Literal access gives the methods that write; without it they do not exist.
const readOnly = connect({ ...scim, provisioning: false, deprovisioning: false });
expectTypeOf(readOnly.scim).toEqualTypeOf<ScimClient>();
// @ts-expect-error TS2339: read-only
readOnly.scim.users.create;
const provisioning = connect({ ...scim, provisioning: true, deprovisioning: false });
expectTypeOf(provisioning.scim).toEqualTypeOf<ScimClient<'provisioning'>>();
// @ts-expect-error TS2339: Deprovisioning is not ticked
provisioning.scim.users.deactivate;
const everything = connect({ ...scim, ...compliance, provisioning: true, deprovisioning: true });
expectTypeOf(everything.scim).toEqualTypeOf<ScimClient<'provisioning' | 'deprovisioning'>>();
expectTypeOf(everything.auditLogs).toExtend<Pick<AuditLogClient, 'principals'>>();

// A key for each workspace is a compliance half as one for all is.
const keyed = {
  complianceApiKeys: { '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b': 'sk-1' },
  workspaceIds: compliance.workspaceIds,
};
expectTypeOf(connect(keyed).scim).toEqualTypeOf<undefined>();
expectTypeOf(connect(keyed).auditLogs).toEqualTypeOf(connect(compliance).auditLogs);
connect({ ...keyed, complianceApiKey: 'sk-2' }).auditLogs.events({ eventTypes: ['AUTH_LOG'] });
// @ts-expect-error TS2322: COSTS is kept by organization
connect(keyed).auditLogs.events({ eventTypes: ['COSTS'] });
// @ts-expect-error TS2345: workspaces without a key
connect({ workspaceIds: compliance.workspaceIds });

// A form that was read at run time: each half may be missing, and writing must be asked for.
const config = parseConnectionConfig({} as unknown);
const connection = connect(config);
expectTypeOf(connection.scim).toEqualTypeOf<ScimClient | undefined>();
expectTypeOf<undefined>().toExtend<typeof connection.auditLogs>();
// @ts-expect-error TS18048: there may be no SCIM half
connection.scim.users;
if (config.scimToken !== undefined && config.provisioning) {
  expectTypeOf(connect(config).scim).toEqualTypeOf<ScimClient<'provisioning'>>();
}
expectTypeOf(connection).toExtend<Connection<ConnectionConfig>>();

// What was required is there.
const required = connect(parseConnectionConfig({}, { require: ['scim', 'compliance'] }));
expectTypeOf(required.scim).toEqualTypeOf<ScimClient>();
required.auditLogs.events({ eventTypes: ['AUTH_LOG', 'COSTS'] });
expectTypeOf(connect(parseConnectionConfig({}, { require: ['scim'] })).scim).toEqualTypeOf<ScimClient>();

// What is known to have more goes where less is asked for.
declare function takesAny(connection: Connection): void;
declare function takesScim(connection: Connection<ConfigWith<'scim'>>): void;
declare function takesBoth(connection: Connection<ConfigWith<'scim' | 'compliance'>>): void;
const scimRequired = connect(parseConnectionConfig({}, { require: ['scim'] }));
takesAny(scimRequired);
takesAny(required);
takesScim(required);
takesBoth(required);
takesAny(readOnly);
takesAny(everything);
// @ts-expect-error TS2345: the audit logs may be missing
takesBoth(scimRequired);
// @ts-expect-error TS2345: the directory may be missing
takesScim(connection);

// Without an organization there are no events of organizations.
// @ts-expect-error TS2322: COSTS is kept by organization
connect(compliance).auditLogs.events({ eventTypes: ['COSTS'] });
connect({ ...compliance, organizationId: 'org-1' }).auditLogs.events({ eventTypes: ['COSTS'] });

// @ts-expect-error TS2345: half a half
connect({ scimToken: 'se_1' });

// A function of your own takes what connect() takes, and gives what it gives.
const open = <const Config extends ConnectionConfig>(config: Parameters<typeof connect<Config>>[0]) => connect(config);
expectTypeOf(open(parseConnectionConfig({}, { require: ['scim'] })).scim).toEqualTypeOf<ScimClient>();
const openAny = (config: ConnectionConfig) => connect(config);
expectTypeOf(openAny(parseConnectionConfig({})).scim).toEqualTypeOf<ScimClient | undefined>();
