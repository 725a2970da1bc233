import { inspect } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { type AuditLogCheckpoint, type FailedPrincipal, principalOf } from '../../../src/audit-logs/index.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';
import { throughJson } from '../support/read-fake-log.js';
import { first, idsOf, noteFailures, openWorkspaces, second, third } from './support.js';

const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;

/** Two files of each type in each workspace. */
function openFilled(...given: Parameters<typeof openWorkspaces>) {
  const world = openWorkspaces(...given);
  for (const [name, id] of Object.entries({ first, second, third })) {
    for (const type of eventTypes) {
      for (const n of [1, 2]) world.addFile(id, [`${name} ${type} ${n}a`, `${name} ${type} ${n}b`], type);
    }
  }
  return world;
}

const allOf = (...names: readonly string[]) =>
  names.flatMap((name) => eventTypes.flatMap((type) => ['1a', '1b', '2a', '2b'].map((n) => `${name} ${type} ${n}`)));

const partitionOf = ({ partitions }: AuditLogCheckpoint, id: string, type = 'AUTH_LOG') =>
  partitions.find(({ principal, eventType }) => principal.id === id && eventType === type);

describe.each(['file', 'time'] as const)('in %s order', (ordering) => {
  it('reads the others to their end when a key is refused, and tells of it once', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    const { lines, onFailedPrincipal } = noteFailures();
    const events = open().events({ eventTypes, ordering, onFailedPrincipal });
    expect((await idsOf(events)).toSorted()).toEqual(allOf('first', 'third').toSorted());
    expect(lines).toEqual(['second AUTH_LOG AUDIT_LOG unauthorized']);
    expect(events.stats).toMatchObject({ failedPrincipals: 1, events: 16 });
  });

  it('goes on exactly where the failed one was, once its key is mended', async () => {
    const { open, revoke, mend, addFile } = openFilled();
    const later = Array.from({ length: 5 }, (_, n) => `second later ${n}`);
    for (const id of later) addFile(second, [id]);
    const { lines, onFailedPrincipal } = noteFailures();
    const query = { eventTypes, ordering, onFailedPrincipal, concurrency: 1 } as const;
    const events = open().events(query);
    const ids: string[] = [];
    for await (const { event_id: id } of events) {
      ids.push(id);
      if (id === 'second AUTH_LOG 1a') revoke(second);
    }
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(['second']));
    expect(ids).toEqual(expect.arrayContaining(allOf('first', 'third')));
    expect(ids).not.toEqual(expect.arrayContaining(later));
    mend(second);
    const more = open().events({ ...query, deduplicate: false, resumeFrom: throughJson(events.checkpoint()) });
    const all = [...ids, ...(await idsOf(more))];
    expect(all.toSorted()).toEqual([...allOf('first', 'second', 'third'), ...later].toSorted());
    expect(more.stats.failedPrincipals).toBe(0);
  });
});

test('batches read the others too, and each carries where the failed one was', async () => {
  const { open, revoke, mend } = openFilled();
  const stopped = open().batches({ eventTypes });
  for await (const _ of stopped) break;
  const resumeFrom = throughJson(stopped.checkpoint());
  revoke(second);
  const { lines, onFailedPrincipal } = noteFailures();
  const batches = open().batches({ eventTypes, resumeFrom, onFailedPrincipal });
  for await (const { checkpoint } of batches) {
    expect(partitionOf(checkpoint, second)).toEqual(partitionOf(resumeFrom, second));
  }
  expect(lines).toEqual(['second AUTH_LOG AUDIT_LOG unauthorized']);
  expect(batches.stats.failedPrincipals).toBe(1);
  mend(second);
  const rest = open().batches({ eventTypes, resumeFrom: batches.checkpoint(), onFailedPrincipal });
  const principals = new Set<string>();
  for await (const { principal } of rest) principals.add(principal.id);
  expect([...principals]).toEqual([second]);
});

test('a type that the key of one workspace may not read stops neither its other types nor the others', async () => {
  const { open, mend } = openFilled();
  mend(second, { scopes: ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'] });
  const { lines, onFailedPrincipal } = noteFailures();
  const ids = await idsOf(open().events({ eventTypes, onFailedPrincipal }));
  expect(lines).toEqual(['second AUDIT_LOG forbidden']);
  const isMissing = (id: string) => id.startsWith('second AUDIT_LOG');
  expect(ids.toSorted()).toEqual(
    allOf('first', 'second', 'third')
      .filter((id) => !isMissing(id))
      .toSorted(),
  );
});

test('each type that fails in another way is told by itself', async () => {
  const { open, emulator } = openFilled();
  const isOf = (type: string) => (request: { readonly url: URL }) =>
    request.url.pathname.includes(second) && request.url.searchParams.get('event_type') === type;
  emulator.faults.add(fault.status(400), { times: Number.POSITIVE_INFINITY, when: isOf('AUTH_LOG') });
  emulator.faults.add(fault.status(403), { times: Number.POSITIVE_INFINITY, when: isOf('AUDIT_LOG') });
  const { lines, onFailedPrincipal } = noteFailures();
  const events = open().events({ eventTypes, onFailedPrincipal });
  expect(await idsOf(events)).toHaveLength(16);
  expect(lines.toSorted()).toEqual(['second AUDIT_LOG forbidden', 'second AUTH_LOG bad_request']);
  expect(events.stats.failedPrincipals).toBe(1);
});

describe('what counts as the failure of one workspace', () => {
  const isSecond = ({ url }: { readonly url: URL }) => url.pathname.includes(second);
  const always = { times: Number.POSITIVE_INFINITY, when: isSecond };

  it.each([
    [fault.status(401), 'unauthorized'],
    [fault.status(403), 'forbidden'],
    [fault.status(404), 'not_found'],
    [fault.status(400), 'bad_request'],
    [fault.status(503), 'server_error'],
    [fault.cut('before_commit'), 'network_error'],
    [fault.html(200), 'invalid_response'],
  ])('is a list that is answered with %o', async (one, code) => {
    const { open, emulator } = openFilled();
    emulator.faults.add(one, always);
    const { lines, onFailedPrincipal } = noteFailures();
    expect(await idsOf(open().events({ eventTypes, onFailedPrincipal }))).toHaveLength(16);
    expect(lines).toEqual([`second AUTH_LOG AUDIT_LOG ${code}`]);
  });

  it('is a list that cannot be believed', async () => {
    const { open, emulator } = openFilled();
    let shown = 0;
    const vanish = (body: unknown) =>
      shown++ === 0 ? { ...(body as object), has_more: true } : { data: [], has_more: false, last_end_time: null };
    emulator.faults.add(fault.body('what it showed is gone', vanish), { ...always, route: 'GET /compliance/logs' });
    const { lines, failures, onFailedPrincipal } = noteFailures();
    const events = open().events({ eventTypes: ['AUTH_LOG'], onFailedPrincipal });
    expect(await idsOf(events)).toHaveLength(8);
    expect(lines).toEqual(['second AUTH_LOG pagination_stuck']);
    expect(principalOf(failures[0]?.error)?.id).toBe(second);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('The vault is sealed.')), 'The vault is sealed.'],
    ['gives nothing', () => '', 'invalid_input'],
    ['gives what cannot be sent', () => 'sk admin', 'invalid_input'],
  ])('is a function for its key that %s', async (_what, key, told) => {
    const { open, keys } = openFilled();
    const apiKey = { [first]: keys.get(first) ?? '', [second]: key, [third]: keys.get(third) ?? '' };
    const { lines, onFailedPrincipal } = noteFailures();
    expect(await idsOf(open({ apiKey }).events({ eventTypes, onFailedPrincipal }))).toHaveLength(16);
    expect(lines).toEqual([`second AUTH_LOG AUDIT_LOG ${told}`]);
  });

  it('is a function for its key that throws something else than an Error', async () => {
    const { open, keys } = openFilled();
    const refuse = () => Promise.reject('sealed');
    const apiKey = { [first]: keys.get(first) ?? '', [second]: refuse, [third]: keys.get(third) ?? '' };
    const { failures, onFailedPrincipal } = noteFailures();
    expect(await idsOf(open({ apiKey }).events({ eventTypes, onFailedPrincipal }))).toHaveLength(16);
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('key'), cause: 'sealed' } }]);
  });

  it('is a key that stops working between the list and the downloads', async () => {
    const { open, keys } = openFilled();
    let asked = 0;
    const apiKey = {
      [first]: keys.get(first) ?? '',
      [third]: keys.get(third) ?? '',
      [second]: () => {
        if (asked++ > 1) throw new Error('The vault is sealed.');
        return keys.get(second) ?? '';
      },
    };
    const { lines, onFailedPrincipal } = noteFailures();
    const events = open({ apiKey }).events({ eventTypes, onFailedPrincipal });
    expect(await idsOf(events)).toHaveLength(16);
    expect(lines.toSorted()).toEqual(['second AUDIT_LOG The vault is sealed.', 'second AUTH_LOG The vault is sealed.']);
    expect(partitionOf(events.checkpoint(), second)).toMatchObject({ gaps: [], completedFiles: '' });
  });

  it('is a key that may list but not download, where no file may be left out', async () => {
    const { open, emulator } = openFilled();
    emulator.faults.add(fault.status(403), { ...always, route: 'GET /compliance/logs/{log_file_id}' });
    const { lines, onFailedPrincipal } = noteFailures();
    const events = open().events({ eventTypes, onFailedPrincipal });
    expect(await idsOf(events)).toHaveLength(16);
    expect(lines.toSorted()).toEqual(['second AUDIT_LOG forbidden', 'second AUTH_LOG forbidden']);
    expect(partitionOf(events.checkpoint(), second)).toMatchObject({ gaps: [], completedFiles: '' });
  });

  it('is such a key after ten files, where files may be left out, and those stay gaps', async () => {
    const world = openWorkspaces();
    const ids = Array.from({ length: 15 }, (_, n) => `second ${n}`);
    for (const id of ids) world.addFile(second, [id]);
    world.addFile(first, ['first']);
    world.emulator.faults.add(fault.status(403), { ...always, route: 'GET /compliance/logs/{log_file_id}' });
    const { lines, onFailedPrincipal } = noteFailures();
    const files: string[] = [];
    const query = {
      eventTypes: ['AUTH_LOG'],
      onFailedFile: (gap: { file: { id: string } }) => files.push(gap.file.id),
    } as const;
    const events = world.open().events({ ...query, onFailedPrincipal, concurrency: 1 });
    expect(await idsOf(events)).toEqual(['first']);
    expect(files).toHaveLength(9);
    expect(lines).toEqual(['second AUTH_LOG forbidden']);
    world.emulator.faults.clear();
    const rest = await idsOf(world.open().events({ ...query, resumeFrom: events.checkpoint() }));
    expect(rest.toSorted()).toEqual(ids.toSorted());
  });
});

describe('what does not', () => {
  const told = () => expect.unreachable('Nobody failed.');

  it('is the signal of the caller', async () => {
    const { open } = openFilled();
    const stop = new AbortController();
    const events = open().events({ eventTypes, onFailedPrincipal: told }, { signal: stop.signal });
    const reading = (async () => {
      for await (const _ of events) stop.abort('enough');
    })();
    expect(await rejection(reading)).toBe('enough');
    expect(await rejection(idsOf(events))).toBe('enough');
  });

  it('is an option of the call that cannot be sent', async () => {
    const { open } = openFilled();
    const headers = { 'x-team': 'a\nb' };
    const reading = idsOf(open().events({ eventTypes, onFailedPrincipal: told }, { headers }));
    expect(await rejection(reading)).toMatchObject({ name: 'InputError', path: ['headers', 'x-team'] });
  });

  it('is a retention gap', async () => {
    const { open } = openFilled();
    const reading = idsOf(open().events({ eventTypes, after: '2026-01-01T00:00:00Z', onFailedPrincipal: told }));
    expect(await rejection(reading)).toMatchObject({ code: 'retention_gap' });
  });

  it.each(['onProgress', 'onCaughtUp'] as const)('is what %s throws', async (name) => {
    const { open } = openFilled();
    const broken = () => {
      throw new Error('The disk is full.');
    };
    const reading = idsOf(open().events({ eventTypes, onFailedPrincipal: told, [name]: broken }));
    expect(await rejection(reading)).toMatchObject({ message: 'The disk is full.' });
  });

  it('is one file that cannot be had', async () => {
    const { open, emulator } = openFilled();
    emulator.faults.add(fault.corruptBody(), { route: 'GET /storage/{file}', times: Number.POSITIVE_INFINITY });
    const reading = idsOf(open().events({ eventTypes, onFailedPrincipal: told }));
    expect(await rejection(reading)).toMatchObject({ code: 'hash_mismatch' });
  });

  it('is one file that is refused among others that are not', async () => {
    const { open, emulator } = openFilled();
    const [{ id } = { id: '' }] = emulator.store.logs.list(second);
    const isIt = ({ url }: { readonly url: URL }) => url.pathname.endsWith(id);
    emulator.faults.add(fault.status(403), { times: Number.POSITIVE_INFINITY, when: isIt });
    const files: string[] = [];
    const onFailedFile = ({ file }: { file: { id: string } }) => files.push(file.id);
    expect(await idsOf(open().events({ eventTypes, onFailedPrincipal: told, onFailedFile }))).toHaveLength(22);
    expect(files).toEqual([id]);
  });
});

describe('where all of them fail', () => {
  it('tells of each, and then throws what failed first', async () => {
    const { open, revoke } = openFilled();
    for (const id of [first, second, third]) revoke(id);
    const { lines, failures, onFailedPrincipal } = noteFailures();
    const events = open().events({ eventTypes, onFailedPrincipal });
    const thrown = await rejection(idsOf(events));
    expect(lines.toSorted()).toEqual([
      'first AUTH_LOG AUDIT_LOG unauthorized',
      'second AUTH_LOG AUDIT_LOG unauthorized',
      'third AUTH_LOG AUDIT_LOG unauthorized',
    ]);
    expect(failures.map(({ error }) => error)).toContain(thrown);
    expect(events.stats.failedPrincipals).toBe(3);
  });

  it('does so for the only workspace of a client, also when some of it was delivered', async () => {
    const { open, revoke, keys } = openFilled();
    const { lines, onFailedPrincipal } = noteFailures();
    const client = open({ apiKey: { [first]: () => keys.get(first) ?? '' } });
    const events = client.events({ eventTypes: ['AUTH_LOG'], onFailedPrincipal, concurrency: 1 });
    const reading = (async () => {
      for await (const _ of events) revoke(first);
    })();
    expect(await rejection(reading)).toMatchObject({ status: 401 });
    expect(lines).toEqual(['first AUTH_LOG unauthorized']);
  });
});

test.each([undefined, 'throw'] as const)('one of them ends the reading of all with %s', async (onFailedPrincipal) => {
  const { open, revoke } = openFilled();
  revoke(second);
  expect(await rejection(idsOf(open().events({ eventTypes, onFailedPrincipal })))).toMatchObject({ status: 401 });
  const batches = (async () => {
    for await (const _ of open().batches({ eventTypes, onFailedPrincipal }));
  })();
  expect(await rejection(batches)).toMatchObject({ status: 401 });
});

test('a key that is changed while it is read with leaves no gap: both open the workspace until the old one is revoked', async () => {
  const { open, revoke, mend, keys, emulator } = openFilled();
  const events = open({ apiKey: { [first]: () => keys.get(first) ?? '' } }).events({ eventTypes, concurrency: 1 });
  const ids: string[] = [];
  let old = '';
  for await (const { event_id: id } of events) {
    ids.push(id);
    if (ids.length === 1) {
      old = keys.get(first) ?? '';
      mend(first);
    }
    if (ids.length === 3) emulator.compliance.keys.revoke(old);
  }
  expect(ids.toSorted()).toEqual(allOf('first').toSorted());
  expect(old).not.toBe(keys.get(first));
  revoke(first);
});

describe('who is told', () => {
  it('is waited for before anything more is handed out', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    const steps: string[] = [];
    const onFailedPrincipal = async () => {
      steps.push('told');
      await new Promise((resolve) => setImmediate(resolve));
      steps.push('noted');
    };
    for await (const { event_id: id } of open().events({ eventTypes, onFailedPrincipal })) steps.push(id);
    expect(steps.indexOf('noted')).toBe(steps.indexOf('told') + 1);
  });

  it.each([
    [
      'throws',
      (error: Error) => {
        throw error;
      },
    ],
    ['rejects with', (error: Error) => Promise.reject(error)],
  ])('ends the iteration with what it %s, be it what it was told', async (_how, fail) => {
    const { open, revoke } = openFilled();
    revoke(second);
    const onFailedPrincipal = ({ error }: FailedPrincipal) => fail(error);
    const thrown = await rejection(idsOf(open().events({ eventTypes, onFailedPrincipal })));
    expect(thrown).toMatchObject({ status: 401 });
    expect(principalOf(thrown)?.id).toBe(second);
  });

  it('learns whose it is, and no secret', async () => {
    const { open, revoke, keys } = openFilled();
    revoke(second);
    const { failures, onFailedPrincipal } = noteFailures();
    await idsOf(open().events({ eventTypes, onFailedPrincipal }));
    const [failed] = failures;
    expect(failed?.principal).toEqual({ type: 'workspace', id: second });
    expect(principalOf(failed?.error)).toEqual(failed?.principal);
    expect(isSdkError(failed?.error) && failed.error.remedy).toMatch(/key/i);
    const printed = `${inspect(failed, { depth: 9, showHidden: true })}${JSON.stringify(failed)}`;
    for (const key of keys.values()) expect(printed).not.toContain(key);
    expect(inspect(failed?.error, { depth: 9 })).toContain(
      `Workspace ${second}: GET /compliance/workspaces/{workspace_id}/logs`,
    );
  });
});

test('what the failed one had downloaded makes room for the others', async () => {
  const { open, addFile, emulator } = openWorkspaces();
  for (let n = 0; n < 12; n++) addFile(second, [`second ${n}`]);
  const ids = Array.from({ length: 30 }, (_, n) => `first ${n}`);
  for (const id of ids) addFile(first, [id]);
  const [{ id } = { id: '' }] = emulator.store.logs.list(second);
  emulator.faults.add(fault.status(401), {
    times: Number.POSITIVE_INFINITY,
    when: ({ url }) => url.pathname.endsWith(id),
  });
  const { lines, onFailedPrincipal } = noteFailures();
  const events = open().events({ eventTypes: ['AUTH_LOG'], onFailedPrincipal, maxBytesInFlight: 1_000 });
  expect(await idsOf(events)).toEqual(ids);
  expect(lines).toEqual(['second AUTH_LOG unauthorized']);
});
