import type { AdminClient } from '../../src/admin/index.ts';

/** What the client knows of a route. */
export interface ClientRoute {
  /** The names it can send behind the `?`. */
  readonly query: ReadonlySet<string>;
  /** The interface in src/admin/schemas of its answer, or of a row of its list. */
  readonly answer: string;
  readonly isList: boolean;
}

type Call = (client: AdminClient) => Promise<unknown>;

const workspaceId = '00000000-0000-4000-8000-000000000000';
const paging = { limit: 1, cursor: 'cursor' };
const anyPaging = { cursor: 'cursor:cursor' };
const ordered = { ...paging, order: 'asc' } as const;

/** Every method that asks a route of its own, with all that it takes, and the type of what it gives. Ids are named as in the path. */
const calls: readonly (readonly [answer: string, ...Call[]])[] = [
  ['Member', (client) => client.members.list(paging), (client) => client.members.find({ email: 'a@north.example' })],
  ['Member', (client) => client.members.get('user_id')],
  ['AdminGroup', (client) => client.members.listGroups('user_id', ordered)],
  ['Invite', (client) => client.invites.list(anyPaging)],
  ['Invite', (client) => client.invites.get('invite_id')],
  ['AdminGroup', (client) => client.groups.list(ordered)],
  ['AdminGroup', (client) => client.groups.get('group_id')],
  ['GroupMember', (client) => client.groups.listMembers('group_id', ordered)],
  ['ServiceAccount', (client) => client.serviceAccounts.list(anyPaging)],
  ['ServiceAccount', (client) => client.serviceAccounts.get('service_account_id')],
  ['ServiceAccountCredential', (client) => client.serviceAccounts.listCredentials('service_account_id', anyPaging)],
  ['WorkspaceUsageLimit', (client) => client.usageLimits.workspace()],
  ['GroupUsageLimit', (client) => client.usageLimits.groups.list(paging)],
  ['GroupUsageLimit', (client) => client.usageLimits.group('group_id')],
  ['UserUsageLimit', (client) => client.usageLimits.users.list({ ...paging, query: 'a' })],
  ['UserUsageLimit', (client) => client.usageLimits.user('user_id')],
  ['MonthlyUsage', (client) => client.usageLimits.monthlyUsage('user_id')],
  ['UsageLimitRequest', (client) => client.usageLimits.requests.list(paging)],
  [
    'DailyUsage',
    (client) => client.usage.list({ ...paging, startTime: '2026-01-01', endTime: '2026-01-02', group: 'workspace' }),
  ],
];

/** Asks the client itself: what it sends is what it knows. Nothing leaves the process. */
export async function clientRoutes(Client: typeof AdminClient): Promise<ReadonlyMap<string, ClientRoute>> {
  const routes = new Map<string, ClientRoute>();
  for (const [answer, ...ways] of calls) {
    for (const way of ways) {
      const sent: URL[] = [];
      const fetch: typeof globalThis.fetch = async (input) => {
        sent.push(new URL(input instanceof Request ? input.url : input));
        // No success: nothing is read on.
        return Response.json({ error: { message: 'recorded' } }, { status: 400 });
      };
      await way(new Client({ apiKey: 'sk-admin-recorder', workspaceIds: [workspaceId], fetch })).catch(() => {});
      for (const url of sent) {
        const route = templateOf(url);
        const query = new Set([...(routes.get(route)?.query ?? []), ...url.searchParams.keys()]);
        routes.set(route, {
          query,
          answer,
          isList: query.has('limit') || query.has('cursor'),
        });
      }
    }
  }
  return routes;
}

function templateOf({ pathname }: URL): string {
  return pathname
    .replace(/^\/v1/, '')
    .replace(workspaceId, '{workspace_id}')
    .replace(/\/(\w+_id)(?=\/|$)/, '/{$1}');
}
