// The same checks in every runtime, with nothing but this package and what the platform has. They use every entry.
import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { AdminClient } from 'chatgpt-enterprise-sdk/admin';
import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
import { exportLogs, memorySink } from 'chatgpt-enterprise-sdk/export';
import { type OcsfEvent, toEcs, toOcsf } from 'chatgpt-enterprise-sdk/normalize';
import { applyPlan, exitCodeOf, formatPlan, memoryJournal, planDirectory } from 'chatgpt-enterprise-sdk/provisioning';
import {
  filter,
  formatFilter,
  isSdkError,
  matchesFilter,
  parseFilter,
  publicHostsOnly,
  ScimClient,
} from 'chatgpt-enterprise-sdk/scim';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

/** A SCIM server on 127.0.0.1, to be reached by the runtime's own `fetch`. */
export interface LoopbackServer {
  readonly baseUrl: string;
  readonly token: string;
  readonly userCount: number;
  /** Of a server that keeps connections, and resets the one over which a POST arrives. */
  readonly resettingUrl: string;
}

/** Runs every check. Gives the names of those that failed, with what went wrong. */
export async function smoke(loopback?: LoopbackServer): Promise<string[]> {
  const failures: string[] = [];
  const check = async (name: string, run: () => boolean | Promise<boolean>) => {
    try {
      if (!(await run())) failures.push(`${name}: not as expected`);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    }
  };

  const emulator = createEmulator();
  const { baseUrl, token } = emulator.scim;
  const scim = new ScimClient({ baseUrl, token, fetch: emulator.fetch });

  await check('parses, writes and matches a filter', () => {
    const text = formatFilter(filter`userName sw ${'a"b'} and active eq ${true}`);
    return matchesFilter(parseFilter(text), { userName: 'a"bc', active: true });
  });
  await check('walks through users', async () => {
    const ids = new Set();
    for await (const user of scim.users.iterate({ count: 3 })) ids.add(user.id);
    return ids.size > 3;
  });
  await check('finds a user', async () => {
    const { items } = await scim.users.list({ count: 1 });
    const userName = items[0]?.userName ?? '';
    return (await scim.users.find({ userName }))?.id === items[0]?.id;
  });
  await check('plans a directory', async () => {
    const users = await scim.users.iterate().toArray();
    const plan = await planDirectory(scim, { users: [...users, { userName: 'new.person@north.example' }] });
    return plan.actions.length === 1 && formatPlan(plan).includes('+ create new.person@north.example');
  });
  await check('applies a plan with a journal, and plans nothing more', async () => {
    const directory = createEmulator();
    const client = new ScimClient({
      ...directory.clientOptions,
      baseUrl: directory.scim.baseUrl,
      token: directory.scim.token,
      access: { provisioning: true, deprovisioning: true },
    });
    const [first, second, ...others] = await client.users.iterate().toArray();
    if (first === undefined || second === undefined) return false;
    const desired = {
      users: [{ ...first, title: 'Chief' }, ...others, { userName: 'new.person@north.example' }],
      groups: [{ displayName: 'Night shift', members: [first.userName, 'new.person@north.example'] }],
    };
    const policy = { ownersUnknown: 'allow' } as const;
    const plan = await planDirectory(client, desired, policy);
    const journal = memoryJournal();
    const result = await applyPlan(client, plan, { approve: plan.hash, journal });
    // Started again, it goes by the journal.
    const again = await applyPlan(client, plan, { approve: plan.hash, journal });
    const { actions } = await planDirectory(client, desired, policy);
    const isDone = exitCodeOf(result) === 0 && exitCodeOf(again) === 0 && actions.length === 0;
    return isDone && result.totals.done === 5 && directory.store.users.get(second.id)?.active === false;
  });
  await check('writes nothing', async () => {
    try {
      await (scim as ScimClient<'provisioning'>).users.create({ userName: 'a@b.c' });
      return false;
    } catch (error) {
      return isSdkError(error, 'AccessDeniedError');
    }
  });
  await check('reads events of every workspace', async () => {
    const { apiKey, workspaceIds, baseUrl: complianceUrl } = emulator.compliance;
    const client = new AuditLogClient({ apiKey, workspaceIds, baseUrl: complianceUrl, fetch: emulator.fetch });
    const workspaces = new Set();
    for await (const event of client.events({
      eventTypes: ['AUTH_LOG'],
      after: new Date(Date.now() - 20 * 86_400_000),
    })) {
      workspaces.add(event.principal?.id);
    }
    return workspaces.size === workspaceIds.length;
  });
  await check('exports events into a store, each once', async () => {
    const { apiKey, workspaceIds, baseUrl: complianceUrl } = emulator.compliance;
    const client = new AuditLogClient({ apiKey, workspaceIds, baseUrl: complianceUrl, fetch: emulator.fetch });
    const sink = memorySink();
    const query = { eventTypes: ['AUTH_LOG'], after: new Date(Date.now() - 20 * 86_400_000) } as const;
    const { counts } = await exportLogs({ client, query, sink });
    const again = await exportLogs({ client, query, sink });
    return counts.written > 0 && counts.written === sink.events.length && again.counts.written === 0;
  });
  await check('writes events as OCSF and ECS, without addresses', async () => {
    const { apiKey, workspaceIds, baseUrl: complianceUrl } = emulator.compliance;
    const client = new AuditLogClient({ apiKey, workspaceIds, baseUrl: complianceUrl, fetch: emulator.fetch });
    const query = { eventTypes: ['AUTH_LOG'], after: new Date(Date.now() - 20 * 86_400_000) } as const;
    let count = 0;
    const events: OcsfEvent[] = [];
    for await (const record of client.events(query)) {
      count += 1;
      events.push(...toOcsf(record));
      const { '@timestamp': _time, ...document } = toEcs(record);
      if (JSON.stringify(document).includes('@')) return false;
    }
    const isOfIam = events.every(({ class_uid }) => class_uid === 3001 || class_uid === 3002);
    return events.length === count && count > 0 && isOfIam && !JSON.stringify(events).includes('@');
  });
  await check('reads members page by page', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      null: { data: [{ id: 'user-1' }, { id: 'user-2' }], last_id: 'user-2', has_more: true },
      'user-2': { data: [{ id: 'user-3' }], last_id: 'user-3', has_more: false },
    };
    const client = new AdminClient({
      apiKey: 'sk-admin-1',
      workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
      fetch: async (input) => Response.json(pages[`${new URL(new Request(input).url).searchParams.get('after')}`]),
    });
    return (await client.members.iterate().toArray()).length === 3;
  });
  await check('opens both clients from the form, and finds the connection good', async () => {
    const config = parseConnectionConfig(emulator.connectionConfig(), { require: ['scim', 'compliance'] });
    const connection = connect(config, emulator.clientOptions);
    const { verdict } = await connection.check();
    await connection.close();
    return (
      verdict !== 'failed' && connection.scim instanceof ScimClient && connection.auditLogs instanceof AuditLogClient
    );
  });
  await check('tells a wrong token, without the token', async () => {
    const secret = 'se_wrong_1234567890';
    try {
      await new ScimClient({ baseUrl, token: secret, fetch: emulator.fetch }).users.list();
      return false;
    } catch (error) {
      const text = `${JSON.stringify(error)} ${error} ${error instanceof Error ? error.stack : ''}`;
      return isSdkError(error) && error.code === 'unauthorized' && !text.includes(secret);
    }
  });
  await check('prints a config without its secrets', () => {
    const config = parseConnectionConfig(emulator.connectionConfig());
    // What `console.log` prints by, where the runtime shows it.
    type Printer = { readonly inspect: (value: unknown) => string };
    type Host = Record<'Deno' | 'Bun', Printer | undefined> & { readonly process?: typeof process };
    const host = globalThis as unknown as Host;
    const { inspect }: Printer = host.Deno ??
      host.Bun ??
      host.process?.getBuiltinModule?.('node:util') ?? { inspect: JSON.stringify };
    const printed = [inspect(config), inspect({ config }), JSON.stringify(config)];
    return printed.every((text) => text.includes('[redacted]') && !text.includes(token));
  });
  await check('tells internal hosts from public ones, however they are spelt', async () => {
    const inside = ['https://0x7f.1', 'https://[::ffff:10.0.0.1]', 'https://[fd00:ec2::254]', 'https://localhost.'];
    const outside = ['https://1.1.1.1', 'https://[2606:4700:4700::1111]'];
    const verdicts = await Promise.all([...inside, ...outside].map((href) => publicHostsOnly(new URL(href))));
    return verdicts.lastIndexOf(false) === inside.length - 1 && verdicts.indexOf(true) === inside.length;
  });
  await check('rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    return scim.users.list({}, { signal }).then(
      () => false,
      (error) => error === reason,
    );
  });

  if (loopback !== undefined) {
    const options = { token: loopback.token, dangerouslyAllowHttpLoopback: true, maxRetries: 0 };
    await check('reaches a server by the fetch of the runtime', async () => {
      let count = 0;
      for await (const _user of new ScimClient({ ...options, baseUrl: loopback.baseUrl }).users.iterate()) count += 1;
      return count === loopback.userCount;
    });
    await check('sends a POST once, also over a connection that was kept and is reset', async () => {
      const { resettingUrl } = loopback;
      const client = new ScimClient({
        ...options,
        baseUrl: resettingUrl,
        access: { provisioning: true },
        random: () => 0,
      });
      const countPosts = async () => Number(await (await fetch(`${resettingUrl}/posts`)).text());
      const before = await countPosts();
      await client.users.list();
      const failure: unknown = await client.users.create({ userName: 'a@b.c' }).catch((error: unknown) => error);
      return isSdkError(failure) && (await countPosts()) === before + 1;
    });
    await check('tells that nobody listens', async () => {
      try {
        await new ScimClient({ ...options, baseUrl: 'http://127.0.0.1:9/scim' }).users.list();
        return false;
      } catch (error) {
        return isSdkError(error) && error.code === 'network_error';
      }
    });
  }
  return failures;
}
