import { isRecord } from '../../internal/json.js';
import type { LogStore } from '../compliance/log-store.js';
import type { Workspace, Workspaces } from '../compliance/workspaces.js';
import { seedOf } from '../random.js';
import { parseTimestamp } from '../timestamp.js';
import { indexOf } from './member-index.js';

/** What one event says of the use of one member. */
export interface Activity {
  readonly eventId: string;
  /** Microseconds since the epoch. */
  readonly micros: number;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly userId: string;
  readonly email: string | undefined;
  /** Only of a `COSTS` event. */
  readonly cost: Cost | undefined;
}

/** What an hour of one kind of use came to. What it does not say is absent, and is not zero. */
export interface Cost {
  readonly client: string | undefined;
  readonly model: string | undefined;
  readonly credits: number | undefined;
  readonly usd: number | undefined;
  readonly uncachedInputTokens: number | undefined;
  readonly cachedInputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

const costTypes: ReadonlySet<string> = new Set(['COSTS']);
const useTypes: ReadonlySet<string> = new Set(['CONVERSATION_MESSAGE', 'CODEX_LOG']);

/**
 * Who used what in each workspace, as the logs tell it: what an organization is billed for in its `COSTS`, and messages and
 * Codex, which the log of a workspace has, for days of use that cost nothing.
 */
export class ActivityLedger {
  readonly #logs: LogStore;
  readonly #workspaces: Workspaces;
  readonly #now: () => number;
  // The lines of a file that is closed are never changed.
  readonly #read = new WeakMap<readonly string[], readonly Activity[]>();

  constructor(logs: LogStore, workspaces: Workspaces, now: () => number) {
    this.#logs = logs;
    this.#workspaces = workspaces;
    this.#now = now;
  }

  /** What happened in a workspace until now. An event that the log has twice happened once. */
  *of(workspace: Workspace): Generator<Activity, void, undefined> {
    const others = [...this.#workspaces].filter((one) => one.organizationId === workspace.organizationId);
    const seen = new Set<string>();
    for (const activity of this.#readAll(workspace.organizationId, costTypes, seen)) {
      if (this.#placeOf(activity, others) === workspace) yield activity;
    }
    yield* this.#readAll(workspace.id, useTypes, seen);
  }

  *#readAll(principalId: string, types: ReadonlySet<string>, seen: Set<string>): Generator<Activity, void, undefined> {
    const untilMicros = this.#now() * 1000;
    for (const lines of this.#logs.linesOf(principalId, types)) {
      const known = this.#read.get(lines) ?? lines.flatMap((line) => readLine(line) ?? []);
      this.#read.set(lines, known);
      for (const activity of known) {
        if (activity.micros > untilMicros || seen.has(activity.eventId)) continue;
        seen.add(activity.eventId);
        yield activity;
      }
    }
  }

  /** A bill does not name the workspace: one of those that have the person as a member, and always the same. */
  #placeOf({ userId, eventId }: Activity, workspaces: readonly Workspace[]): Workspace | undefined {
    const homes = workspaces.filter(({ id }) => indexOf(this.#workspaces.users(id)).byId.has(userId));
    const among = homes.length === 0 ? workspaces.slice(0, 1) : homes;
    return among[seedOf(eventId) % among.length];
  }
}

function readLine(line: string): Activity | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    // A test may have put anything into the log.
    return undefined;
  }
  if (!isRecord(event) || typeof event.event_id !== 'string' || typeof event.timestamp !== 'string') return undefined;
  const micros = parseTimestamp(event.timestamp);
  if (micros === undefined) return undefined;
  const payload = event.type === 'COSTS' ? recordOf(event.payload) : undefined;
  const who = recordOf(payload === undefined ? event.actor : payload.identity);
  const userId = textOf(who.user_id);
  if (userId === undefined) return undefined;
  return {
    eventId: event.event_id,
    micros,
    day: textOf(payload?.day) ?? new Date(micros / 1000).toISOString().slice(0, 10),
    userId,
    email: textOf(who.email ?? who.user_email),
    cost: payload && costOf(payload),
  };
}

function costOf(payload: Readonly<Record<string, unknown>>): Cost {
  const measures = recordOf(payload.measures);
  const usage = recordOf(measures.usage);
  const bills = Array.isArray(measures.billing) ? measures.billing.map((bill) => recordOf(recordOf(bill).cost)) : [];
  const billed = (unit: string) =>
    sum(bills.filter((cost) => textOf(cost.unit)?.toUpperCase() === unit).map((cost) => numberOf(cost.value)));
  return {
    client: textOf(payload.client),
    model: textOf(payload.model),
    credits: billed('CREDITS'),
    usd: billed('USD'),
    uncachedInputTokens: numberOf(usage.text_input_tokens),
    cachedInputTokens: numberOf(usage.text_cached_input_tokens),
    outputTokens: numberOf(usage.text_output_tokens),
  };
}

/** The sum of what is there; nothing where nothing is. Rounded, as tenths do not add up. */
export function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((one, other) => one + other, 0) * 1e6) / 1e6;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
