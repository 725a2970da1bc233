import { describe, expect, it } from 'vitest';
import { readWorkspaceIds } from '../../../src/connection/fields/workspace-ids.js';
import { cpuMs } from '../../support/cpu-ms.js';

const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d3e4-f506-4718-892a-b3c4d5e6f708';

function read(value: unknown, allowUnknownForms = false) {
  const problems: {
    index: number | string | undefined;
    code: string;
    message: string;
    suggestion: string | undefined;
  }[] = [];
  const warnings: string[] = [];
  const ids = readWorkspaceIds(
    value,
    {
      problem: (code, message, _remedy, more) => {
        problems.push({ index: more?.index, code, message, suggestion: more?.suggestion });
      },
      warning: (code, message) => warnings.push(`${code}: ${message}`),
      nameOf: (field) => field,
    },
    allowUnknownForms,
  );
  return { ids, problems, warnings };
}

describe('lists that are right', () => {
  it.each([
    ['commas', `${first},${second}`],
    ['commas and spaces', `${first}, ${second}`],
    ['a trailing comma', `${first},${second},`],
    ['empty places', `,,${first},, ,${second}`],
    ['line breaks', `${first}\n${second}\r\n`],
    ['spaces', `${first} ${second}`],
    ['semicolons', `${first};${second}`],
    ['tabs', `${first}\t${second}`],
    ['quotes', `"${first}", '${second}'`],
    ['curly quotes', `“${first}”, ‘${second}’`],
    ['braces', `{${first}} {${second}}`],
    ['a JSON array', JSON.stringify([first, second])],
    ['upper case', `${first.toUpperCase()}, ${second}`],
    ['full-width commas', `${first}，${second}`],
    ['ideographic commas', `${first}、${second}；`],
    ['a list with hyphens', `- ${first}\n- ${second}`],
    ['a list with bullets', `• ${first}\n  • ${second}`],
    ['a list with numbers', `1. ${first}\n2) ${second}`],
    ['an array', [first, second]],
    ['an array of lists', [`${first}, ${second}`]],
    ['an array with empty places', [first, '', second]],
    ['zero-width spaces', `\u200b${first},\ufeff${second}`],
    ['other hyphens', `${first.replaceAll('-', '\u2011')}, ${second.replaceAll('-', '–')}`],
  ])('reads %s', (_, value) => {
    expect(read(value)).toEqual({ ids: [first, second], problems: [], warnings: [] });
  });

  it('puts an id without hyphens, or with a prefix, into the usual form', () => {
    expect(read(`${first.replaceAll('-', '')}, urn:uuid:${second}, ${second.replace('-', '')}`)).toEqual({
      ids: [first, second],
      problems: [],
      warnings: [
        'workspace_id_normalized: Entry 1 was normalized.',
        'workspace_id_normalized: Entry 2 was normalized.',
        'workspace_id_normalized: Entry 3 was normalized.',
        'duplicate_workspace_ids: Entry 3 repeats entry 2.',
      ],
    });
  });

  it('keeps a workspace once, and says which entry repeats which', () => {
    expect(read(`${first}, ${second}, ${first.toUpperCase()}`)).toEqual({
      ids: [first, second],
      problems: [],
      warnings: ['duplicate_workspace_ids: Entry 3 repeats entry 1.'],
    });
  });

  it.each([undefined, null, '', ' , ;\n', []])('takes %j for no list', (value) => {
    expect(read(value)).toEqual({ ids: undefined, problems: [], warnings: [] });
  });
});

describe('entries that are wrong', () => {
  it.each([
    ['Acme', 'workspace_name', undefined],
    ['Acme Corp Europe', 'workspace_name', undefined],
    ['mira@northwind.example', 'workspace_name', undefined],
    ['org-7Hq2LmNp', 'organization_id', undefined],
    ['8f5d1a2b-0c3d-4e5f-8a9b', 'workspace_id_cut', undefined],
    ['8f5d1a2b…', 'workspace_id_cut', undefined],
    ['8f5d1a2b-0c3d...', 'workspace_id_cut', undefined],
    [`${first}5`, 'workspace_id_cut', undefined],
    ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5o', 'unknown_workspace_id_form', undefined],
    [`https://chatgpt.com/admin/${first}`, 'workspace_id_in_url', first],
    [`https://chatgpt.com/admin?workspace=${first}&tab=general`, 'workspace_id_in_url', first],
    [`chatgpt.com/admin/${first}`, 'workspace_id_in_url', first],
    ['https://chatgpt.com/admin', 'workspace_id_in_url', undefined],
    [`user-9kQm2ZpTr4VxLw7NdYb1HcGs__${first}`, 'user_id', first],
    ['user-9kQm2ZpTr4VxLw7NdYb1HcGs', 'user_id', undefined],
    ['workspace_01HX2', 'unknown_workspace_id_form', undefined],
    [`ws-${first}`, 'unknown_workspace_id_form', first],
    ['sk-admin-1234567890', 'secret_in_workspace_ids', undefined],
    ['se_1234567890', 'secret_in_workspace_ids', undefined],
  ])('says what %s is: %s', (entry, code, suggestion) => {
    const { ids, problems } = read(`${second}, ${entry}`);
    expect(ids).toEqual([second]);
    expect(problems).toMatchObject([{ index: 1, code, suggestion }]);
    expect(problems[0]?.message).toMatch(/^Entry 2 /);
  });

  it('names every bad entry by its position, and none twice', () => {
    const { problems } = read(`Acme Corp, ${first}\norg-7Hq2 8f5d1a2b-0c3d`);
    expect(problems.map(({ index, code }) => [index, code])).toEqual([
      [0, 'workspace_name'],
      [2, 'organization_id'],
      [3, 'workspace_id_cut'],
    ]);
  });

  it('points at the entry of an array where it stands, whatever stands before it', () => {
    const { problems } = read(['', first, null, `${second}, `, 'Acme', 'Acme, Apex']);
    expect(problems.map(({ index, code }) => [index, code])).toEqual([
      [2, 'not_text'],
      [4, 'workspace_name'],
      [5, 'workspace_name'],
      [5, 'workspace_name'],
    ]);
    expect(read(['', first, '', first]).warnings).toEqual(['duplicate_workspace_ids: Entry 4 repeats entry 2.']);
  });

  it('suggests every id that a URL contains', () => {
    expect(read(`https://chatgpt.com/admin?from=${first}&to=${second}&from=${first}`).problems).toMatchObject([
      { code: 'workspace_id_in_url', suggestion: `${first}, ${second}` },
    ]);
  });

  it('says whether an id is too short or too long', () => {
    expect(read(first.slice(0, -1)).problems[0]?.message).toBe(
      'Entry 1 is cut short: it has only 31 letters and digits instead of 32.',
    );
    expect(read(`${first}5`).problems[0]?.message).toBe(
      'Entry 1 is too long: it has 33 letters and digits instead of 32.',
    );
  });

  it('names what is no text', () => {
    expect(read([first, 5, null]).problems.map(({ index, code }) => [index, code])).toEqual([
      [1, 'not_text'],
      [2, 'not_text'],
    ]);
    expect(read(5).problems).toMatchObject([{ index: 0, code: 'not_text' }]);
  });

  it('accepts other forms where the program says so, and still no name, organization or secret', () => {
    const { ids, problems } = read(`workspace_01HX2, Acme, ws1, Acme Corp, org-1, sk-1, ${first}`, true);
    expect(ids).toEqual(['workspace_01HX2', 'ws1', first]);
    expect(problems.map(({ code }) => code)).toEqual([
      'workspace_name',
      'workspace_name',
      'organization_id',
      'secret_in_workspace_ids',
    ]);
  });

  it.each([false, true])('says of the word of an unset variable what it is, whatever forms are taken: %s', (any) => {
    expect(read('undefined', any).problems).toEqual([
      {
        index: 0,
        code: 'placeholder',
        message: 'Entry 1 is the word `undefined`, as a variable that is not set prints.',
        suggestion: undefined,
      },
    ]);
  });
});

it('reads a megabyte of nonsense in under a second', () => {
  const inputs = ['-'.repeat(1e6), 'a-'.repeat(5e5), ' "'.repeat(5e5), `${'a'.repeat(1e6)}://`, '0'.repeat(1e6)];
  for (const input of inputs) {
    const start = cpuMs();
    read(input);
    expect(cpuMs() - start).toBeLessThan(1_000);
  }
});
