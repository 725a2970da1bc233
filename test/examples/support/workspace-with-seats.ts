/**
 * To be imported before an example: the environment names a workspace, at noon of 30 November 2026, and the network is an
 * emulator of it. `SEATS` says what is odd about it: `hostile names`, `no use` or `no groups` by a permission that the key has
 * not, `use not found` or `no members` by a 404, `with others`, of which one has a key that is refused and one an older key, `changing`, a group that counts one member more than it has, `zeros`, a row that
 * says that there was no use, or `undated`, one that names no day.
 */
import { createEmulator, fault } from 'chatgpt-enterprise-sdk/testing';

// It goes on: a clock that stands still is taken for one that was set, and the limits of requests begin anew.
Date.now = () => Date.UTC(2026, 10, 30, 12) + Math.floor(performance.now());

const odd = process.env.SEATS;
const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
const organizationId = 'org-Northwind0000000000000000';
const created = Date.UTC(2026, 0, 5) / 1_000;
const hostile = {
  formula: '=HYPERLINK("http://evil.example","click")',
  markup: `<img src="http://evil.example/x.png" onerror='alert(1)'>&amp;`,
  escape: '\u001b[2J\u202eeman\nsecond line',
  long: 'W'.repeat(300),
};
const isHostile = odd === 'hostile names';

const emulator = createEmulator({
  world: 'empty',
  admin: { quirks: { staleMembersMs: 0 } },
  workspaces: [
    {
      id: workspaceId,
      organizationId,
      users: [
        memberOf('ada', isHostile ? hostile.markup : 'Ada Fir'),
        memberOf('bo', isHostile ? hostile.formula : 'Bo Elm'),
        memberOf('cy', isHostile ? hostile.escape : 'Cy Oak', 'codex'),
        memberOf('dee', isHostile ? hostile.long : ''),
        memberOf('eve', 'Eve Ash'),
      ],
    },
  ],
});
const { admin, workspaces } = emulator.store;
workspaces.invite(workspaceId, 'fay@northwind.example');
admin.groups.add(workspaceId, { name: isHostile ? hostile.markup : 'Lab', members: ['user-ada', 'user-bo'] });
admin.groups.add(workspaceId, {
  name: isHostile ? hostile.formula : 'Sales',
  members: ['user-ada', 'user-dee', 'user-eve'],
});

costs('ada', '2026-11-30', 'CREDITS', 0.1);
costs('ada', '2026-11-29', 'CREDITS', 0.2);
costs('ada', '2026-11-01', 'CREDITS', 0.7);
// The day before the thirty, which costs nothing more here.
costs('bo', '2026-10-31', 'CREDITS', 5);
costs('eve', '2026-11-20', 'USD', 2.5);
costs('eve', '2026-11-21', 'USD', 1.1);
costs('gone', '2026-11-27', 'CREDITS', 7);
message('dee', '2026-11-20');
if (odd === 'zeros') costs('cy', '2026-11-28', 'CREDITS', 0);

const scopes = [
  'chatgpt.enterprise.user.read',
  'invitations',
  ...(odd === 'no groups' ? [] : ['chatgpt.enterprise.directory.read' as const]),
  ...(odd === 'no use' ? [] : ['enterprise.analytics.usage.read' as const]),
] as const;
const key = emulator.compliance.keys.create({ workspaceId, scopes });
if (odd === 'use not found') emulator.faults.add(fault.status(404), { route: 'GET /analytics/usage' });
if (odd === 'no members') emulator.faults.add(fault.status(404), { route: 'GET /manage/users' });

const others = `
  91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16 = sk-admin-${'r'.repeat(40)}
  5a0c7b1e-8d2f-4c3a-b6e9-1f4d7a2c9b80 = sk-proj-${'o'.repeat(40)}`;
Object.assign(process.env, {
  ADMIN_KEY: key,
  CHATGPT_COMPLIANCE_API_KEYS: `${workspaceId} = ${key}${odd === 'with others' ? others : ''}`,
  CHATGPT_COMPLIANCE_BASE_URL: emulator.compliance.baseUrl,
});
/** What the emulator does not do by itself: where, and what is answered otherwise. */
const edits: Readonly<Record<string, readonly [where: RegExp, old: string, replacement: string]>> = {
  changing: [/\/groups\?/, '"member_count":2', '"member_count":3'],
  undated: [/\/usage\?/, `"start_time":${Date.UTC(2026, 9, 31) / 1_000},`, ''],
};
globalThis.fetch = async (input, init) => {
  const answer = await emulator.fetch(input, init);
  const [where, old = '', replacement = ''] = edits[odd ?? ''] ?? [];
  if (where === undefined || !where.test(input instanceof Request ? input.url : String(input))) return answer;
  return new Response((await answer.text()).replace(old, replacement), answer);
};

function memberOf(name: string, called: string, seatType: 'chatgpt' | 'codex' = 'chatgpt') {
  const role = 'standard-user';
  const id = `user-${name}`;
  return {
    id,
    email: `${name}@northwind.example`,
    name: called,
    created_at: created,
    role,
    status: 'active' as const,
    seatType,
  };
}

function costs(name: string, day: string, unit: 'CREDITS' | 'USD', value: number): void {
  const identity = { user_id: `user-${name}`, email: `${name}@northwind.example` };
  const measures = { billing: [{ cost: { value, unit } }] };
  append(organizationId, 'COSTS', day, { payload: { day, hour: 9, identity, measures } });
}

function message(name: string, day: string): void {
  append(workspaceId, 'CONVERSATION_MESSAGE', day, { actor: { type: 'ACCOUNT_USER', user_id: `user-${name}` } });
}

function append(owner: string, type: string, day: string, rest: object): void {
  const event_id = `${type} ${day} ${JSON.stringify(rest)}`;
  emulator.store.logs.append(owner, [{ event_id, type, timestamp: `${day}T09:00:00Z`, ...rest }]);
}
