import { dirname, join } from 'node:path';
import { connect } from '../index.js';
import {
  type ApprovedLimits,
  applyPlan,
  type DirectoryPlan,
  exitCodeOf,
  fileJournal,
  type PlanResult,
} from '../provisioning/index.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions, connectOptions, readForm } from './connection.js';
import { readJson } from './files.js';
import { Mistake } from './mistake.js';
import { countOf, formatTable } from './output.js';
import { inOwnWords } from './words.js';

/** Does what a plan says: the one command that changes something. */
export const apply: Command = {
  name: 'apply',
  summary: 'Do what a plan says, once somebody has approved it',
  argument: 'PLAN.json',
  options: {
    approve: { value: 'HASH', help: 'The hash of the plan, by whoever has looked at it. Required.' },
    journal: { value: 'FILE', help: 'Where all that is sent is written down beforehand, one file a plan. Required.' },
    lock: {
      value: 'PATH',
      help: 'A lock that all plans of the directory share (default: one beside the journal).',
    },
    removals: { value: 'NUMBER', help: 'Raise a limit for this plan: people who lose something.' },
    'removal-share': { value: 'SHARE', help: 'The same as a share of the active ones, from 0 to 1.' },
    'members-per-group': { value: 'NUMBER', help: 'Members who leave one group.' },
    'min-desired-share': { value: 'SHARE', help: 'How short a list is believed, from 0 to 1.' },
    json: { help: 'Print the result as one JSON object.' },
    ...connectionOptions,
  },
  details: [
    'Asks nothing. Creating and changing takes CHATGPT_PROVISIONING=true, taking away CHATGPT_DEPROVISIONING=true (in the form on standard input: "provisioning", "deprovisioning"), when it is planned and when it is applied.',
    'Before each change the person is read and compared with the plan, and after it read back. Ended at any moment, the same command goes on where it stopped, by the journal. While another plan of the directory is being applied, it is refused.',
  ],
  exits: {
    0: 'everything is done',
    1: 'something was not done, or is held: the table says why',
    3: 'a brake holds: nothing was done that takes something away',
  },
  run: applyApproved,
};

async function applyApproved(call: Call): Promise<ExitCode> {
  const { given, out, progress, signal } = call;
  const { argument } = given;
  const [approve, journal] = [given.text('approve'), given.text('journal')];
  if (argument === undefined) throw new Mistake('Name the plan: apply plan.json --approve HASH --journal FILE.');
  if (approve === undefined)
    throw new Mistake('Name the hash of the plan that somebody has looked at: --approve HASH.');
  if (journal === undefined) throw new Mistake('Say where to write down what is sent: --journal FILE.');
  // Whether it is a plan, its hash tells.
  const plan = (await readJson(argument)) as DirectoryPlan;
  const limits = limitsOf(call, approve);
  const config = await readForm(call, { require: ['scim'], access: true });
  if (!config.provisioning && !config.deprovisioning) {
    throw new Mistake(
      'Nothing may be changed: neither Provisioning nor Deprovisioning is allowed. Set CHATGPT_PROVISIONING=true to allow creating and changing, CHATGPT_DEPROVISIONING=true to allow taking away, and plan again.',
    );
  }
  await using connection = connect(config, connectOptions(call));
  const lock =
    given.text('lock') ?? join(dirname(journal), `directory-${String(plan?.connection?.directory).slice(0, 16)}`);
  const applying = applyPlan(connection.scim, plan, {
    approve,
    journal: fileJournal(journal, { lock }),
    people: connection.roster({ groups: false }, { signal }),
    limits,
    signal,
    onProgress: ({ settled, total }) => progress.show(`${settled} of ${countOf(total, 'action')}`),
  });
  let result: PlanResult;
  try {
    result = await applying;
  } catch (error) {
    // The runner tells all errors, and knows no brake.
    if (exitCodeOf(error) !== 3 || !(error instanceof Error)) throw error;
    const remedy = 'remedy' in error ? `\n${error.remedy}` : '';
    progress.note(inOwnWords(`${error.message}${remedy}`));
    return 3;
  }
  progress.end();
  if (given.has('json')) await out.json(result);
  else await out.print(textOf(result));
  if (result.stopped !== undefined)
    progress.note(inOwnWords(`Stopped: ${result.stopped.message} ${result.stopped.remedy}`));
  return exitCodeOf(result);
}

function limitsOf({ given }: Call, plan: string): ApprovedLimits {
  return {
    plan,
    removals: given.number('removals'),
    removalShare: given.number('removal-share', { most: 1, whole: false }),
    membersPerGroup: given.number('members-per-group'),
    minDesiredShare: given.number('min-desired-share', { most: 1, whole: false }),
  };
}

/** How many of what, and a line for each action that was not done. */
function textOf({ totals, outcomes, possibleDoubleSends }: PlanResult): string {
  const counts = Object.entries(totals).filter(([, count]) => count > 0);
  const rows = outcomes
    .filter(({ outcome }) => outcome !== 'done' && outcome !== 'already')
    .map(({ kind, target, outcome, code, remedy }) => [kind, target.key, outcome, code, remedy && inOwnWords(remedy)]);
  const parts = [counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'Nothing to do.'];
  if (rows.length > 0) parts.push(formatTable(['ACTION', 'OF', 'OUTCOME', 'WHY', 'WHAT TO DO'], rows));
  if (possibleDoubleSends.length > 0) {
    parts.push(`Perhaps sent twice, as an earlier run was cut off: ${possibleDoubleSends.join(', ')}.`);
  }
  return parts.join('\n\n');
}
