import { timeOf } from '../audit-logs/events/event-identity.js';
import { decodeUtf8 } from '../audit-logs/line-bytes.js';
import type { EventLine } from '../audit-logs/reading/lines.js';
import { InputError } from '../errors/input-errors.js';
import { isUsualTime, readInstant } from '../internal/dates.js';
import { isRecord } from '../internal/json.js';
import { type AuditLogPrincipal, principalKey } from '../transport/principal.js';
import type { EventRow } from './event-row.js';

/** What a row says of an event. What is not as documented counts as not said: `raw` has all of it. */
export interface Columns extends Pick<EventRow, 'timestamp' | 'userId' | 'action'> {
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
}

export function columnsOf(
  event: Readonly<Record<string, unknown>>,
  { eventId, isOfPlatform }: { readonly eventId: string | undefined; readonly isOfPlatform: boolean },
): Columns {
  return {
    eventId,
    // That of its log: what is its own type there is an action here, of which there are as many as anybody likes.
    eventType: isOfPlatform ? undefined : textOf(event.type),
    timestamp: dateTimeOf(timeOf(event, isOfPlatform)),
    userId: userOf(event.actor),
    action: isOfPlatform
      ? textOf(event.type)
      : (textOf(event.action) ?? textOf(isRecord(event.action_data) ? event.action_data.action : undefined)),
  };
}

/** What the rows of one batch stand in. */
export interface RowMemory {
  /** A view whose decoding is fast: see `searchable`. */
  readonly bytes: Uint8Array;
  readonly decoder: TextDecoder;
  /** Whether another batch stands there now. */
  isReused: boolean;
}

/** A line as a sink takes it. */
export class LineRow implements EventRow {
  readonly eventId: string;
  readonly eventType: string;
  readonly timestamp: string | undefined;
  readonly principal: AuditLogPrincipal;
  readonly userId: string | undefined;
  readonly action: string | undefined;
  readonly fileId: string;
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly #memory: RowMemory;
  #raw: string | undefined;

  constructor(read: EventLine<Columns>, bytes: Uint8Array, memory: RowMemory) {
    const { event, file, line, byteOffset } = read;
    this.eventId = event.eventId ?? `${principalKey(file.principal)}/${file.id}#${byteOffset}`;
    this.eventType = event.eventType ?? file.event_type;
    this.timestamp = event.timestamp;
    this.principal = file.principal;
    this.userId = event.userId;
    this.action = event.action;
    this.fileId = file.id;
    this.line = line;
    this.bytes = bytes;
    this.#memory = memory;
  }

  /** Made when it is asked for: who writes bytes needs no text. */
  get raw(): string {
    if (this.#raw !== undefined) return this.#raw;
    // It would be the text of other events.
    if (this.#memory.isReused) throw tooLate();
    this.#raw = decodeUtf8(this.bytes, 0, this.bytes.length, this.#memory.decoder);
    return this.#raw;
  }
}

function tooLate(): InputError {
  return new InputError('`raw` of a row was read after its `write` had resolved.', {
    path: ['rows', 'raw'],
    remedy: 'Read in `write` what the sink keeps of a row, `raw` or a copy of `bytes`.',
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function dateTimeOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return isUsualTime(value) || readInstant(value) !== undefined ? value : undefined;
}

/** Who did it. What an agent did, it did for whoever told it to. */
export function userOf(actor: unknown): string | undefined {
  if (!isRecord(actor)) return undefined;
  const runtime = actor.agent_runtime;
  const delegator = isRecord(runtime) ? runtime.delegator : undefined;
  return (
    textOf(actor.user_id) ??
    textOf(isRecord(delegator) ? delegator.user_id : undefined) ??
    userOfPlatform(actor.session) ??
    userOfPlatform(actor.api_key)
  );
}

/** Of an event of the API Platform: who was signed in, or whose key it was. */
function userOfPlatform(part: unknown): string | undefined {
  const user = isRecord(part) ? part.user : undefined;
  return textOf(isRecord(user) ? user.id : undefined);
}
