import type { AdminClient } from '../../admin/client.js';
import { isAboutTheCall } from '../../audit-logs/failed-principals.js';
import { openAbortScope } from '../../internal/abort.js';
import type { Clock } from '../../internal/clock.js';
import type { RequestOptions } from '../../transport/options.js';
import { asServiceAccount, type DirectoryUser } from './directory-user.js';
import type { ListedServiceAccount, Person } from './person.js';

type Row = Awaited<ReturnType<AdminClient['serviceAccounts']['list']>>['items'][number];

/** Everyone else is worth more than this list: nobody waits for it for long. */
const wholeListMs = 30_000;
const mostAccounts = 100_000;

/** What a workspace has of service accounts, as far as its key shows them. */
interface ServiceAccountList {
  readonly accounts: readonly ListedServiceAccount[];
  /** Whether there are no others. */
  readonly isWhole: boolean;
}

/**
 * Lists the service accounts of a workspace, by the Admin API, which alone has them. A list that is refused, not there (as on a
 * plan without such accounts), or breaks off is no error: everyone else is known without it.
 */
export async function listServiceAccounts(
  admin: Pick<AdminClient, 'serviceAccounts'>,
  workspaceId: string,
  options: RequestOptions,
  clock: Clock,
): Promise<ServiceAccountList> {
  const { signal, deadlineMs = wholeListMs } = options;
  const scope = openAbortScope([signal], Math.min(deadlineMs, wholeListMs), clock);
  const accounts: ListedServiceAccount[] = [];
  let isWhole = true;
  try {
    const list = admin.serviceAccounts.iterate({ workspaceId }, { ...options, signal: scope.signal });
    for await (const { items } of list.pages()) {
      const read = items.flatMap((row) => readAccount(row, workspaceId) ?? []);
      accounts.push(...read);
      if (read.length < items.length) isWhole = false;
      if (accounts.length >= mostAccounts) return { accounts, isWhole: false };
    }
    return { accounts, isWhole };
  } catch (error) {
    if (signal?.aborted || isAboutTheCall(error)) throw error;
    return { accounts, isWhole: false };
  } finally {
    scope.end();
  }
}

/** Of a row only the id is relied on; one without cannot be told from another. */
function readAccount(row: Row, workspaceId: string): ListedServiceAccount | undefined {
  const said = (name: string): unknown => (Object.hasOwn(row, name) ? row[name] : undefined);
  const [id, name, enabled] = [said('id'), said('name'), said('enabled')];
  if (typeof id !== 'string' || id === '') return undefined;
  return {
    workspaceId,
    id,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof enabled === 'boolean' ? { isEnabled: enabled } : {}),
    raw: row,
  };
}

/**
 * The service accounts of the workspaces. OpenAI does not say what links one to an entry of the directory: only where the two
 * have one id are they taken for one. A name proves nothing, and neither does an address.
 */
export class ServiceAccountLists {
  readonly #byId = new Map<string, ListedServiceAccount[]>();

  add(account: ListedServiceAccount): void {
    const known = this.#byId.get(account.id);
    if (known === undefined) this.#byId.set(account.id, [account]);
    // A list that shifts while it is read repeats its rows.
    else if (!known.some(({ workspaceId }) => workspaceId === account.workspaceId)) known.push(account);
  }

  /** An entry of the directory as the lists have it: one with the id of a service account is one, though only they say so. */
  known(user: DirectoryUser): DirectoryUser {
    return this.#byId.has(user.entry.id) ? asServiceAccount(user) : user;
  }

  /** What was joined of an entry, with the accounts that have its id, which are not handed out again. */
  joinedTo(person: Person, id: string): Person {
    const accounts = this.#byId.get(id);
    if (accounts === undefined) return person;
    this.#byId.delete(id);
    const status = statusOf(accounts) ?? person.status;
    return { ...person, source: 'both', serviceAccounts: accounts, status };
  }

  /** Everyone who is left, each made of what is the same of all who are in no directory. */
  *rest(nobody: Person): Generator<Person, void, undefined> {
    for (const accounts of this.#byId.values()) {
      const name = accounts.find((account) => account.name !== undefined)?.name;
      yield {
        ...nobody,
        kind: 'service_account',
        ...(name === undefined ? {} : { name }),
        status: statusOf(accounts) ?? 'unknown',
        source: 'workspace',
        serviceAccounts: accounts,
      };
    }
  }
}

function statusOf(accounts: readonly ListedServiceAccount[]): Person['status'] | undefined {
  if (accounts.some(({ isEnabled }) => isEnabled === true)) return 'active';
  return accounts.every(({ isEnabled }) => isEnabled === false) ? 'inactive' : undefined;
}
