import { checkNumber, checkObject, checkOptions, checkText, read } from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import { type PlatformLogEvent, platformTypes } from '../events/platform-event.js';
import { createRandom, type Random } from '../random.js';
import type { PlatformBehaviour } from './behaviour.js';

/** An event to put into the log: at least a `type`, which may be one that is not documented. */
export interface NewPlatformEvent {
  /** Such as `api_key.created`. */
  readonly type: string;
  /** @default one by the seed */
  readonly id?: string | undefined;
  /** Seconds since the epoch: one that is over, for an event that is written late. @default now, by the emulator's clock */
  readonly effective_at?: number | undefined;
  /** Anything else: `actor`, `project`, and what is particular about it under its own type. */
  readonly [field: string]: unknown;
}

interface Recorded {
  readonly event: PlatformLogEvent;
  readonly isTenantScoped: boolean;
  /** Counts what was written. */
  readonly number: number;
}

interface LogSnapshot {
  readonly recorded: readonly Recorded[];
  readonly isEnabled: boolean;
}

/** Two that only tenant-wide reading shows, by the words of their parameter. */
const tenantScoped: ReadonlySet<string> = new Set(['role.bound_to_resource', 'role.unbound_from_resource']);

function isOfTenant(type: string): boolean {
  return type.startsWith('tenant.') || tenantScoped.has(type);
}

/** The audit log of the API Platform, to read and to write whatever the service would allow. */
export class PlatformLog {
  readonly #now: () => number;
  readonly #random: Random;
  readonly #order: (one: Recorded, other: Recorded) => number;
  #recorded: Recorded[] = [];
  #isEnabled: boolean;
  /** As the list runs, until something is written. */
  #sorted: readonly Recorded[] | undefined;
  readonly #ids = new Set<string>();

  /** @internal */
  constructor(now: () => number, seed: number, listOrder: PlatformBehaviour['listOrder'], isEnabled: boolean) {
    this.#now = now;
    this.#random = createRandom(seed);
    this.#order = orders[listOrder];
    this.#isEnabled = isEnabled;
  }

  /** Whether what happens is recorded. */
  get isEnabled(): boolean {
    return this.#isEnabled;
  }

  /** Switches audit logging on, as an owner does in the console. What happened before stays unrecorded. */
  enable(): void {
    this.#isEnabled = true;
  }

  /** Switches it off, for which an owner has to ask OpenAI's support. What was recorded stays. */
  disable(): void {
    this.#isEnabled = false;
  }

  /**
   * Writes events now, in their order, and gives them as they were recorded: none while logging is off. Several without a time of
   * their own are a burst within one second; one with a time that is over is written late.
   *
   * @throws InputError for what is no event; EmulatorError for an id that the log has.
   *
   * @example
   * import { createEmulator, fault } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const log = emulator.store.platform;
   * log.append([{ type: 'user.added' }, { type: 'user.deleted' }]);
   * // Events that come while somebody reads: before each of the next three pages.
   * emulator.faults.add(
   *   fault.meanwhile('a new event', () => log.append([{ type: 'project.created' }])),
   *   { route: 'GET /organization/audit_logs', times: 3 },
   * );
   * emulator.faults.clear();
   */
  append(
    events: Iterable<NewPlatformEvent>,
    options: {
      /** Whether only tenant-wide reading (`tenant_only`) shows them. @default by their type, as far as OpenAI says it */
      readonly tenantScoped?: boolean | undefined;
    } = {},
  ): PlatformLogEvent[] {
    const { tenantScoped: isOfAll } = checkOptions('platform.append()', options, { tenantScoped: true });
    const written: PlatformLogEvent[] = [];
    for (const given of read('`events`', () => [...events])) {
      const event = this.#eventOf(given);
      if (!this.#isEnabled) continue;
      this.#ids.add(event.id);
      const isTenantScoped = isOfAll ?? isOfTenant(event.type);
      this.#recorded.push({ event, isTenantScoped, number: this.#recorded.length });
      written.push(event);
    }
    this.#sorted = undefined;
    return written;
  }

  /** What is recorded, in the order in which it was written. */
  list(): PlatformLogEvent[] {
    return this.#recorded.map(({ event }) => event);
  }

  /** @internal What the list has to show, as it runs. */
  shown(): readonly Recorded[] {
    this.#sorted ??= [...this.#recorded].sort(this.#order);
    return this.#sorted;
  }

  /** @internal Whether a type may be asked for, and in which of the two readings: `undefined` for one that there is not. */
  scopeOf(type: string): 'tenant' | 'organization' | undefined {
    const written = this.#recorded.find(({ event }) => event.type === type);
    if (written === undefined && !platformTypes.includes(type)) return undefined;
    return (written?.isTenantScoped ?? isOfTenant(type)) ? 'tenant' : 'organization';
  }

  /** @internal */
  snapshot(): LogSnapshot {
    return { recorded: [...this.#recorded], isEnabled: this.#isEnabled };
  }

  /** @internal */
  restore({ recorded, isEnabled }: LogSnapshot): void {
    this.#recorded = [...recorded];
    this.#isEnabled = isEnabled;
    this.#sorted = undefined;
    this.#ids.clear();
    for (const { event } of recorded) this.#ids.add(event.id);
  }

  #eventOf(given: NewPlatformEvent): PlatformLogEvent {
    checkObject('event', given);
    const { type, id, effective_at, ...rest } = read('An event', () => ({ ...given }));
    checkText('type', type);
    if (id !== undefined) checkText('id', id);
    if (effective_at !== undefined) checkNumber('effective_at', effective_at, 0);
    const own = id ?? `audit_log-${this.#random.hex(24)}`;
    if (this.#ids.has(own)) {
      throw new EmulatorError('invalid_world', 'The audit log has an event with this ID.', {
        remedy: 'Leave `id` out, or give another `seed` to what makes the events.',
      });
    }
    return { id: own, type, effective_at: effective_at ?? Math.floor(this.#now() / 1000), ...rest };
  }
}

type Order = (one: Recorded, other: Recorded) => number;

const newest: Order = ({ event: one }, { event: other }) => other.effective_at - one.effective_at;
const lastWritten: Order = (one, other) => other.number - one.number;
const byId: Order = ({ event: one }, { event: other }) => (one.id < other.id ? -1 : 1);

const orders: Readonly<Record<PlatformBehaviour['listOrder'], Order>> = {
  newest_first: (one, other) => newest(one, other) || lastWritten(one, other),
  seconds_by_id: (one, other) => newest(one, other) || byId(one, other),
  by_arrival: lastWritten,
  oldest_first: (one, other) => newest(other, one) || lastWritten(other, one),
};
