import type { RequestOptions, Transport, TransportRequest, TransportResponse } from '../transport/transport.js';
import type { RequestJudge } from './access/guard-access.js';
import type { Learned } from './profile/learned.js';
import type { ProviderProfile } from './profile/provider-profile.js';

/** What the parts of one client share. */
export interface Session {
  readonly transport: Transport;
  readonly profile: ProviderProfile;
  readonly learned: Learned;
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
export function send(session: Session, request: TransportRequest): Promise<TransportResponse> {
  return session.transport.send({ contentType: session.profile.contentType, ...request });
}

/** The part of any call's options that says how a request is made. */
export function requestOptions(options: RequestOptions | undefined): RequestOptions {
  const { signal, timeoutMs, deadlineMs, maxRetries, headers } = options ?? {};
  return { signal, timeoutMs, deadlineMs, maxRetries, headers };
}

/** The same for a call of several requests, which share one deadline, where the call or the client has one. */
export function sharedOptions({ transport, deadlineMs }: Session, options: RequestOptions | undefined): RequestOptions {
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
