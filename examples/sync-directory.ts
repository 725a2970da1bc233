/**
 * Makes the directory as a CSV file has it, in two steps. The first one plans: it writes the plan to a file, prints it, and
 * changes nothing. The second one applies that plan, once somebody has looked at it and names its hash.
 *
 *     npm run example -- examples/sync-directory.ts people.csv --key-creator owner@north.example
 *     npm run example -- examples/sync-directory.ts --approve 9f2c…
 *
 * Plan and journal stand in the directory `plans` (`--plans`), which only their owner can read: they hold names and addresses.
 * Started again with the same hash, the second step goes on where it ended; while another plan of that directory is being
 * applied, it is refused. A brake is released for that plan alone:
 * `--removals 40` lets so many people go, `--removal-share 0.2` such a share of the active ones (from 100 on, both count),
 * `--members-per-group 40` so many members of one group; `--min-desired-share 0.5` believes a list that is so short. A
 * refusal names those that it takes.
 *
 *     npm run example -- examples/sync-directory.ts --revert plans/9f2c….journal
 *
 * makes a plan that undoes what was done, to be looked at and approved like any other.
 *
 * Groups are those that somebody in the file is in. One that may be left without members is named too: `--group "Night shift"`.
 *
 * Exit codes: 0 nothing to do, or done; 1 something is to be looked at; 2 it could not be planned, or applied to its end;
 * 3 a brake holds. Without a file, `sync-directory.csv` is compared with the emulator, which forgets at the end of the program
 * what was applied.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSdkError } from 'chatgpt-enterprise-sdk';
import {
  type ApprovedLimits,
  applyPlan,
  type DirectoryPlan,
  exitCodeOf,
  fileJournal,
  formatPlan,
  type PlanPolicy,
  planDirectory,
  revertPlan,
} from 'chatgpt-enterprise-sdk/provisioning';
import { formatTable } from './support/format-table.ts';
import { isRealWorkspace, openForWriting } from './support/open-connection.ts';
import { countOf, endProgress, showProgress } from './support/progress-line.ts';
import { FileMistake } from './support/read-csv.ts';
import { readPeople } from './support/read-people.ts';
import { readText } from './support/read-text.ts';

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      plans: { type: 'string', default: 'plans' },
      approve: { type: 'string' },
      revert: { type: 'string' },
      removals: { type: 'string' },
      'removal-share': { type: 'string' },
      'members-per-group': { type: 'string' },
      'min-desired-share': { type: 'string' },
      group: { type: 'string', multiple: true, default: [] },
      'key-creator': { type: 'string' },
    },
  });
  const { plans, approve, revert } = values;
  const policy = { protect: { keyCreator: values['key-creator'] } };
  if (approve !== undefined) process.exitCode = await apply(approve, plans, limitsIn(values));
  else if (revert !== undefined) process.exitCode = await planBack(revert, plans, policy);
  else process.exitCode = await plan(positionals[0], plans, values.group, policy);
} catch (error) {
  endProgress();
  const isMistake = error instanceof FileMistake || isSdkError(error) || isWrongArgument(error);
  // Anything else is a fault of this program.
  if (!isMistake) throw error;
  process.exitCode = exitCodeOf(error);
  console.error(error.message);
  if (isSdkError(error) && error.remedy !== undefined) console.error(error.remedy);
}

type Limits = Omit<ApprovedLimits, 'plan'>;

/** The limits that are raised for the plan. */
function limitsIn(values: Readonly<Record<string, unknown>>): Limits {
  const number = (name: string) => (values[name] === undefined ? undefined : Number(values[name]));
  return {
    removals: number('removals'),
    removalShare: number('removal-share'),
    membersPerGroup: number('members-per-group'),
    minDesiredShare: number('min-desired-share'),
  };
}

/** Compares, and leaves a plan to be looked at. */
async function plan(
  file: string | undefined,
  directory: string,
  groups: readonly string[],
  policy: PlanPolicy,
): Promise<number> {
  if (file === undefined && isRealWorkspace()) throw new FileMistake('Name the CSV file that lists your people.');
  const path = file ?? join(import.meta.dirname, 'sync-directory.csv');
  const desired = readPeopleOf(path, await readText(path), groups);
  await using connection = openForWriting();
  const people = connection.roster({ groups: false });
  return keep(await planDirectory(connection.scim, desired, policy, { people }), directory);
}

/** Looks at what a journal shows to be done, and leaves a plan that undoes it. */
async function planBack(journal: string, directory: string, policy: PlanPolicy): Promise<number> {
  await readText(journal);
  await using connection = openForWriting();
  const people = connection.roster({ groups: false });
  return keep(await revertPlan(connection.scim, journal, policy, { people }), directory);
}

async function keep(made: DirectoryPlan, directory: string): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(planPath(directory, made.hash), JSON.stringify(made, undefined, 2), { mode: 0o600, flag: 'wx' });
  console.log(formatPlan(made, { color: process.stdout.isTTY }));
  if (made.actions.length > 0) {
    console.log(
      `\nWritten to ${planPath(directory, made.hash)}. Look at it, then within 15 minutes: --approve ${made.hash}`,
    );
  }
  return exitCodeOf(made);
}

/** Does what was approved, and says what became of it. */
async function apply(hash: string, directory: string, limits: Limits): Promise<number> {
  if (!/^[\da-f]{64}$/.test(hash))
    throw new FileMistake('--approve takes the hash of a plan, as it was printed: 64 digits.');
  const path = planPath(directory, hash);
  const stored = planIn(path, await readText(path));
  await using connection = openForWriting();
  const result = await applyPlan(connection.scim, stored, {
    approve: hash,
    // One lock for all plans: a run that begins before another has ended is refused.
    journal: fileJournal(join(directory, `${hash}.journal`), { lock: join(directory, 'directory') }),
    people: connection.roster({ groups: false }),
    limits: { ...limits, plan: hash },
    onProgress: ({ settled, total }) => showProgress(`${settled} of ${countOf(total, 'action')}`),
  });
  endProgress();
  const { totals, stopped, outcomes, possibleDoubleSends } = result;
  const counts = Object.entries(totals).filter(([, count]) => count > 0);
  console.log(counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'Nothing to do.');
  const open = outcomes.filter(({ outcome }) => outcome !== 'done' && outcome !== 'already');
  const rows = open.map(({ kind, target, outcome, code = '', remedy = '' }) => [
    kind,
    target.key,
    outcome,
    code,
    remedy,
  ]);
  if (rows.length > 0) console.log(`\n${formatTable(['action', 'of', 'outcome', 'why', 'what to do'], rows)}`);
  if (stopped !== undefined) console.error(`\nStopped: ${stopped.message} ${stopped.remedy}`);
  if (possibleDoubleSends.length > 0) {
    console.error(`\nPerhaps sent twice, as an earlier run was cut off: ${possibleDoubleSends.join(', ')}.`);
  }
  return exitCodeOf(result);
}

function planPath(directory: string, hash: string): string {
  return join(directory, `${hash}.json`);
}

/** Whether it is a plan, `applyPlan` finds out by its hash. */
function planIn(path: string, text: string): DirectoryPlan {
  try {
    return JSON.parse(text) as DirectoryPlan;
  } catch {
    throw new FileMistake(`${path} is not JSON: it was cut, or changed. Plan again.`);
  }
}

function readPeopleOf(path: string, text: string, groups: readonly string[]): ReturnType<typeof readPeople> {
  try {
    return readPeople(text, groups);
  } catch (error) {
    throw error instanceof FileMistake ? new FileMistake(`${path}: ${error.message}`) : error;
  }
}

function isWrongArgument(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
