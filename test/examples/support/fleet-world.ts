import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEmulator } from '../../../src/testing/index.js';

/** A request of a program, before it is answered. */
export interface FleetRequest {
  readonly url: string;
  /** Which process asks. */
  readonly pid: number;
}

/** Workspaces with logs, which programs in processes of their own read. */
export interface FleetWorld {
  readonly workspaceIds: readonly string[];
  /** Every event there is. */
  readonly eventIds: readonly string[];
  /** For the environment of the programs. */
  readonly env: Readonly<Record<string, string>>;
  /** To be imported before them. */
  readonly imports: readonly string[];
  /** Called before each request is answered; what it returns is the answer, if anything. */
  onRequest: (request: FleetRequest) => Promise<Response | undefined> | undefined;
}

const filesEach = 6;
const eventsEach = 500;

/** More events than one job reads where FLEET_MAX_EVENTS is 1,000. */
export async function startFleetWorld(count: number): Promise<FleetWorld> {
  const emulator = createEmulator({ world: 'empty' });
  const eventIds: string[] = [];
  const workspaceIds = Array.from({ length: count }, (_, index) => `2f1c7a52-5d0e-4b63-9c1e-0000000000${10 + index}`);
  for (const [index, id] of workspaceIds.entries()) {
    emulator.store.workspaces.add({ id, name: `Customer ${index}`, organizationId: `org-Customer${index}` });
    for (let file = 0; file < filesEach; file += 1) {
      const endTime = new Date(Date.now() - (filesEach - file) * 3_600_000).toISOString();
      const events = Array.from({ length: eventsEach }, (_, number) => ({
        event_id: `${index}-${file}-${number}`,
        type: 'AUTH_LOG',
        timestamp: endTime,
        principal: { id, type: 'CHATGPT_WORKSPACE' },
        actor: { type: 'ACCOUNT_USER', user_id: `user-${number}`, user_email: 'mira@northwind.example' },
      }));
      emulator.store.logs.addFile(id, { eventType: 'AUTH_LOG', endTime, events });
      eventIds.push(...events.map(({ event_id }) => event_id));
    }
  }
  const server = createServer((request, response) => {
    // One who was killed wants no answer.
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  const { complianceApiKey, complianceBaseUrl } = emulator.connectionConfig();
  const world: FleetWorld = {
    workspaceIds,
    eventIds,
    env: {
      // All that a client trusts is https: the programs believe to speak with it.
      TEST_FETCH_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      CHATGPT_COMPLIANCE_API_KEY: complianceApiKey,
      CHATGPT_COMPLIANCE_BASE_URL: complianceBaseUrl,
      CHATGPT_WORKSPACE_IDS: workspaceIds.join(','),
    },
    imports: [resolve(import.meta.dirname, 'fetch-by-proxy.ts')],
    onRequest: () => undefined,
  };
  return world;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'x-test-url': url, 'x-test-pid': pid, authorization } = request.headers;
    const asked = { url: String(url), pid: Number(pid) };
    const headers = new Headers(authorization === undefined ? {} : { authorization });
    const given = (await world.onRequest(asked)) ?? (await emulator.fetch(asked.url, { headers, redirect: 'manual' }));
    response.writeHead(given.status, Object.fromEntries(given.headers));
    response.end(Buffer.from(await given.arrayBuffer()));
  }
}

/** A request that is held back, when it comes. */
export interface HeldRequest extends FleetRequest {
  release(): void;
}

/** Holds back the first request that is meant, and tells of it. The others pass. */
export function holdBack(world: FleetWorld, isMeant: (request: FleetRequest) => boolean): Promise<HeldRequest> {
  return new Promise((tell) => {
    let isHeld = false;
    world.onRequest = (request) => {
      if (isHeld || !isMeant(request)) return undefined;
      isHeld = true;
      return new Promise((pass) => tell({ ...request, release: () => pass(undefined) }));
    };
  });
}

/** Holds back all requests from now on; `reached` resolves when each workspace has one. */
export function holdAll(world: FleetWorld): { readonly reached: Promise<void>; release(): void } {
  const missing = new Set(world.workspaceIds);
  let release = () => {};
  const gate = new Promise<undefined>((open) => {
    release = () => open(undefined);
  });
  const reached = new Promise<void>((tell) => {
    world.onRequest = ({ url }) => {
      for (const id of missing) if (url.includes(id)) missing.delete(id);
      if (missing.size === 0) tell();
      return gate;
    };
  });
  return { reached, release };
}
