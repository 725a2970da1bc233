import { untilAborted } from '../internal/abort.js';
import type { RequestOptions, Transport, TransportRequest, TransportResponse } from '../transport/options.js';
import type { ProviderProfile } from './options.js';
import type { RequestJudge } from './write/guard.js';

/** What the parts of one client share. */
export interface Server {
  readonly transport: Transport;
  readonly profile: ProviderProfile;
  readonly learned: ServerKnowledge;
  /** Stops a request that the access does not allow. The transport asks it too; this is for asking ahead. */
  readonly guard: (request: TransportRequest) => void;
  /** Says which permissions a request needs; loaded with what writes. */
  judge?: RequestJudge;
  /** What the client was given for each call as a whole. */
  readonly deadlineMs?: number | undefined;
  /** How many times a failed write may be made again after it was looked up. */
  readonly maxRetries: number;
  /** Changes under way by what they change: the last one, after which the next may begin. */
  readonly turns: Map<string, Promise<unknown>>;
}

/** Sends a request with the content type of the profile. */
export function send(session: Server, request: TransportRequest): Promise<TransportResponse> {
  return session.transport.send({ contentType: session.profile.contentType, ...request });
}

/** The part of any call's options that says how a request is made. */
export function requestOptions(options: RequestOptions | undefined): RequestOptions {
  const { signal, timeoutMs, deadlineMs, maxRetries, headers } = options ?? {};
  return { signal, timeoutMs, deadlineMs, maxRetries, headers };
}

/** The same for a call of several requests, which share one deadline, where the call or the client has one. */
export function sharedOptions({ transport, deadlineMs }: Server, options: RequestOptions | undefined): RequestOptions {
  const given = requestOptions(options);
  const totalMs = given.deadlineMs ?? deadlineMs;
  if (totalMs === undefined) return given;
  const endMs = transport.clock.now() + totalMs;
  // Read anew by each request.
  return Object.defineProperty(given, 'deadlineMs', {
    enumerable: true,
    get: () => Math.max(1, endMs - transport.clock.now()),
  });
}

/** What one client found out about its server, by asking and by being refused. Never shared between clients. */
export interface ServerKnowledge {
  /** Rows in a page at most: the server says so, or refuses more. */
  maxCount?: number;
  /** The largest page that was asked for and not refused. */
  provenCount?: number;
  /** `false` where ServiceProviderConfig says that there is no PATCH. */
  patch?: false;
  /** `false` where ServiceProviderConfig says that there are no filters. */
  filter?: false;
  /** `false` once `POST /.search` was refused: there is no word for it in ServiceProviderConfig. */
  search?: false;
  /** What PATCH was refused for (405, 501): routes, and routes with a filter in the path. */
  readonly refusedPatches: Set<string>;
  /** Whether the server was seen to show members of groups, at once or where it is asked for them by name. */
  members?: 'shown' | 'shown_if_asked' | 'not_seen';
  /** Groups that this client created without members and has not written to since. */
  readonly newGroups: Set<string>;
  /** What ServiceProviderConfig says of bulk requests; `false` once they were refused. */
  bulk?: false | { readonly maxOperations: number; readonly maxPayloadSize: number };
  /** Whether to page by cursor (RFC 9865): the server says so, or shows it. */
  cursors?: boolean;
  /** How often in a row the server refused to look up by these attributes. */
  readonly refusedLookups: Map<string, number>;
}

/**
 * Runs pieces of work with the same key one after the other, in the order they came. A piece that fails does not stop
 * the next; one that is aborted while it waits is never begun.
 */
export function withLock<T>(
  turns: Map<string, Promise<unknown>>,
  key: string,
  work: () => Promise<T>,
  signal?: AbortSignal | undefined,
): Promise<T> {
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(() => {
    signal?.throwIfAborted();
    return work();
  });
  const ended: Promise<unknown> = mine
    .catch(() => {})
    .then(() => {
      if (turns.get(key) === ended) turns.delete(key);
    });
  turns.set(key, ended);
  return signal === undefined ? mine : untilAborted(mine, signal);
}

const firstWaitMs = 1_000;

/** Waits before a write is made again that was looked after: longer each time, and never all clients at once. */
export function backoff(
  { transport: { clock, random } }: Server,
  attempt: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return clock.sleep(firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2), signal);
}
