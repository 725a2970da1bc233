import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csvField } from '../../examples/support/csv-field.js';
import { formatDecimal, readDecimal, sumOf } from '../../examples/support/decimal.js';
import { formatTable } from '../../examples/support/format-table.js';
import { madeUp, runExample } from './support/run-example.js';

const imports = [resolve(import.meta.dirname, 'support/workspace-with-seats.ts')];

function report(odd: string, ...args: string[]) {
  return runExample('seat-report.ts', args, { imports, env: { SEATS: odd } });
}

describe('seat-report', () => {
  test('shows seats, cost by group, and who is idle, as tables', async () => {
    const { code, stdout, stderr } = await report('');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^chatgpt +4 +3 +1 +0$/m);
    expect(stdout).toMatch(/^codex +1 +0 +0 +1$/m);
    expect(stdout).toMatch(/^all +5 +3 +1 +1$/m);
    // A sum of binary numbers would be 1.0000000000000002, or 0.30000000000000004 on the way.
    expect(stdout).toMatch(/^Lab +2 +1 +—$/m);
    expect(stdout).toMatch(/^Sales +3 +1 +3\.60$/m);
    expect(stdout).toMatch(/^\(in no group\) +1 +— +—$/m);
    expect(stdout).toMatch(/^\(no seat, or nobody named\) +0 +7 +—$/m);
    expect(stdout).toMatch(/^Everybody, each once +5 +8 +3\.60$/m);
    const [, idle = ''] = stdout.split('Seats without use');
    expect(idle).toMatch(/^bo@northwind\.example +Bo Elm +chatgpt +2026-01-05 +2026-10-31 +Lab$/m);
    expect(idle).toMatch(/^cy@northwind\.example +Cy Oak +codex +unknown +never$/m);
    // Whose day has no amount has used the seat.
    expect(idle).not.toMatch(/(?:ada|dee|eve)@/);
    expect(stdout).toContain('Days of use of which no amount is stated: 1.');
  });

  test('writes a line for each seat as CSV, in which what is absent is empty and not zero', async () => {
    const { code, stdout } = await report('', '--csv');
    const id = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'workspace_id,email,name,user_id,role,seat_type,groups,member_since,use,last_use,credits_30_days,usd_30_days,days_without_amount',
      `${id},ada@northwind.example,Ada Fir,user-ada,standard-user,chatgpt,Lab;Sales,2026-01-05,used,2026-11-30,1,,0`,
      `${id},bo@northwind.example,Bo Elm,user-bo,standard-user,chatgpt,Lab,2026-01-05,unused,2026-10-31,,,0`,
      `${id},cy@northwind.example,Cy Oak,user-cy,standard-user,codex,,,never,,,,0`,
      `${id},dee@northwind.example,,user-dee,standard-user,chatgpt,Sales,2026-01-05,used,2026-11-20,,,1`,
      `${id},eve@northwind.example,Eve Ash,user-eve,standard-user,chatgpt,Sales,2026-01-05,used,2026-11-21,,3.60,0`,
    ]);
  });

  test('writes a line for each group as CSV', async () => {
    const { stdout } = await report('', '--csv', '--by-group');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.replace('2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11', 'id'))).toEqual([
      'workspace_id,group,seats,credits_30_days,usd_30_days,days_without_amount',
      'id,Lab,2,1,,0',
      'id,Sales,3,1,3.60,1',
      'id,(in no group),1,,,0',
      'id,"(no seat, or nobody named)",0,7,,0',
      'id,"Everybody, each once",5,8,3.60,1',
    ]);
  });

  test.each([
    ['no use', 'Enterprise analytics API → Read is not ticked'],
    ['use not found', '404 not_found'],
  ])('says why use could not be read, prints no zeros, and calls nobody idle: %s', async (odd, why) => {
    const table = await report(odd);
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^all +5 +not read +not read +not read$/m);
    expect(table.stdout).toMatch(/^Everybody, each once +5 +not read +not read$/m);
    expect(table.stdout).toContain('! Use and cost could not be read, and nothing is said of it. ');
    expect(table.stdout).toContain(why);
    expect(table.stdout).not.toContain('Seats without use');

    const csv = await report(odd, '--csv');
    expect(csv.stdout).toMatch(/,cy@northwind\.example,Cy Oak,user-cy,standard-user,codex,,,unknown,,,,$/m);
    expect(csv.stderr).toContain(why);
  });

  test('goes without groups where they may not be read, and says so', async () => {
    const { code, stdout } = await report('no groups');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^all +5 +3 +1 +1$/m);
    expect(stdout).not.toContain('(in no group)');
    expect(stdout).toMatch(/! Who is in which group could not be read, .*Group Management → Read is not ticked/);
  });

  test('says that a group changed while it was read', async () => {
    expect((await report('changing')).stdout).toContain('! The group Lab changed while it was read');
    expect((await report('')).stdout).not.toContain('changed');
  });

  test('takes a row of zeros for a day without use', async () => {
    const { stdout } = await report('zeros');
    expect(stdout).toMatch(/^cy@northwind\.example +Cy Oak +codex +unknown +never$/m);
    expect(stdout).toMatch(/^\(in no group\) +1 +— +—$/m);
  });

  test('calls nobody idle by a row that names no day', async () => {
    const { stdout } = await report('undated');
    expect(stdout).toMatch(/^all +5 +3 +0 +1$/m);
    expect(stdout).not.toContain('bo@northwind.example');
    expect(stdout).toContain('! Rows of use that name no day or nobody: 1.');
  });

  test('fails where the members cannot be read, and prints no report', async () => {
    const { code, stdout, stderr } = await report('no members', '--html');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('users failed: 404 not_found');
  });

  test('says which workspaces could not be read, and reports on the others', async () => {
    const refused = 'Workspace 91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16 could not be read, and is not in this report.';
    const older = 'Workspace 5a0c7b1e-8d2f-4c3a-b6e9-1f4d7a2c9b80 could not be read, and is not in this report.';
    const { code, stdout, stderr } = await report('with others');
    expect(code).toBe(1);
    expect(stdout.match(/^Workspace .*/gm)).toEqual(['Workspace 2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11, 2026-11-30']);
    expect(stderr).toContain(
      `${refused} Workspace 91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16: GET /manage/workspaces/{workspace_id}/users failed: 401`,
    );
    expect(stderr).toContain(`${older} Its key is no Admin key`);
    // A page is passed on, and what was said beside it is not.
    const page = await report('with others', '--html');
    expect(page.code).toBe(1);
    for (const sentence of [refused, older]) expect(page.stdout).toContain(`<strong>${sentence}</strong>`);
  });

  test('says of nobody that they never used a seat where no more was read than makes it unused', async () => {
    const { code, stdout } = await report('', '--days', '30');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^all +5 +3 +2 +not read$/m);
    expect(stdout).toMatch(/^bo@northwind\.example +Bo Elm +chatgpt +2026-01-05 +not since 2026-11-01 +Lab$/m);
    expect(stdout).toMatch(/^cy@northwind\.example +Cy Oak +codex +unknown +not since 2026-11-01$/m);
    expect(stdout).toContain('Use was read from 2026-11-01 on.');
    const { stdout: csv } = await report('', '--days', '30', '--csv');
    expect(csv).toMatch(/,user-cy,standard-user,codex,,,unused,,,,0$/m);
    const { stdout: page } = await report('', '--days', '30', '--html');
    expect(page).toContain('whoever never used a seat is among the unused.');
    expect(page).toMatch(/<th scope="row"><bdi>Cy Oak<\/bdi>.*<td>not since 2026-11-01<\/td>/);
  });

  test('lets no name be a formula, move a cursor, or break a line of the tables', async () => {
    const csv = await report('hostile names', '--csv');
    expect(csv.stdout).toContain(`,"'=HYPERLINK(""http://evil.example"",""click"")",user-bo,`);
    const table = await report('hostile names');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(table.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(table.stdout).toMatch(/^cy@northwind\.example +\S+second line +codex/m);
  });

  test.each([
    [['--csv', '--html'], 'Give --csv or --html, not both.'],
    [['--by-group'], '--by-group goes with --csv.'],
    [['--days', '7'], '--days takes a number of days from 30 to 366.'],
    [['--cvs'], 'There are --csv, --by-group, --html and --days.'],
  ])('takes no arguments that make no sense: %j', async (args, says) => {
    const { code, stdout, stderr } = await report('', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('shows the emulator where no workspace is named: everything that it can find is there', async () => {
    const { code, stdout, stderr } = await runExample('seat-report.ts');
    expect({ code, stderr }).toEqual({ code: 0, stderr: madeUp });
    expect(stdout.match(/^Workspace /gm)).toHaveLength(2);
    expect(stdout).toMatch(/^all +16 +12 +2 +2$/m);
    expect(stdout).toMatch(/^Everybody, each once +16 +[1-9]/m);
  });
});

describe('a sum of decimals', () => {
  const sum = (...values: unknown[]) => {
    const total = sumOf(values.map(readDecimal));
    return total && formatDecimal(total);
  };

  test.each([
    [[0.1, 0.2], '0.3'],
    [[1.4, 1.4, 1.4], '4.2'],
    [['19.99', 0.01], '20'],
    [[1e-7, 1], '1.0000001'],
    [[1e21, 1], '1000000000000000000001'],
    [[-0.5, 0.25], '-0.25'],
    [[2, undefined, null], '2'],
    [[0], '0'],
  ])('%j is %s', (values, expected) => {
    expect(sum(...values)).toBe(expected);
  });

  test('of nothing that is stated is not stated', () => {
    expect(sum(undefined, null, 'many', Number.NaN, {})).toBeUndefined();
  });

  test('has the places of its currency', () => {
    const shown = (value: number) => formatDecimal(readDecimal(value) ?? { units: 0n, scale: 0 }, 2);
    expect([3.6, 3, 0.125, 10, 1200].map(shown)).toEqual(['3.60', '3.00', '0.125', '10.00', '1200.00']);
  });
});

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-cmd', "'-cmd"],
  ['@sum', "'@sum"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', "'\t=1"],
  ['-1.5', '-1.5'],
  ['a=b', 'a=b'],
  ['a,"b"', '"a,""b"""'],
  ['\n=1', `"'\n=1"`],
])('the cell %j is written as %j', (given, expected) => {
  expect(csvField(given)).toBe(expected);
});

test('a table lines up what is behind a name with an escape sequence in it', () => {
  expect(formatTable(['name', 'n'], [['a\u001b[2J', 1]])).toBe('name   n\n─────  ─\na\ufffd[2J  1');
});
