import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import type { TransportResponse } from '../../transport/options.js';
import { timeOfSeconds } from '../events/event-identity.js';
import { objectsUnder } from '../json-scan.js';

/** A row of the list: an event, and what must be known of it to put it in its place. */
export interface PlatformRow {
  /** Tells it from all others: its `id`, or all of it where it has none. */
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
  return {
    id: typeof id === 'string' && id !== '' ? id : JSON.stringify(event),
    second: timeOfSeconds(time) === undefined ? undefined : Math.floor(time as number),
    bytes,
  };
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
