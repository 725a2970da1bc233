/**
 * Follows AUTH_LOG and prints log-ins that failed, as they reach the log (OpenAI aims at half an hour).
 *
 *     npm run example examples/watch-failed-logins.ts
 *
 * Ends with Ctrl+C. On the emulator it starts three days back and ends when it has caught up.
 */
import { isRealWorkspace, openConnection, tellIfEmulated } from './support/open-connection.ts';
import { run } from './support/run.ts';

const failures = new Set([
  'login_failed',
  'password_login_invalid_password',
  'password_login_sentinel_blocked',
  'password_reset_error',
]);

await run(async () => {
  tellIfEmulated();
  await using connection = openConnection('compliance');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  let seen = 0;
  let found = 0;
  try {
    const failedLogins = {
      eventTypes: ['AUTH_LOG'],
      after: isRealWorkspace() ? new Date(Date.now() - 3_600_000) : undefined,
      intervalMs: isRealWorkspace() ? 60_000 : 50,
    } as const;
    const events = connection.auditLogs.follow(failedLogins, { signal: stop.signal });
    const caughtUp = isRealWorkspace() ? undefined : setInterval(() => endWhenQuiet(), 500);
    let before = -1;
    const endWhenQuiet = () => {
      if (seen === before) stop.abort();
      before = seen;
    };
    try {
      for await (const { actor, action_data: data, request_metadata: from, timestamp } of events) {
        seen++;
        if (data?.action === undefined || !failures.has(data.action)) continue;
        found++;
        const who = actor?.type === 'ACCOUNT_USER' ? actor.user_email : actor?.type;
        console.log(`${timestamp}  ${data.action}  ${who ?? 'unknown'}  ${from?.client_ip ?? ''}`);
      }
    } finally {
      clearInterval(caughtUp);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  console.log(`${seen} log-in events, ${found} of them failures.`);
});
