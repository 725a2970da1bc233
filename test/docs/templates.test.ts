import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const folder = new URL('../../.github/ISSUE_TEMPLATE/', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8');

interface Form {
  readonly name: string;
  readonly body: readonly { readonly type: string; readonly id?: string }[];
}

const forms = readdirSync(folder)
  .filter((file) => file !== 'config.yml')
  .map((file) => ({ file, text: textOf(file), form: parse(textOf(file)) as Form }));

test('an issue is asked for by a form, each field with an id of its own', () => {
  expect(parse(textOf('config.yml'))).toEqual({ blank_issues_enabled: false });
  expect(forms.map(({ form }) => form.name)).toEqual(['Something does not work', 'Something is missing']);
  for (const { form } of forms) {
    const ids = form.body.flatMap(({ type, id }) => (type === 'markdown' ? [] : [id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
  }
});

test('the form for a fault asks for what a maintainer needs, and for no secret', () => {
  const [bug] = forms;
  expect(bug?.form.body.map(({ id }) => id).filter(Boolean)).toEqual([
    'program',
    'said',
    'expected',
    'version',
    'where',
    'request',
    'clean',
  ]);
  expect(bug?.text).toContain('No tokens, keys, names or addresses');
});

test('a form speaks of secrets only to say that it wants none', () => {
  for (const { file, form, text } of forms) {
    const sentences = textsIn(form).flatMap((one) => one.split(/[.:]\s|\n/));
    const ofSecrets = sentences.filter((one) => /token|key|secret|password|credential/i.test(one));
    for (const sentence of ofSecrets) expect(sentence, file).toMatch(/\bNo tokens?, keys?|\bno (?:token|secret)\b/);
    // All that is asked for was looked at, and comments of YAML are nothing that somebody sees.
    expect(text).not.toContain('#');
  }
});

/** All that is shown of a form. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('a pull request says why, and what shows it', () => {
  const text = textOf('../pull_request_template.md');
  for (const words of ['**Why.**', '**What shows it.**', 'changeset', 'No token', 'npm cit', '.ci/run'])
    expect(text).toContain(words);
});
