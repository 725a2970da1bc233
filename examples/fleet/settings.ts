import { isRealWorkspace } from '../support/open-connection.ts';

/** Where the services are: an ordinary installation of either serves. */
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** What its jobs and tables are kept under: a schema in PostgreSQL, a prefix in Redis. What is made up never meets what is real. */
export const fleetName = process.env.FLEET_NAME ?? (isRealWorkspace() ? 'fleet' : 'fleet_on_emulator');

/** How long after a process has died another one goes on with its work: its job and its lease run out by then. */
export const takeOverSeconds = Number(process.env.FLEET_TAKE_OVER_SECONDS ?? 60);

/** What one job reads at most, so that a busy workspace does not keep the others waiting: the rest is a job behind theirs. */
export const budget = { maxMs: 60_000, maxEvents: Number(process.env.FLEET_MAX_EVENTS ?? 100_000) };

/** How many workspaces one process exports at the same time. */
export const atATime = 10;

/** The types of events that are exported. */
export const query = { eventTypes: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'] } as const;
