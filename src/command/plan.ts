import { connect } from '../index.js';
import { releaseText } from '../provisioning/brake-texts.js';
import { type DirectoryPlan, exitCodeOf, formatPlan, type PlanPolicy, planDirectory } from '../provisioning/index.js';
import { choiceOf } from './arguments.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions, connectOptions, readForm } from './connection.js';
import { readDesired } from './desired.js';
import { readJson, writePrivately } from './files.js';
import { Mistake } from './mistake.js';
import { inOwnWords, optionsToRaise } from './words.js';

/** Says what would make the directory as desired. */
export const plan: Command = {
  name: 'plan',
  summary: 'Compare the directory with how it should be, and say what would be changed',
  argument: 'FILE',
  options: {
    out: { value: 'PLAN.json', help: 'Write the plan there, for `apply`. Only you can read it: it names people.' },
    'key-creator': {
      value: 'WHO',
      help: 'Who made the key that is used, by userName, externalId or id: never removed.',
    },
    removal: { value: 'HOW', help: 'Of who is not desired: deactivate (default), delete or none.' },
    managed: { value: 'FILTER', help: 'Which users the file governs, as a SCIM filter (default: all).' },
    group: {
      value: 'NAME',
      multiple: true,
      help: 'Of CSV: a group that may be left without members. May be repeated.',
    },
    policy: { value: 'POLICY.json', help: 'The whole policy, with limits and protected people.' },
    'made-by': { value: 'TEXT', help: 'Who or what makes the plan, for whoever reviews it.' },
    json: { help: 'Print the plan as one JSON object.' },
    ...connectionOptions,
  },
  details: [
    'FILE is the directory as it should be: JSON { "users": [...], "groups": [...] } of SCIM attributes, or CSV with the columns id, email, given_name, family_name, and as you like title, department, groups (names, with semicolons).',
    'id of CSV is your own key of a person, which stands in the directory as externalId; it is not the id that `users` prints. An empty title, department or groups takes away what is there: to leave it alone, leave the column out.',
    'Nothing is changed. Owners, service accounts and whoever is protected are never removed; what may be wrong is held. Which actions are permitted, CHATGPT_PROVISIONING and CHATGPT_DEPROVISIONING tell. A plan can be applied for 15 minutes.',
  ],
  exits: {
    0: 'the directory is as it should be',
    1: 'the plan changes something, or holds something for a person',
    3: 'the plan goes beyond a limit: it is not applied unless that is raised',
  },
  run: makePlan,
};

async function makePlan(call: Call): Promise<ExitCode> {
  const { given, out, progress, signal } = call;
  const { argument } = given;
  if (argument === undefined)
    throw new Mistake('Name the file that says how the directory should be: plan people.csv.');
  const desired = await readDesired(argument, given.list('group') ?? []);
  const policy = await policyOf(call);
  const config = await readForm(call, { require: ['scim'], access: true });
  await using connection = connect(config, connectOptions(call));
  progress.show('Reading the directory …');
  const people = connection.roster({ groups: false }, { signal });
  const made = await planDirectory(connection.scim, desired, policy, {
    people,
    madeBy: given.text('made-by'),
    signal,
  });
  progress.end();
  const path = given.text('out');
  if (path !== undefined) await writePrivately(path, `${JSON.stringify(made, undefined, 2)}\n`);
  if (given.has('json')) await out.json(made);
  else {
    await out.print(inOwnWords(formatPlan(made, { color: out.hasColors })));
    if (path !== undefined && made.actions.length > 0) await out.print(`\n${nextStep(made, path)}`);
  }
  return exitCodeOf(made);
}

/** What to do with a plan that was written: a command that can be copied, where it would do something. */
function nextStep(made: DirectoryPlan, path: string): string {
  const { hash, brakes, policy } = made;
  const apply = `  chatgpt-enterprise-sdk apply ${path} --approve ${hash} --journal ${hash.slice(0, 12)}.journal`;
  if (brakes.length === 0 || policy.onBrake !== 'refuse') {
    return `Written to ${path}. Look at it, then within 15 minutes:\n${apply}`;
  }
  const stopped = `Written to ${path}. It goes beyond a limit, and is not applied as it is.`;
  const text = releaseText(brakes);
  const options = optionsToRaise(text);
  if (options === undefined) return `${stopped} ${inOwnWords(text)}`;
  return `${stopped} Find out why. If that is right, within 15 minutes:\n${apply} ${options}`;
}

/** That of the file, and over it what the options say. */
async function policyOf({ given }: Call): Promise<PlanPolicy> {
  const path = given.text('policy');
  const policy = path === undefined ? {} : await readJson(path);
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw new Mistake(`${path} must hold an object, such as { "limits": { "removals": 20 } }.`);
  }
  // What is in it is checked where it is used.
  const own = policy as PlanPolicy;
  const keyCreator = given.text('key-creator');
  const removal = choiceOf(given, 'removal', ['deactivate', 'delete', 'none']);
  const managed = given.text('managed');
  return {
    ...own,
    ...(removal && { removal }),
    ...(managed !== undefined && { managed }),
    ...(keyCreator !== undefined && { protect: { ...own.protect, keyCreator } }),
  };
}
