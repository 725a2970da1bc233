/**
 * The main job from end to end: open a connection, check it, read people and groups, count the audit log. Then what the
 * check says of three mistakes, and what a plan looks like before anybody applies it.
 *
 *     npm run demo
 *
 * On an emulator of all services, or strictly read-only on your workspace when its environment variables are set.
 */
import { type Connection, formatCheckReport, isSdkError, isServiceAccount } from 'chatgpt-enterprise-sdk';
import { formatTable } from './support/format-table.ts';
import { isRealWorkspace, openConnection } from './support/open-connection.ts';
import { countOf, endProgress, showProgress } from './support/progress-line.ts';
import { run } from './support/run.ts';
import { showMistakes } from './support/show-mistakes.ts';
import { showPlan } from './support/show-plan.ts';

const eventTypes = [
  'AUTH_LOG',
  'AUDIT_LOG',
  'CONVERSATION_MESSAGE',
  'APP_LOG',
  'APP_AUTH_LOG',
  'CODEX_LOG',
  'CODEX_SECURITY_LOG',
  'CUSTOM_AGENTS_LOG',
] as const;
const mostUsersShown = 20;

await run(async () => {
  const where = isRealWorkspace() ? 'your workspace, read-only' : 'an emulator of all services';
  console.log(`ChatGPT Enterprise: the main job, on ${where}.`);
  await using connection = openConnection();

  heading('What the check found');
  const report = await connection.check();
  console.log(formatCheckReport(report, { color: process.stdout.isTTY === true }));
  if (report.verdict === 'failed') process.exitCode = 1;

  // One part that fails does not hide the other.
  const { scim, auditLogs } = connection;
  if (scim !== undefined) await run(() => showPeople(scim));
  if (auditLogs !== undefined) await run(() => showEvents(auditLogs));
  if (isRealWorkspace()) return;
  heading('The same with three mistakes');
  await showMistakes();
  heading('A plan of three changes, not applied');
  await showPlan();
});

function heading(text: string): void {
  console.log(`\n${text}\n${'═'.repeat(text.length)}`);
}

async function showPeople(scim: NonNullable<Connection['scim']>): Promise<void> {
  heading('Users and groups');
  const groupsOf = new Map<string, string[]>();
  const groupRows: [string, number][] = [];
  for await (const { displayName, members } of scim.groups.iterate()) {
    groupRows.push([displayName, members?.length ?? 0]);
    for (const { value } of members ?? []) {
      if (value) groupsOf.set(value, [...(groupsOf.get(value) ?? []), displayName]);
    }
  }
  const rows: string[][] = [];
  let total = 0;
  let serviceAccounts = 0;
  for await (const user of scim.users.iterate()) {
    const { id, userName, displayName, active } = user;
    serviceAccounts += isServiceAccount(user) ? 1 : 0;
    if (++total > mostUsersShown) continue;
    rows.push([
      userName,
      displayName ?? '',
      `${active === false ? 'inactive' : 'active'}${isServiceAccount(user) ? ', service account' : ''}`,
      (groupsOf.get(id) ?? []).join(', '),
    ]);
  }
  console.log(formatTable(['userName', 'name', 'state', 'groups'], rows));
  if (total > rows.length) console.log(`… and ${total - rows.length} more`);
  const among = serviceAccounts === 0 ? '' : `, ${countOf(serviceAccounts, 'service account')} among them`;
  console.log(
    `\n${total} users${among}, ${groupRows.length} groups: ${groupRows.map(([name, size]) => `${name} (${size})`).join(', ')}`,
  );
}

async function showEvents(auditLogs: NonNullable<Connection['auditLogs']>): Promise<void> {
  heading('Audit-log events of the last three days');
  const after = new Date(Date.now() - 3 * 86_400_000);
  const workspaceIds = auditLogs.principals.filter(({ type }) => type === 'workspace').map(({ id }) => id);
  const rows: (string | number)[][] = [];
  for (const eventType of eventTypes) {
    const counts = new Map<string, number>(workspaceIds.map((id) => [id, 0]));
    const batches = auditLogs.batches({
      eventTypes: [eventType],
      after,
      onProgress: ({ files, bytes, events }) =>
        showProgress(
          `${eventType}: ${countOf(files, 'file')}, ${Math.round(bytes / 1_000)} kB, ${countOf(events, 'event')}`,
        ),
    });
    try {
      for await (const { events, principal } of batches) {
        counts.set(principal.id, (counts.get(principal.id) ?? 0) + events.length);
      }
      rows.push([eventType, ...counts.values(), batches.stats.duplicates]);
    } catch (error) {
      if (!isSdkError(error)) throw error;
      process.exitCode = 1;
      rows.push([eventType, ...workspaceIds.map(() => error.code), '']);
    } finally {
      endProgress();
    }
  }
  console.log(
    formatTable(['type', ...workspaceIds.map((id) => `workspace ${id.slice(0, 8)}`), 'repeats dropped'], rows),
  );
}
