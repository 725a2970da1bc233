import type { DesiredDirectory, DesiredGroup, DesiredUser } from '../provisioning/index.js';
import { csvField, readCsv } from './csv.js';
import { readJson, readText } from './files.js';
import { Mistake } from './mistake.js';

/**
 * Reads the directory as it should be: JSON as `planDirectory` takes it, or CSV. `governed` names groups that may be left
 * without members.
 *
 * @throws Mistake
 */
export async function readDesired(path: string, governed: readonly string[]): Promise<DesiredDirectory> {
  if (/\.csv$/i.test(path)) return desiredOf(path, await readText(path), governed);
  if (!/\.json$/i.test(path)) throw new Mistake(`${path} must end in .json or .csv, which tells what is in it.`);
  if (governed.length > 0)
    throw new Mistake('--group is for CSV: in JSON, name the group in "groups", without members.');
  const desired = await readJson(path);
  if (typeof desired === 'object' && desired !== null && 'users' in desired && Array.isArray(desired.users)) {
    // The rest is checked where it is read.
    return desired as DesiredDirectory;
  }
  throw new Mistake(`${path} must hold an object { "users": […], "groups": […] }.`);
}

const columns = {
  required: ['id', 'email', 'given_name', 'family_name'],
  optional: ['title', 'department', 'groups'],
};

const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** An empty field takes the attribute away; a column that is not there leaves it alone. `groups` holds names, with semicolons. */
function desiredOf(path: string, text: string, governed: readonly string[]): DesiredDirectory {
  const members = new Map<string, string[]>(governed.map((name) => [name, []]));
  const users = readCsv(path, text, columns).map((row): DesiredUser => {
    const [id, email] = [csvField(row, 'id'), csvField(row, 'email')];
    const [givenName, familyName] = [csvField(row, 'given_name'), csvField(row, 'family_name')];
    for (const name of csvField(row, 'groups')
      .split(';')
      .map((one) => one.trim())) {
      if (name !== '') members.set(name, [...(members.get(name) ?? []), id]);
    }
    return {
      externalId: id,
      userName: email,
      displayName: `${givenName} ${familyName}`,
      name: { givenName, familyName },
      emails: [{ value: email, type: 'work', primary: true }],
      ...(row.has('title') && { title: csvField(row, 'title') || null }),
      ...(row.has('department') && { [enterpriseUser]: { department: csvField(row, 'department') || null } }),
    };
  });
  const groups: DesiredGroup[] = [...members].map(([displayName, keys]) => ({ displayName, members: keys }));
  return { users, groups };
}
