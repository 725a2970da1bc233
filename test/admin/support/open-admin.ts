import { AdminClient } from '../../../src/admin/client.js';
import type { AdminClientOptions } from '../../../src/admin/options.js';
import { createFakeClock } from '../../support/fake-clock.js';

export const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
export const otherWorkspaceId = '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40';
export const manage = `/v1/manage/workspaces/${workspaceId}`;

/** A request, as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly key: string;
}

type Answer = Response | object | undefined;

/** A service that answers with what is given, as JSON, and notes what it was asked for. Waits take no time. */
export function openAdmin(answer: (request: Arrived, count: number) => Answer | Promise<Answer>) {
  const asked: Arrived[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    const arrived: Arrived = {
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      key: request.headers.get('authorization')?.replace('Bearer ', '') ?? '',
    };
    asked.push(arrived);
    const said = await answer(arrived, asked.length);
    return said instanceof Response ? said : Response.json(said);
  };
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9), { autoAdvance: true });
  const how = { fetch, clock, random: () => 0.5, maxRetries: 0, rateLimit: false } as const;
  const open = (options: Partial<AdminClientOptions> = {}) =>
    new AdminClient({ apiKey: 'sk-admin-1', workspaceIds: workspaceId, ...how, ...options });
  return { asked, clock, how, open, client: open() };
}
