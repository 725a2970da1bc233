import type { AdminAnswer } from './api.js';
import type { ListSource } from './paging.js';
import { anothers, readRecord } from './rows.js';
import type { Invite } from './schemas/invites-and-service-accounts.js';

/** A list of which neither the envelope nor the rows are described. */
export function undescribedSource<T extends Invite>(
  listRoute: string,
  params?: Readonly<Record<string, string>>,
): ListSource<T> {
  return {
    request: { route: listRoute, params, query: [] },
    dialect: 'unknown',
    keyOf: ({ id }) => (typeof id === 'string' ? id : undefined),
    // Typed as far as it is known, and not validated.
    readRow: (row, index, answer) => readRecord(row, ['data', index], answer) as T,
  };
}

/** One object of which nothing is described: where it says which one it is, it has to be the one that was asked for. */
export function readUndescribed(answer: AdminAnswer, id: string): Readonly<Record<string, unknown>> {
  const found = readRecord(answer.body, [], answer);
  if (found.id === undefined || found.id === null)
    throw anothers(answer, ['id'], 'was answered with what has no id: a list, perhaps.');
  if (typeof found.id === 'string' && found.id !== id)
    throw anothers(answer, ['id'], 'was answered with another one than was asked for.');
  return found;
}
