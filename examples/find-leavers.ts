/**
 * Finds accounts of people who left: not switched off, and not in a list of those who work here. Service accounts are on no
 * such list, and are listed apart. A dry report, which changes nothing: the connection is read-only.
 *
 *     npm run example examples/find-leavers.ts employees.txt
 *
 * `employees.txt` holds one e-mail address a line. Without it, a list that leaves out two people of the emulator is used.
 */
import { readFile } from 'node:fs/promises';
import type { Person } from 'chatgpt-enterprise-sdk';
import { formatTable } from './support/format-table.ts';
import { isRealWorkspace, openConnection } from './support/open-connection.ts';
import { countOf } from './support/progress-line.ts';
import { run } from './support/run.ts';

await run(async () => {
  await using connection = openConnection();
  const employees = await readEmployees(process.argv[2]);
  const leavers: string[][] = [];
  const serviceAccounts: string[][] = [];
  let checked = 0;
  for await (const person of connection.roster({ lastActivity: connection.auditLogs === undefined ? undefined : {} })) {
    const { email, directory, name = '' } = person;
    // Whom a workspace switched off, and the directory did not, may come back with a sync.
    if (person.status === 'inactive' && directory?.active !== true) continue;
    if (mayBeServiceAccount(person)) {
      serviceAccounts.push([directory?.userName ?? email ?? '', name, directory ? 'directory' : 'workspace']);
      continue;
    }
    checked++;
    // An account whose address nobody knows is a case for a person, not for a program.
    if (email === undefined || isEmployee(email, directory?.userName)) continue;
    leavers.push([email, person.status, person.lastActivity?.at ?? 'not in 30 days', whatToDo(person)]);
  }
  console.log(
    `${checked} accounts are not known to be switched off; ${leavers.length} of them belong to nobody on the list.\n`,
  );
  if (leavers.length > 0) console.log(formatTable(['account', 'status', 'last activity', 'what to do'], leavers));
  if (serviceAccounts.length > 0) {
    console.log(
      `\n${countOf(serviceAccounts.length, 'account')} of programs, or named like one, on no list of people:\n`,
    );
    console.log(formatTable(['account', 'name', 'known to'], serviceAccounts));
  }
  // A list that is too short would name everyone: better to say so than to be believed.
  if (leavers.length > checked / 2) console.log('\nThat is more than half of them. Is the list complete?');

  function isEmployee(...names: (string | undefined)[]): boolean {
    return names.some((name) => name !== undefined && employees.has(name.toLowerCase()));
  }

  async function readEmployees(path: string | undefined): Promise<Set<string>> {
    if (path !== undefined) {
      const lines = (await readList(path)).split(/\r?\n/);
      return new Set(lines.map((line) => line.trim().toLowerCase()).filter((line) => line !== ''));
    }
    if (isRealWorkspace()) endWith('Name the file that lists your employees.');
    const everyone: string[] = [];
    // A service account has no address.
    for await (const { email } of connection.roster({ groups: false })) if (email !== undefined) everyone.push(email);
    return new Set(everyone.sort().slice(2));
  }
});

/** By the directory's word, or a member who has the name of one: no program can tell whether that is a person. */
function mayBeServiceAccount({ kind, conflicts }: Person): boolean {
  return kind === 'service_account' || conflicts.some(({ code }) => code === 'email_of_service_account');
}

function whatToDo({ kind, status, directory, workspaces, conflicts }: Person): string {
  if (workspaces.some(({ role }) => role === 'account-owner')) return 'an owner: let another owner decide';
  if (conflicts.some(({ code }) => code === 'account_with_several_addresses')) return 'find out whose account it is';
  if (status === 'invited' && directory?.active !== true) return 'withdraw the invitation in ChatGPT';
  if (directory !== undefined) return `deactivate in the directory${kind === 'unknown' ? ', if it is a person' : ''}`;
  const isManaged = workspaces.some(({ isScimManaged }) => isScimManaged === true);
  return isManaged ? 'remove in the directory that manages it' : 'remove in ChatGPT: added by hand';
}

/** What cannot be read is said in a sentence: a stack tells nobody which file was meant. */
async function readList(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason = error.code === 'ENOENT' ? 'file not found' : String(error.code);
    return endWith(`The list of employees ${path} cannot be read: ${reason}.`);
  }
}

function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
