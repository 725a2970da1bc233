import { expectTypeOf, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import type { AuditLogFile } from '../../src/audit-logs/files/log-file.js';
import { connect } from '../../src/connection/connect.js';
import type { FullConfig } from '../../src/connection/form.js';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { ScimClient } from '../../src/scim/client.js';
import type { RequestOptions } from '../../src/transport/options.js';

declare const config: FullConfig;
declare const file: AuditLogFile;
const { signal } = new AbortController();
const how: RequestOptions = { signal, timeoutMs: 1, deadlineMs: 1, maxRetries: 0, headers: { 'x-trace': '1' } };
const eventTypes = ['AUTH_LOG'] as const;
const access = { provisioning: true, deprovisioning: true } as const;
const scim = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', access });
const { users, groups } = scim;
const logs = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds: 'w' });
const connection = connect(config);

test('one object says how any call is made, and is its last argument', () => {
  logs.files({ eventTypes }, how);
  logs.events({ eventTypes }, how);
  logs.batches({ eventTypes, batchSize: 10 }, how);
  logs.follow({ eventTypes }, how);
  logs.maxEventTime({ eventTypes }, how);
  logs.download(file, how);
  connection.check({}, how);
  connection.check(undefined, how);
  connection.roster({ groups: false }, how);
  connection.roster(undefined, how);
  users.list({}, how);
  users.iterate(undefined, how);
  users.search({}, how);
  users.count({}, how);
  users.find({ userName: 'a' }, how);
  users.get('1', how);
  users.getIfNoneMatch('1', 'W/"1"', how);
  users.create({ userName: 'a' }, how);
  users.upsert({ userName: 'a' }, how);
  users.replace('1', { userName: 'a' }, how);
  users.patch('1', [], how);
  users.activate('1', how);
  users.deactivate('1', how);
  users.delete('1', how);
  groups.addMembers('g', ['1'], how);
  groups.removeMembers('g', ['1'], how);
  groups.setMembers('g', ['1'], how);
  scim.me(how);
  scim.schemas(how);
  scim.resourceTypes(how);
  scim.serviceProviderConfig(how);
  bulk(scim, [], how);
  expectTypeOf<Parameters<typeof logs.events>[1]>().toEqualTypeOf<RequestOptions | undefined>();
  expectTypeOf<Parameters<typeof connection.check>[1]>().toEqualTypeOf<RequestOptions | undefined>();
  expectTypeOf<Parameters<typeof connection.roster>[1]>().toEqualTypeOf<RequestOptions | undefined>();
});

test('it is no part of what is asked for', () => {
  // @ts-expect-error TS2353: says how the call is made
  logs.files({ eventTypes, signal });
  // @ts-expect-error TS2353: says how the call is made
  logs.events({ eventTypes, signal });
  // @ts-expect-error TS2353: says how the call is made
  logs.batches({ eventTypes, timeoutMs: 1 });
  // @ts-expect-error TS2353: says how the call is made
  logs.follow({ eventTypes, signal });
  // @ts-expect-error TS2353: says how the call is made
  logs.maxEventTime({ eventTypes, headers: {} });
  // @ts-expect-error TS2353: says how the call is made
  connection.check({ deadlineMs: 1 });
  // @ts-expect-error TS2353: says how the call is made
  connection.roster({ signal });
  // @ts-expect-error TS2353: says how the call is made
  users.list({ signal });
  // @ts-expect-error TS2353: says how the call is made
  users.iterate({ maxRetries: 1 });
  // @ts-expect-error TS2353: says how the call is made
  users.search({ signal });
  // @ts-expect-error TS2353: says how the call is made
  users.count({ signal });
  // @ts-expect-error TS2353: says how the call is made
  users.find({ signal });
  // @ts-expect-error TS2353: says how the call is made
  users.create({ userName: 'a', signal });
});

test('what is asked for is no part of it', () => {
  // @ts-expect-error TS2353: says what is asked for
  logs.events({ eventTypes }, { signal, after: new Date() });
  // @ts-expect-error TS2353: says what is asked for
  logs.follow({ eventTypes }, { signal, intervalMs: 1 });
  // @ts-expect-error TS2353: says what is asked for
  connection.check({}, { probeUser: 'a' });
  // @ts-expect-error TS2353: says what is asked for
  connection.roster({}, { groups: false });
  // @ts-expect-error TS2353: says what is asked for
  users.iterate({}, { count: 10 });
  // @ts-expect-error TS2353: says what is asked for
  users.find({ userName: 'a' }, { externalId: 'b' });
});

test('an object that says how, and nothing of what, is not taken for a query either', () => {
  // @ts-expect-error TS2559: no property of it is one of the query
  users.list(how);
  // @ts-expect-error TS2559: no property of it is one of the query
  connection.check(how);
  // @ts-expect-error TS2559: no property of it is one of the query
  connection.roster(how);
  // @ts-expect-error TS2345: eventTypes is missing
  logs.events(how);
});
