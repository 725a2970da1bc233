/**
 * Writes everyone in the directory and in the workspaces as CSV, with the time of their last activity.
 *
 *     npm run --silent example examples/people-to-csv.ts > people.csv
 */
import { csvField } from './support/csv-field.ts';
import { openConnection, tellIfEmulated } from './support/open-connection.ts';
import { countOf, endProgress, showProgress } from './support/progress-line.ts';
import { run } from './support/run.ts';

await run(async () => {
  tellIfEmulated();
  await using connection = openConnection();
  const lastActivity = connection.auditLogs === undefined ? undefined : {};
  const people = connection.roster({
    lastActivity,
    onProgress: ({ workspaceUsers, directoryUsers, events }) =>
      showProgress(
        [countOf(workspaceUsers, 'member'), countOf(directoryUsers, 'directory user'), countOf(events, 'event')].join(
          ', ',
        ),
      ),
  });

  console.log('email,user_name,name,kind,status,source,roles,invited_to,groups,last_activity,last_event,conflicts');
  let isIncomplete = false;
  let lacksInvitations = false;
  for await (const person of people) {
    isIncomplete ||= person.lastActivityIncomplete === true;
    lacksInvitations ||= person.invitationsIncomplete === true;
    const row = [
      person.email,
      person.directory?.userName,
      person.name,
      person.kind,
      person.status,
      person.source,
      [...new Set(person.workspaces.map(({ role }) => role))].join(';'),
      person.invitations.flatMap(({ workspaceId, isPending }) => (isPending ? [workspaceId] : [])).join(';'),
      person.directory?.groups.map(({ displayName }) => displayName).join(';'),
      person.lastActivity?.at,
      person.lastActivity?.eventType,
      person.conflicts.map(({ code }) => code).join(';'),
    ];
    console.log(row.map(csvField).join(','));
  }
  endProgress();
  if (isIncomplete) console.error('Some log files could not be read: last_activity may be too old, or missing.');
  if (lacksInvitations) console.error('Some invitations could not be read: who is in no workspace may be invited.');
});
