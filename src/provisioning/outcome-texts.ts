import { generalRemedies } from '../errors/remedies/network.js';
import { heldRemedies } from './held.js';

interface OutcomeText {
  readonly message: string;
  readonly remedy: string;
}

/** Where a remedy names a method of the error: an outcome has no error, and `onProgress` has. */
export function followable(remedy: string | undefined): string | undefined {
  if (remedy !== generalRemedies.read_server_message) return remedy;
  return 'Look at what the server said: `onProgress` is given the `error`, and its `serverMessage()` tells. It may name people, so the result does not have it.';
}

/** What to do where a write was answered with success, and does not show. */
export const dropsAttributes =
  'If the directory drops these attributes, name them in `ignoreAttributes` of the policy and plan again: else they stand in every plan. If not, look at them by hand.';

export function textOfDrift(code: string): OutcomeText {
  return driftTexts[code === 'changed_since' ? code : 'not_as_planned'];
}

const driftTexts = {
  changed_since: {
    message: 'It was changed after the plan was made: nothing was sent.',
    remedy: 'Find out who changed it, and plan again.',
  },
  not_as_planned: {
    message: 'The directory is not as it was when the plan was made: nothing was sent.',
    remedy: 'Look at what is there by now, and plan again.',
  },
} as const;

const heldTexts: Readonly<Record<string, OutcomeText>> = {
  brake_holds: {
    message: 'A brake holds: only what takes nothing away is done.',
    remedy: 'Find out why the plan goes beyond the limit, and plan again.',
  },
  not_created: {
    message: 'The plan creates the person or the group first, and that was not done.',
    remedy: 'Settle first what became of the creation. Then start again with the same journal.',
  },
  not_reactivated: {
    message: 'The plan makes the person active first, and that was not done.',
    remedy: 'Settle first what became of the reactivation. Then start again with the same journal.',
  },
  swap_not_possible: {
    message: 'The group that the person would leave is not as it was when the plan was made: neither half is done.',
    remedy: 'Find out who changed the other group, and plan again.',
  },
  swap_not_added: {
    message: 'It is not certain that the other half of a change from one group to another was done.',
    remedy: 'Settle first what became of the addition. Then start again with the same journal.',
  },
  earlier_failures: {
    message:
      'Something before failed in a way that may be why somebody seems to be gone: nobody loses anything, nor changes groups.',
    remedy: 'Settle first what failed. Then start again with the same journal, or plan again.',
  },
};

/** Of an outcome `held_back`, for people. */
export function textOfHeld(code: string): OutcomeText {
  const own = heldTexts[code];
  if (own !== undefined) return own;
  const remedies: Readonly<Record<string, string>> = heldRemedies;
  return {
    message: `By what is there now, this is left to a person (${code}): nothing was sent.`,
    remedy: remedies[code] ?? 'Plan again.',
  };
}
