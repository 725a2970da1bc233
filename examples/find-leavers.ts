/**
 * Finds accounts of people who left: active in ChatGPT, and not in a list of those who work here. A dry report, which
 * changes nothing: the connection is read-only.
 *
 *     npm run example examples/find-leavers.ts employees.txt
 *
 * `employees.txt` holds one e-mail address a line. Without it, a list that leaves out two people of the emulator is used.
 */
import { readFile } from 'node:fs/promises';
import { formatTable } from './support/format-table.ts';
import { isRealWorkspace, openConnection } from './support/open-connection.ts';
import { run } from './support/run.ts';

await run(async () => {
  await using connection = openConnection();
  const employees = await readEmployees(process.argv[2]);
  const leavers: string[][] = [];
  let checked = 0;
  for await (const person of connection.roster({ lastActivity: connection.auditLogs === undefined ? undefined : {} })) {
    if (person.status !== 'active' && person.status !== 'invited') continue;
    checked++;
    const { email, directory } = person;
    // An account whose address nobody knows is a case for a person, not for a program.
    if (email === undefined || isEmployee(email, directory?.userName)) continue;
    const steps = directory === undefined ? 'remove in ChatGPT: added by hand' : 'deactivate in the directory';
    leavers.push([email, person.status, person.lastActivity?.at ?? 'not in 30 days', steps]);
  }
  console.log(`${checked} accounts can be used; ${leavers.length} of them belong to nobody on the list.\n`);
  if (leavers.length > 0) console.log(formatTable(['account', 'status', 'last activity', 'what to do'], leavers));
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
    for await (const { email } of connection.roster({ groups: false })) if (email !== undefined) everyone.push(email);
    return new Set(everyone.sort().slice(2));
  }
});

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
