import { isRecord } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { saysFailure } from '../transport/page-end.js';
import { type AdminAnswer, type AdminRequest, type WorkspaceApi, wrongAdminAnswer } from './api.js';

/** An object of the Admin API, of which anything may be missing but its id. */
export interface AdminRow {
  readonly id: string;
  readonly [field: string]: unknown;
}

type Path = readonly (string | number)[];

/** An object, which may be another workspace's only where it does not say so. */
export function readRecord(value: unknown, path: Path, answer: AdminAnswer): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) {
    const issue = { path, message: 'expected an object' };
    throw wrongAdminAnswer(answer, 'was answered with something else than objects.', issue);
  }
  checkWorkspace(value, path, answer);
  return value;
}

/** The same with an id. */
export function readRow(value: unknown, path: Path, answer: AdminAnswer): AdminRow {
  const row = readRecord(value, path, answer);
  // Looked at here, which the compiler does not carry over to the whole.
  if (typeof row.id === 'string' && row.id !== '') return row as AdminRow;
  const issue = { path: [...path, 'id'], message: 'expected text' };
  throw wrongAdminAnswer(answer, 'was answered with an object without an id.', issue);
}

/** Reads one object by its id. The answer has to be about that one. */
export function readOne<T extends AdminRow>(
  api: WorkspaceApi,
  request: AdminRequest,
  id: string,
  options: RequestOptions,
): Promise<T> {
  return api.get(request, options, (answer) => {
    const row = readRow(answer.body, [], answer);
    if (row.id !== id) throw anothers(answer, ['id'], 'was answered with another one than was asked for.');
    // What the service sends is typed, and not validated.
    return row as T;
  });
}

/**
 * Nothing of another workspace may pass for this one's: where a row says whose it is, it has to be that of the workspace that
 * was asked.
 */
export function checkWorkspace(row: Readonly<Record<string, unknown>>, path: Path, answer: AdminAnswer): void {
  const wrong = anothersField(row, answer.workspaceId);
  if (wrong === undefined) return;
  const { name, of } = wrong;
  throw anothers(
    answer,
    [...path, name],
    of === 'workspace'
      ? 'was answered with what is of another workspace.'
      : 'was answered with an account that is of another person.',
  );
}

/** What stands beside rows can say that they are none: that they are another workspace's, or that the service failed. */
export function checkEnvelope(envelope: Readonly<Record<string, unknown>>, answer: AdminAnswer): void {
  checkWorkspace(envelope, [], answer);
  if (!saysFailure(envelope)) return;
  const issue = { path: ['error'], message: 'expected none beside the rows' };
  throw wrongAdminAnswer(answer, 'was answered with an error, sent as a success.', issue);
}

/** The field by which a row is another's. The id of an account of a person is `<user id>__<workspace id>`. */
export function anothersField(
  row: Readonly<Record<string, unknown>>,
  workspaceId: string,
): { readonly name: string; readonly of: 'workspace' | 'person' } | undefined {
  const own = workspaceId.toLowerCase();
  const saidIn = (name: string) => (Object.hasOwn(row, name) ? row[name] : undefined);
  const workspace = saidIn('workspace_id');
  if (typeof workspace === 'string' && workspace.toLowerCase() !== own)
    return { name: 'workspace_id', of: 'workspace' };
  for (const [name, ...idsOfUser] of accountIds) {
    const account = saidIn(name);
    if (typeof account !== 'string') continue;
    // One of another form says nothing of a workspace.
    if (!account.includes('__') && !account.toLowerCase().includes(own)) continue;
    // The id of the workspace may hold the same two characters.
    const end = account.length - own.length - 2;
    if (end < 1 || account.slice(end).toLowerCase() !== `__${own}`) return { name, of: 'workspace' };
    const user = idsOfUser.map(saidIn).find((id) => typeof id === 'string');
    if (user !== undefined && user !== account.slice(0, end)) return { name, of: 'person' };
  }
  return undefined;
}

const accountIds = [
  ['account_user_id', 'user_id', 'id'],
  ['requester_account_user_id', 'requester_user_id'],
] as const;

export const remedyForAnothers =
  'Nothing of it was used. Report it to OpenAI, and look for a cache that answers in place of it.';

/** What is not about the one that was asked for. @internal */
export function anothers(answer: AdminAnswer, path: Path, what: string) {
  const issue = { path, message: 'expected that of what was asked for' };
  return wrongAdminAnswer(answer, what, issue, {
    retryable: false,
    remedy: remedyForAnothers,
  });
}
