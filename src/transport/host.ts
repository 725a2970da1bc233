import { type AbortScope, untilAborted } from '../internal/abort.js';
import { type CallFacts, hostNotAllowed, hostUnknown, timeoutError } from './network-failure.js';
import type { ClientOptions, ServiceName } from './options.js';

interface HostQuestion {
  readonly allowHost: ClientOptions['allowHost'];
  readonly url: string;
  readonly facts: CallFacts;
  readonly answeredBy: ServiceName | 'storage';
  readonly timeoutMs: number;
}

/** Asks the caller whether a request may go where it is about to go. Nothing but `true` lets it. */
export async function checkHost(
  { allowHost, url, facts, answeredBy, timeoutMs }: HostQuestion,
  scope: AbortScope,
): Promise<void> {
  if (allowHost === undefined) return;
  // Path and query hold the key of the directory, ids, filters and signatures.
  const { origin, hostname } = new URL(url);
  let isAllowed: unknown;
  try {
    isAllowed = await untilAborted(
      Promise.resolve(new URL(origin)).then((asked) => allowHost(asked)),
      scope.signal,
    );
  } catch (thrown) {
    if (scope.expired) {
      throw timeoutError(facts, `\`allowHost\` took longer than ${timeoutMs} ms`, 'not_sent', 'timeoutMs');
    }
    scope.signal.throwIfAborted();
    throw hostUnknown(facts, thrown, [hostname]);
  }
  if (isAllowed !== true) throw hostNotAllowed(facts, answeredBy);
}
