import { checkOptions } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import type { ClientOptions, RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { namingPrincipal } from '../../transport/principal-tag.js';
import { readAnswer } from '../../transport/read-answer.js';
import { Cooldown } from '../../transport/request-gate.js';
import { Transport } from '../../transport/transport.js';
import type { AuditLogRateLimits } from '../api.js';
import { timeOfSeconds } from '../events/event-identity.js';
import { platformLogTypes } from '../events/platform-event-types.js';
import { ServerClock } from '../server-clock.js';
import { explainPlatformFailure } from './explain-platform-failure.js';
import type { PlatformAccess } from './options.js';
import { explainCursor, type PlatformPage, readPlatformPage } from './page.js';
import { type AskForEvents, rowsOnPage } from './windows.js';

/** Which part of the list of which events. */
type EventsQuery = Parameters<AskForEvents>[0] & { readonly eventType: string };

/**
 * The audit log of an organization of the API Platform. Nobody says how many requests it takes: they are asked one after the other,
 * and it asks for patience itself.
 */
export class PlatformLogApi {
  readonly principal: AuditLogPrincipal;
  /** Until when the service asks for patience. */
  readonly cooldown = new Cooldown();
  readonly route = '/organization/audit_logs';
  readonly #transport: Transport;
  readonly #serverClock: ServerClock;

  constructor(
    { principal, apiKey, baseUrl }: PlatformAccess,
    options: Omit<ClientOptions, 'rateLimit'>,
    rateLimit: AuditLogRateLimits | false = {},
  ) {
    const names = { lists: true, downloads: true } as const;
    const { lists = false } = checkOptions<AuditLogRateLimits>('`rateLimit`', rateLimit || {}, names);
    this.principal = principal;
    const open = () =>
      new Transport({
        ...options,
        service: 'platform',
        baseUrl,
        credential: apiKey,
        rateLimit: lists,
        cooldown: this.cooldown,
        principal,
        kind: 'list',
        explain: explainPlatformFailure(apiKey),
        guard: ({ method }) => {
          if (method !== 'GET') throw new InputError('The audit log may only be read.', { path: ['method'] });
        },
      });
    this.#transport = underPlatform(open);
    this.#serverClock = new ServerClock(this.#transport.clock);
  }

  nowMs(): number {
    return this.#serverClock.nowMs();
  }

  page({ eventType, from, to, cursor, check }: EventsQuery, options: RequestOptions): Promise<PlatformPage> {
    const query = Object.entries({
      ...(from > 0 && { 'effective_at[gte]': String(from) }),
      ...(to !== Number.POSITIVE_INFINITY && { 'effective_at[lt]': String(to) }),
      ...(eventType === platformLogTypes[1] && { tenant_only: 'true' }),
      limit: String(rowsOnPage),
      ...(cursor !== undefined && { after: cursor }),
    });
    const { route } = this;
    return namingPrincipal(this.principal, () =>
      readAnswer(this.#transport, { ...options, route, query }, (answer) => {
        this.#serverClock.compare(answer.headers);
        const page = readPlatformPage(answer, route);
        check?.(page);
        return page;
      }).catch((error: unknown) => {
        throw cursor === undefined ? error : explainCursor(error, route);
      }),
    );
  }

  /** The newest of the first page of each: the list is newest first. */
  async maxEventTime(eventTypes: readonly string[], options: RequestOptions): Promise<Record<string, string | null>> {
    const times = eventTypes.map(async (eventType) => {
      const { rows } = await this.page(
        { eventType, from: 0, to: Number.POSITIVE_INFINITY, cursor: undefined },
        options,
      );
      const newest = rows.reduce((latest, { second = latest }) => Math.max(latest, second), -1);
      return [eventType, timeOfSeconds(newest) ?? null] as const;
    });
    return Object.fromEntries(await Promise.all(times));
  }
}

/** What reading has of it. */
export type PlatformLog = Pick<PlatformLogApi, 'route' | 'page' | 'nowMs'>;

/** The client has a `baseUrl` beside this one. */
function underPlatform<Opened>(open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof InputError) || error.path[0] !== 'baseUrl') throw error;
    const { message, path, remedy } = error;
    throw new InputError(message.replace('`baseUrl`', '`platform.baseUrl`'), { path: ['platform', ...path], remedy });
  }
}
