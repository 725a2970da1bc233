/** What the library says to programmers, and what it is to whoever types a command. */
export const ownWords: readonly (readonly [library: string, command: string])[] = [
  ['in `protect.keyCreator`', 'with --key-creator'],
  ['`protect.keyCreator`', '--key-creator'],
  ['leave `keyCreator` out', 'leave it out'],
  ['for its hash (`removals`)', 'for its hash (--removals)'],
  ['for its hash (`removalShare`)', 'for its hash (--removal-share)'],
  ['for its hash (`membersPerGroup`)', 'for its hash (--members-per-group)'],
  ['for its hash (`minDesiredShare`)', 'for its hash (--min-desired-share)'],
  ['Widen `managed`', 'Widen --managed'],
  ['Give `people: connection.roster()` with a Compliance API key', 'Give the form a Compliance API key'],
  [
    'Look at the plan (`formatPlan`), and give its own `hash` as `approve`.',
    'Look at the plan, and give the hash that it ends with: --approve HASH.',
  ],
  [
    'Give the plan that `planDirectory` returned: `redactPlan` leaves nothing that could be applied.',
    'Give the file that `plan --out` has written: a plan that was redacted has nothing that could be applied.',
  ],
  ['; or raise `maxAgeMinutes`', ''],
  ['Give the client of the SCIM URL', 'Use the form with the SCIM URL'],
  [
    'Give all programs that write there journals with one `lock`: `fileJournal(path, { lock })`.',
    'Give all of them one --lock.',
  ],
  [
    'Look at what the server said: `onProgress` is given the `error`, and its `serverMessage()` tells. It may name people, so the result does not have it.',
    'What the server said may name people, and is not shown: look into its own log.',
  ],
  [
    'See `serverMessage()` for what the server said. It may name people, so it is not printed with the error.',
    'What the server said may name people, and is not shown: look into its own log.',
  ],
  [', and choose from what comes back with `matchesFilter`', ', and choose from what is printed'],
  [
    'Read the whole list, and choose here with `matchesFilter`; `find` does so by itself.',
    'Leave --filter out, and choose from what is printed.',
  ],
];

/** Says in words of the command what the library says in those of a program. */
export function inOwnWords(text: string): string {
  const raised = text.replace(
    limitsToApprove,
    (_, limits: string) =>
      `add to the command: ${optionsOf(limits)}. Or plan again with --policy FILE, which holds { "onBrake": "additions-only" }`,
  );
  return ownWords.reduce((said, [library, command]) => said.replaceAll(library, () => command), raised);
}

/** The options of `apply` that let a plan through, where what the library says of it names some. */
export function optionsToRaise(text: string): string | undefined {
  const [, limits] = limitsToApprove.exec(text) ?? [];
  return limits === undefined ? undefined : optionsOf(limits);
}

const limitsToApprove =
  /approve for its hash `limits: \{ plan: '\u2026', ([\w:., ]+) \}`, or set `onBrake: 'additions-only'` in the policy and plan again/;

/** Of `removals: 12, minDesiredShare: 0.2`: `--removals 12 --min-desired-share 0.2`. */
function optionsOf(limits: string): string {
  return limits
    .split(', ')
    .map((limit) =>
      limit.replace(
        /^(\w+): /,
        (_, name: string) => `--${name.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)} `,
      ),
    )
    .join(' ');
}
