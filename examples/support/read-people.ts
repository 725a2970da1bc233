import type { DesiredGroup, DesiredUser } from 'chatgpt-enterprise-sdk/provisioning';
import { readCsv } from './read-csv.ts';

const columns = {
  required: ['id', 'email', 'given_name', 'family_name'],
  optional: ['title', 'department', 'groups'],
};

/**
 * Makes of a CSV file the directory as it should be. An empty field takes the attribute away; a column that is not there
 * leaves it alone. `groups` holds names, with a semicolon between two; `governed` names more, which may be without members.
 */
export function readPeople(
  text: string,
  governed: readonly string[],
): { readonly users: DesiredUser[]; readonly groups: DesiredGroup[] } {
  const members = new Map<string, string[]>(governed.map((name) => [name, []]));
  const users = readCsv(text, columns).map(({ fields }): DesiredUser => {
    const { id = '', email = '', given_name: givenName = '', family_name: familyName = '' } = fields;
    for (const name of (fields.groups ?? '').split(';').map((one) => one.trim())) {
      if (name !== '') members.set(name, [...(members.get(name) ?? []), id]);
    }
    return {
      externalId: id,
      userName: email,
      displayName: `${givenName} ${familyName}`,
      name: { givenName, familyName },
      emails: [{ value: email, type: 'work', primary: true }],
      ...(fields.title !== undefined && { title: fields.title || null }),
      ...(fields.department !== undefined && {
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: fields.department || null },
      }),
    };
  });
  return { users, groups: [...members].map(([displayName, keys]) => ({ displayName, members: keys })) };
}
