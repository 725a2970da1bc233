/**
 * Finds accounts of people who left: not switched off, and not in a list of those who work here. Service accounts are on no
 * such list, and are listed apart. A dry report, which changes nothing: the connection is read-only. Beside each account it
 * says what to do, or why a person has to decide.
 *
 *     npm run example examples/find-leavers.ts employees.txt owner@north.example
 *
 * `employees.txt` holds one e-mail address a line. Without it, a list that leaves out two people of the emulator is used.
 * After it come the addresses of those who created the keys, which nothing that the services send names.
 */
import type { Person } from 'chatgpt-enterprise-sdk';
import { formatTable } from './support/format-table.ts';
import { isRealWorkspace, openConnection, tellIfEmulated } from './support/open-connection.ts';
import { countOf } from './support/progress-line.ts';
import { FileMistake } from './support/read-csv.ts';
import { readText } from './support/read-text.ts';
import { run } from './support/run.ts';

await run(async () => {
  tellIfEmulated();
  await using connection = openConnection();
  const [file, ...creators] = process.argv.slice(2);
  const keyCreators = new Set(creators.map((name) => name.toLowerCase()));
  const employees = await readEmployees(file);
  const hasLogs = connection.auditLogs !== undefined;
  const people: Person[] = [];
  for await (const person of connection.roster({ lastActivity: hasLogs ? {} : undefined })) people.push(person);
  const sharedIds = idsOfSharedAddresses(people);
  for (const creator of keyCreators) {
    const isKnown = people.some((person) => namesOf(person).includes(creator));
    if (!isKnown) endWith(`Nobody has the address of a key's creator: ${creator}. Correct it, and run this again.`);
  }

  const leavers: string[][] = [];
  const serviceAccounts: string[][] = [];
  let checked = 0;
  for (const person of people) {
    const { email, directory, name = '' } = person;
    // Whom a workspace switched off, and the directory did not, may come back with a sync.
    if (person.status === 'inactive' && directory?.active !== true) continue;
    if (mayBeServiceAccount(person)) {
      serviceAccounts.push([directory?.userName ?? email ?? '', name, directory ? 'directory' : 'workspace']);
      continue;
    }
    checked++;
    const [address, ...others] = namesOf(person);
    // An account whose address nobody knows is a case for a person, not for a program.
    if (address === undefined || [address, ...others].some((one) => employees.has(one))) continue;
    leavers.push([address, person.status, lastSeen(person), whyAsk(person) ?? 'deactivate in the directory']);
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
  if (keyCreators.size === 0)
    console.log("\nNo key's creator is named, so none is marked: add the address after the file.");
  // A list that is too short would name everyone: better to say so than to be believed.
  if (leavers.length > checked / 2) console.log('\nThat is more than half of them. Is the list complete?');

  /** Why a person has to decide; undefined where the account may be switched off in the directory. */
  function whyAsk(person: Person): string | undefined {
    const { kind, status, directory, workspaces, workspacesIncomplete } = person;
    if (workspaces.some(({ isOwner }) => isOwner === true)) return 'an owner: let another owner decide';
    if (namesOf(person).some((name) => keyCreators.has(name))) return "a key's creator: make a new key first";
    if (isShared(person)) return 'the address is not theirs alone: find out whose account it is';
    if (!hasLogs) return 'perhaps an owner: no workspace was read';
    if (workspacesIncomplete || workspaces.some(({ isOwner }) => isOwner === undefined)) {
      return 'perhaps an owner: not all roles are known';
    }
    if (status === 'invited' && directory?.active !== true) return 'withdraw the invitation in ChatGPT';
    if (kind === 'unknown') return 'in no workspace: perhaps a program, or an owner under another address';
    if (directory !== undefined) return undefined;
    const isManaged = workspaces.some(({ isScimManaged }) => isScimManaged === true);
    return isManaged ? 'remove in the directory that manages it' : 'remove in ChatGPT: added by hand';
  }

  function lastSeen(person: Person): string {
    const { lastActivity, lastActivityIncomplete } = person;
    // Events name an address, and not whose it is.
    if (!hasLogs || isShared(person)) return 'not known';
    if (lastActivityIncomplete) return lastActivity === undefined ? 'not known' : `${lastActivity.at} or later`;
    return lastActivity?.at ?? 'not in 30 days';
  }

  function isShared({ directory, conflicts }: Person): boolean {
    if (directory !== undefined && sharedIds.has(directory.id)) return true;
    return conflicts.some(({ code }) => code.startsWith('email_') || code === 'account_with_several_addresses');
  }

  async function readEmployees(path: string | undefined): Promise<Set<string>> {
    if (path !== undefined) {
      const lines = (await readList(path)).split(/\r?\n/);
      return new Set(lines.map((line) => line.trim().toLowerCase()).filter((line) => line !== ''));
    }
    if (isRealWorkspace()) endWith('Name the file that lists your employees, one address a line.');
    console.error('No list of employees is named: on the one made up here, two of these people are missing.\n');
    const everyone: string[] = [];
    // A service account has no address.
    for await (const { email } of connection.roster({ groups: false })) if (email !== undefined) everyone.push(email);
    return new Set(everyone.sort().slice(2));
  }
});

/** Every address by which somebody is known, in lower case. */
function namesOf({ email, directory, workspaces }: Person): string[] {
  const names = [email, directory?.email, directory?.userName, ...workspaces.map((one) => one.email)];
  return names.flatMap((name) => (name ? [name.toLowerCase()] : []));
}

/** Of several entries of the directory that share an address, all but the first tell. */
function idsOfSharedAddresses(people: readonly Person[]): ReadonlySet<string> {
  const conflicts = people.flatMap((person) => person.conflicts);
  return new Set(conflicts.flatMap((one) => (one.code === 'email_shared_in_directory' ? one.directoryIds : [])));
}

/** By the directory's word, or a member who has the name of one: no program can tell whether that is a person. */
function mayBeServiceAccount({ kind, conflicts }: Person): boolean {
  return kind === 'service_account' || conflicts.some(({ code }) => code === 'email_of_service_account');
}

/** What cannot be read is said in a sentence: a stack tells nobody which file was meant. */
async function readList(path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    if (!(error instanceof FileMistake)) throw error;
    return endWith(`The list of employees ${error.message}`);
  }
}

function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
