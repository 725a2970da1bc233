import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { openEditor, root } from '../support/editor.js';
import { askEditor, imports } from './questions.js';

const editor = openEditor(imports);

askEditor(editor);

test.each([
  ['writer.users.upsert▮', 'src/scim/resources.ts'],
  ['writer.users.deactivate▮', 'src/scim/users.ts'],
  ['writer.users.withExtensions▮', 'src/scim/users.ts'],
  ['writer.users.withExtensions({}).patch▮', 'src/scim/resources.ts'],
  ['writer.groups.addMembers▮', 'src/scim/groups.ts'],
  ['workspaces.events▮', 'src/audit-logs/client.ts'],
])('an editor goes from %s to the body of the method', (snippet, file) => {
  const found = editor.definitionsAt(snippet);
  expect(found.map((one) => relative(root, one.file))).toEqual([file]);
  for (const { text } of found) expect(text).toMatch(/\breturn\b[\s\S]+\}$/);
});
