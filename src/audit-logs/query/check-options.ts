import { InputError } from '../../errors/input-errors.js';

// Of every kind of query: one may be shared between them.
const names =
  'eventTypes after before signal timeoutMs deadlineMs maxRetries headers resumeFrom concurrency maxBytesInFlight maxFileBytes deduplicate overlapMs validate invalidLine onFailedFile onRetentionGap onProgress onCaughtUp onOutage ordering batchSize intervalMs';

/**
 * Refuses what is not an option: a `resumefrom` that is passed over would read everything again.
 *
 * @throws InputError
 */
export function checkKeys(query: unknown): void {
  if (typeof query !== 'object' || query === null) {
    throw new InputError('The query is not an object.', { remedy: "Give one, such as { eventTypes: ['AUTH_LOG'] }." });
  }
  const known = names.split(' ');
  for (const key of Object.keys(query)) {
    if (known.includes(key)) continue;
    const meant = known.find((name) => name.toLowerCase() === key.toLowerCase());
    throw new InputError(`\`${key.slice(0, 40)}\` is not an option of a query.`, {
      path: [key],
      remedy: meant === undefined ? `There are: ${known.join(', ')}.` : `Write \`${meant}\`.`,
    });
  }
}

/** @throws InputError for anything but a finite number of at least `least`, whole where it counts something. */
export function checkNumber(name: string, value: number, least: number, isWhole = true): number {
  if (Number.isFinite(value) && value >= least && (!isWhole || Number.isInteger(value))) return value;
  throw new InputError(`\`${name}\` must be a ${isWhole ? 'whole ' : ''}number of at least ${least}.`, {
    path: [name],
  });
}

/** @throws InputError for anything but one of the choices or, where one is possible, a function. */
export function checkChoice<T>(name: string, value: T, choices: readonly unknown[], orFunction = false): T {
  if (choices.includes(value) || (orFunction && typeof value === 'function')) return value;
  const named = choices.filter((choice) => choice !== undefined).map((choice) => JSON.stringify(choice));
  const allowed = [...named, ...(orFunction ? ['a function'] : [])].join(' or ');
  throw new InputError(`\`${name}\` must be ${allowed}.`, { path: [name] });
}
