import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import type { TransportResponse } from '../../transport/options.js';
import { timeOfSeconds } from '../events/event-identity.js';
import { hashId } from '../hash-id.js';
import { objectsUnder } from '../json-scan.js';

/** A row of the list: an event, and what must be known of it to put it in its place. */
export interface PlatformRow {
  /** Tells it from all others: its `id`, or where it has none, what is made of all that it says. */
  readonly id: string;
  /** Whole seconds since 1970. Absent where the event does not say, so that it belongs where it stands in the list. */
  readonly second: number | undefined;
  /** As the service wrote it. */
  readonly bytes: Uint8Array;
}

/** A part of the list, newest first as far as is known. */
export interface PlatformPage {
  readonly rows: readonly PlatformRow[];
  readonly hasMore: boolean;
  /** What leads to the next part: the id of the last event here. */
  readonly cursor: string | undefined;
}

/** Reads an answer of the list. @throws ResponseValidationError */
export function readPlatformPage({ status, body, bytes }: TransportResponse, route: string): PlatformPage {
  const { data, has_more: hasMore, last_id: lastId } = isRecord(body) ? body : {};
  if (!Array.isArray(data)) throw wrongAnswer(route, status, 'data', 'a list of events');
  if (typeof hasMore !== 'boolean') throw wrongAnswer(route, status, 'has_more', 'true or false');
  const texts = textsOf(bytes, data);
  const rows = data.map((event: unknown, index) => readRow(event, texts[index] ?? new Uint8Array(0)));
  const last: unknown = data.at(-1);
  const cursor = isRecord(last) && typeof last.id === 'string' ? last.id : lastId;
  return { rows, hasMore, cursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined };
}

function readRow(event: unknown, bytes: Uint8Array): PlatformRow {
  const { effective_at: time, id } = isRecord(event) ? event : {};
  // What has a time as a date-time is a number.
  const second = timeOfSeconds(time) === undefined ? undefined : Math.floor(time as number);
  return { id: typeof id === 'string' && id !== '' ? id : madeId(second, bytes), second, bytes };
}

/**
 * By its second and its bytes, and never by where it stands: the list moves, and is read again. So two that say the same, to the
 * byte, are one: nothing tells them from one that is shown twice.
 */
function madeId(second: number | undefined, bytes: Uint8Array): string {
  const hash = { high: 0, low: 0 };
  hashId(new TextDecoder().decode(bytes), hash);
  const hex = [hash.high, hash.low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  return `no-id-${second ?? ''}-${hex}`;
}

/** The events as they were written: what JSON makes of a number with many digits is another one. */
function textsOf(bytes: Uint8Array, data: readonly unknown[]): readonly Uint8Array[] {
  const written = objectsUnder('data', bytes).map(([start, end]) => bytes.subarray(start, end));
  if (written.length === data.length) return written;
  // In another character set, or with something that is no event among them.
  const encoder = new TextEncoder();
  return data.map((event) => encoder.encode(JSON.stringify(event)));
}

function wrongAnswer(route: string, status: number, field: string, expected: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} did not answer with a list of events.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [field], message: `expected ${expected}` }],
    // Something on the way answers in place of the service: that may pass.
    retryable: true,
    remedy: 'Check that `platform.baseUrl` leads to the API Platform and that no proxy answers in its place.',
  });
}

const later =
  'Everything before was delivered. Resume from the last checkpoint later; if this happens again, report it to OpenAI.';

/** Said of a page that leads nowhere. */
export function nothingNew(route: string): ResponseValidationError {
  return new ResponseValidationError(
    `GET ${route} says that there is more, and then shows nothing new that leads on.`,
    {
      method: 'GET',
      route,
      status: 200,
      issues: [{ path: ['has_more'], message: 'expected false, or events that were not shown before' }],
      // A cache or a replica may have answered.
      retryable: true,
      remedy: later,
    },
  );
}

/** What the refusal of a cursor says: no event has the id that it names, which one had that was just shown. */
export function explainCursor(error: unknown, route: string): unknown {
  if (!(error instanceof ResponseError) || (error.status !== 400 && error.status !== 404)) return error;
  return new ResponseValidationError(`GET ${route} does not go on behind an event that it has just shown.`, {
    method: 'GET',
    route,
    status: error.status,
    issues: [{ path: [], message: 'expected the events behind that one' }],
    // Of the same cursor it is not asked again: the list is begun anew.
    retryable: true,
    remedy: later,
  });
}

export function isVanished(error: unknown): boolean {
  return error instanceof ResponseValidationError && (error.status === 400 || error.status === 404);
}
