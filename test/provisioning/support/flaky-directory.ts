import type { DirectoryPlan } from '../../../src/provisioning/plan.js';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';
import { ScimClient } from '../../../src/scim/client.js';
import { createEmulator, type EmulatorRoute, type Fault, fault } from '../../../src/testing/index.js';
import { noLimits } from './open-directory.js';

const reads: readonly EmulatorRoute[] = ['GET /Users', 'GET /Users/{id}', 'GET /Groups/{id}', 'GET /Groups'];
const writes: readonly EmulatorRoute[] = ['POST /Users', 'PATCH /Users/{id}', 'POST /Groups', 'PATCH /Groups/{id}'];

/** What goes wrong, and of how many of a thousand requests: refused, cut before and after the write, answers lost. */
const weather: readonly [Fault, readonly EmulatorRoute[], number][] = [
  [fault.status(429, { retryAfter: 0 }), [...reads, ...writes], 8],
  [fault.status(503), [...reads, ...writes], 8],
  [fault.cut('before_commit'), [...reads, ...writes], 6],
  [fault.status(503, { afterCommit: true }), writes, 6],
  [fault.cut('after_commit'), writes, 12],
  [fault.cut('during_body'), [...reads, ...writes], 6],
  [fault.truncatedBody(), [...reads, ...writes], 6],
];

/** One write as the server saw it. */
export interface SeenWrite {
  readonly run: string;
  /** `POST person-4`, or the method and the id. */
  readonly what: string;
}

export interface FlakyDirectory extends AsyncDisposable {
  readonly emulator: ReturnType<typeof createEmulator>;
  readonly baseUrl: string;
  readonly token: string;
  readonly writes: readonly SeenWrite[];
  /** Calls back when so many more requests have come. */
  after(requests: number, work: () => void): void;
  /** Makes a plan in fair weather. */
  plan(): Promise<DirectoryPlan>;
  /** Lets faults come. */
  worsen(): void;
  mend(): void;
  /** What is not as desired, by the server's own store. */
  differences(): string[];
}

const keyOf = (index: number) => `E${index}`;
const nameOf = (index: number) => `person-${index}@north.example`;
const people = 10;

/**
 * A directory served over HTTP, and a desired state so many changes away: of ten people two are to be created, two renamed,
 * one made active, one deactivated, three changed; and a group of them gets two members and loses one to a group of all.
 */
export async function openFlakyDirectory(changes: number, mode: 'workos' | 'rfc' = 'workos'): Promise<FlakyDirectory> {
  const tens = Math.ceil(changes / (people + 1));
  const emulator = createEmulator({ world: 'empty', scim: { mode }, maxRecordedRequests: 100 });
  const { store, faults } = emulator;
  const server = await emulator.listen();
  const { token } = emulator.scim;
  const baseUrl = server.scimBaseUrl;
  const guarded = [
    store.users.add({ userName: 'backup@north.example', externalId: 'BOT', active: true, userType: 'ServiceAccount' }),
    store.users.add({ userName: 'owner@north.example', externalId: 'OWN', active: true }),
    store.users.add({ userName: 'safe@north.example', externalId: 'SAFE', active: true }),
  ];
  const users: Record<string, unknown>[] = [];
  const groups: { displayName: string; members: string[] }[] = [];
  const expected = new Map<string, { active: boolean; userName: string; title?: string }>();
  const expectedGroups = new Map<string, readonly string[]>();
  const moved: string[] = [];
  for (let ten = 0; ten < tens; ten += 1) {
    const ids = new Map<string, string>();
    for (let place = 0; place < people; place += 1) {
      const index = ten * people + place;
      const key = keyOf(index);
      const isRenamed = place === 2 || place === 3;
      const isGone = place === 5;
      const title = place >= 6 && place <= 8 ? 'New' : 'Old';
      if (place >= 2) {
        const userName = isRenamed ? `former-${index}@north.example` : nameOf(index);
        ids.set(
          key,
          store.users.add({ userName, externalId: key, title: 'Old', active: place !== 4, emails: mailOf(index) }),
        );
      }
      if (!isGone) users.push({ userName: nameOf(index), externalId: key, title, emails: mailOf(index) });
      expected.set(key, { active: !isGone, userName: nameOf(index), ...(isGone ? {} : { title }) });
    }
    const at = (place: number) => keyOf(ten * people + place);
    const had = [at(9), at(8)];
    store.groups.add({
      displayName: `G${ten}`,
      members: [...had.map((key) => ids.get(key) ?? ''), guarded[1] ?? ''].map((value) => ({ value })),
    });
    // The service account is in no list, and the owner's membership stays.
    const members = [at(9), at(0), at(1)];
    groups.push({ displayName: `G${ten}`, members: [...members, 'OWN'] });
    expectedGroups.set(`G${ten}`, [...members, 'OWN'].toSorted());
    moved.push(at(8));
  }
  groups.push({ displayName: 'Fresh', members: moved });
  expectedGroups.set('Fresh', moved.toSorted());
  users.push({ userName: 'owner@north.example', externalId: 'OWN' });

  const seen: SeenWrite[] = [];
  let isBad = false;
  let requests = 0;
  let due: { at: number; work: () => void } | undefined;
  faults.add(fault.latency(0), {
    service: 'scim',
    times: Number.POSITIVE_INFINITY,
    when: ({ method, url, headers, body }) => {
      requests += 1;
      if (due !== undefined && requests >= due.at) {
        const { work } = due;
        due = undefined;
        work();
      }
      if (method === 'GET') return false;
      const name = method === 'POST' ? String(JSON.parse(body).externalId ?? JSON.parse(body).displayName) : '';
      const id = method === 'POST' ? name : url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
      seen.push({ run: headers.get('x-run') ?? '', what: `${method} ${id}` });
      return false;
    },
  });
  for (const [one, route, perThousand] of weather) {
    const when = () => isBad && Math.random() * 1_000 < perThousand;
    faults.add(one, { route, times: Number.POSITIVE_INFINITY, when });
  }
  const client = new ScimClient({
    baseUrl,
    token,
    rateLimit: false,
    profile: mode,
    access: { provisioning: true, deprovisioning: true },
    dangerouslyAllowHttpLoopback: true,
  });
  const policy = {
    ...noLimits,
    ownersUnknown: 'allow',
    protect: { keyCreator: 'owner@north.example', ids: [guarded[2] ?? ''] },
  } as const;
  return {
    emulator,
    baseUrl,
    token,
    writes: seen,
    after(count, work) {
      due = { at: requests + count, work };
    },
    plan: () => planDirectory(client, { users, groups } as never, policy),
    worsen() {
      isBad = true;
    },
    mend() {
      isBad = false;
      due = undefined;
    },
    differences() {
      const rows = store.users.list();
      const byKey = grouped(rows, ({ externalId }) => String(externalId));
      const twins = [...byKey].flatMap(([key, all]) => (all.length > 1 ? [`${key} is there ${all.length} times`] : []));
      const others = [...expected].flatMap(([key, wanted]) => {
        const [row] = byKey.get(key) ?? [];
        if (row === undefined) return [`${key} is missing`];
        const isSame =
          (row.active !== false) === wanted.active &&
          (!wanted.active || (row.userName === wanted.userName && row.title === wanted.title));
        return isSame
          ? []
          : [`${key} is ${row.active === false ? 'inactive' : 'active'}, ${row.userName}, ${row.title}`];
      });
      const lost = guarded.filter((id) => store.users.get(id)?.active !== true).map((id) => `${id} was removed`);
      const keys = new Map(rows.map(({ id, externalId }) => [id, String(externalId)]));
      const named = grouped(store.groups.list(), ({ displayName }) => String(displayName));
      const wrong = [...expectedGroups].flatMap(([name, wanted]) => {
        const all = named.get(name) ?? [];
        const shown = (all[0]?.members ?? []).map(({ value }) => keys.get(value ?? '') ?? String(value)).toSorted();
        return all.length === 1 && shown.join() === wanted.join()
          ? []
          : [`${name}, ${all.length} times: ${shown.join()}`];
      });
      return [...twins, ...others, ...lost, ...wrong];
    },
    async [Symbol.asyncDispose]() {
      faults.clear();
      await emulator.close();
    },
  };
}

function mailOf(index: number) {
  return [{ value: `mail-${index}@north.example`, type: 'work', primary: true }];
}

/** By a key, in their order. */
export function grouped<T>(items: Iterable<T>, keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOfItem(item), [...(groups.get(keyOfItem(item)) ?? []), item]);
  return groups;
}
