/**
 * Reports who holds a seat, who never uses it or has not for 30 days, and what each group cost, by the Admin API.
 *
 *     npm run example examples/seat-report.ts
 *     npm run --silent example -- examples/seat-report.ts --csv > seats.csv
 *     npm run --silent example -- examples/seat-report.ts --csv --by-group > cost.csv
 *     npm run --silent example -- examples/seat-report.ts --html > seats.html
 *
 * `--days 60` reads the use of 60 days in place of 90: somebody without any in them is said never to have used the seat. With
 * `--days 30` nobody is, and whoever has not used it is unused. Where use cannot be read, nobody is said to be idle, and the
 * program says why. It exits with 1 where a workspace could not be read, and says which.
 */
import { parseArgs } from 'node:util';
import { csvField } from './support/csv-field.ts';
import { formatTable, onOneLine } from './support/format-table.ts';
import { openAdmin } from './support/open-admin.ts';
import { tellIfEmulated } from './support/open-connection.ts';
import { run } from './support/run.ts';
import { seatPage } from './support/seat-page.ts';
import {
  type Cost,
  costTexts,
  idleDays,
  lastUseText,
  readSeats,
  type Seat,
  type SeatReport,
  seatCounts,
} from './support/seats.ts';

const { csv, html, byGroup, days } = readArguments();
const whereKeysAreMade =
  'Make one under admin.openai.com → tenant → workspace → Credentials → Admin keys, and enter it for this workspace.';
const costNames = [`credits_${idleDays}_days`, `usd_${idleDays}_days`, 'days_without_amount'];

await run(async () => {
  tellIfEmulated();
  const { connection, workspaceIds } = openAdmin();
  await using _ = connection;
  const reports: SeatReport[] = [];
  const unread: string[] = [];
  for (const workspaceId of workspaceIds) {
    const isMissing = `Workspace ${workspaceId} could not be read, and is not in this report.`;
    // One workspace that fails does not hide the others.
    await run(async () => {
      unread.push(isMissing);
      if (connection.admin?.workspaceIds.includes(workspaceId)) {
        reports.push(await readSeats(connection.admin, workspaceId, days));
        unread.pop();
      } else endLater(`${isMissing} Its key is no Admin key (sk-admin-…). ${whereKeysAreMade}`);
    }, isMissing);
  }
  if (reports.length === 0) return;
  if (csv)
    console.log(
      (byGroup ? costLines(reports) : seatLines(reports)).map((cells) => cells.map(csvField).join(',')).join('\n'),
    );
  else if (html) console.log(seatPage(reports, unread));
  else for (const report of reports) printTables(report);
  // In a file of their own columns there is no place for them.
  if (csv) for (const { notes } of reports) for (const note of notes) console.error(onOneLine(note));
});

function printTables(report: SeatReport): void {
  const { workspaceId, today, readFrom, groups, total, isUseRead, isNeverKnown, notes, seats } = report;
  console.log(`\nWorkspace ${workspaceId}, ${today}\n`);
  const counts = seatCounts(report).map(({ seatType, held, used, unused, never }) => [
    ...[seatType, held],
    ...(isUseRead ? [used, unused] : ['not read', 'not read']),
    isNeverKnown ? never : 'not read',
  ]);
  console.log(formatTable(['seat', 'held', 'used', `unused for ${idleDays} days`, 'never used'], counts));
  if (isNeverKnown) console.log(`\nNever: not since ${readFrom}, as far back as was read.`);
  else if (isUseRead) console.log(`\nUse was read from ${readFrom} on. Whoever never used a seat is among the unused.`);

  console.log(`\nCost of the last ${idleDays} days by group\n`);
  const costs = [...groups, total].map(({ name, seats: held, cost }) => [
    name,
    held,
    ...costTexts(cost, isUseRead ? '—' : 'not read'),
  ]);
  console.log(formatTable(['group', 'seats', 'credits', 'US dollars'], costs));
  console.log('\nWhoever is in several groups counts in each. Credits and dollars are two measures: do not add them.');
  if (isUseRead && costs.flat().includes('—')) console.log('— is not stated, which is not zero.');

  const idle = seats.filter(({ use }) => use === 'unused' || use === 'never');
  if (idle.length > 0) {
    console.log('\nSeats without use\n');
    const rows = idle.map((seat) => [
      seat.member.email ?? seat.member.id,
      seat.member.name ?? '',
      seat.member.seat_type ?? 'unknown',
      seat.since ?? 'unknown',
      lastUseText(seat, report),
      seat.groups.join(', '),
    ]);
    console.log(formatTable(['account', 'name', 'seat', 'member since', 'last use', 'groups'], rows));
    if (idle.some(({ since }) => since === undefined))
      console.log('\nSince when somebody is a member is known of whoever is in a group.');
  }
  for (const note of notes) console.log(`\n! ${onOneLine(note)}`);
}

/** One line for each seat. What is not known is empty, and is not zero. */
function seatLines(reports: readonly SeatReport[]): readonly (readonly string[])[] {
  const names = 'workspace_id,email,name,user_id,role,seat_type,groups,member_since,use,last_use';
  const heading = [...names.split(','), ...costNames];
  const line = (report: SeatReport, { member, groups, since = '', use, lastUse = '', cost }: Seat) => {
    const { email, name, id, role, seat_type: seatType } = member;
    const who = [report.workspaceId, email ?? '', name ?? '', id, role ?? '', seatType ?? '', groups.join(';')];
    return [...who, since, use, lastUse, ...costCells(report, cost)];
  };
  return [heading, ...reports.flatMap((report) => report.seats.map((seat) => line(report, seat)))];
}

/** One line for each group, then one for everybody, which is not the sum of the others. */
function costLines(reports: readonly SeatReport[]): readonly (readonly string[])[] {
  return [
    ['workspace_id', 'group', 'seats', ...costNames],
    ...reports.flatMap((report) =>
      [...report.groups, report.total].map(({ name, seats, cost }) => {
        return [report.workspaceId, name, String(seats), ...costCells(report, cost)];
      }),
    ),
  ];
}

function costCells({ isUseRead }: SeatReport, cost: Cost): readonly string[] {
  return [...costTexts(cost, ''), isUseRead ? String(cost.unpricedDays) : ''];
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        csv: { type: 'boolean', default: false },
        'by-group': { type: 'boolean', default: false },
        html: { type: 'boolean', default: false },
        days: { type: 'string', default: '90' },
      },
    });
    const { csv, html, 'by-group': byGroup } = values;
    const days = Number(values.days);
    if (csv && html) return endWith('Give --csv or --html, not both.');
    if (byGroup && !csv) return endWith('--by-group goes with --csv.');
    if (!Number.isInteger(days) || days < idleDays || days > 366)
      return endWith(`--days takes a number of days from ${idleDays} to 366.`);
    return { csv, html, byGroup, days };
  } catch (error) {
    return endWith(`${error instanceof Error ? error.message : error} There are --csv, --by-group, --html and --days.`);
  }
}

function endLater(sentence: string): void {
  console.error(`\n${sentence}`);
  process.exitCode = 1;
}

function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
