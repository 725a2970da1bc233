import type { LogSource } from '../../../src/audit-logs/api.js';
import type { AuditLogFollowQuery } from '../../../src/audit-logs/query.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { readEvents } from './read-fake-log.js';

/** Follows a fake log for so many looks, a minute apart. */
export async function followFakeLog(
  source: LogSource,
  query: Partial<AuditLogFollowQuery>,
  {
    minutes,
    onMinute,
    onId,
  }: {
    readonly minutes: number;
    readonly onMinute?: (minute: number) => void;
    /** Takes each id instead of the list that is returned. */
    readonly onId?: (id: string) => void;
  },
) {
  const ids: string[] = [];
  const clock = createFakeClock(Date.UTC(2026, 10, 2));
  const stop = new AbortController();
  const stream = readEvents(
    source,
    { deduplicate: false, ...query },
    { intervalMs: 60_000, clock, signal: stop.signal },
  );
  let failure: unknown;
  const following = (async () => {
    for await (const { event_id: id } of stream)
      if (onId) onId(id);
      else ids.push(id);
  })().catch((thrown: unknown) => {
    failure = thrown;
    throw thrown;
  });
  following.catch(() => {});
  for (let minute = 0; minute < minutes && failure === undefined; minute++) {
    onMinute?.(minute);
    await clock.advance(60_000);
  }
  const ended = failure;
  stop.abort('enough');
  await rejection(following);
  return { ids, failure: ended, stats: stream.stats, checkpoint: stream.checkpoint() };
}
