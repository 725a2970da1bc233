import { safeParseConnectionConfig } from '../../src/connection/parse-form.js';
import type { ConfigIssueCode } from '../../src/errors/input-errors.js';
import { adminRemedies } from '../../src/errors/remedies/admin.js';
import { complianceRemedies } from '../../src/errors/remedies/compliance.js';
import { connectionRemedies } from '../../src/errors/remedies/connection.js';
import { networkRemedies } from '../../src/errors/remedies/network.js';
import { platformFindings } from '../../src/errors/remedies/platform-findings.js';
import { nameKeys, type Remedy } from '../../src/errors/remedies/remedy.js';
import { rosterRemedies } from '../../src/errors/remedies/roster.js';
import { scimRemedies } from '../../src/errors/remedies/scim.js';
import { errorCodes } from './error-codes.ts';
import { formExamples } from './form-examples.ts';

type Row = readonly string[];

const foundByCheck: readonly (readonly [where: string, catalogue: Readonly<Record<string, Remedy>>])[] = [
  ['On the way to a service', networkRemedies],
  ['The directory', scimRemedies],
  ['The audit logs', complianceRemedies],
  ['The Admin API', adminRemedies],
  ['The audit log of the API Platform', platformFindings],
  ['The connection as a whole', connectionRemedies],
];

/** The guide "What does this error mean", from what the library says. */
export function errorGuide(): string {
  return `${[
    head,
    '## Errors\n\n`isSdkError(error)` narrows; `error.code` is what to branch on, and `error.remedy` says the same for the case at hand, in more detail.',
    table(
      ['Code', 'Class', 'Cause', 'What to do'],
      Object.entries(errorCodes).map(([code, { of, cause, remedy }]) => [`\`${code}\``, of, cause, remedy]),
    ),
    '## Problems of the form\n\n`safeParseConnectionConfig` gives them as `issues`, each with its field. Nothing was sent.',
    table(['Code', 'What it says', 'What to do'], formRows()),
    '## Findings of the check\n\n`connection.check()` gives them as `findings`. The errors that the clients throw for the same fault have the same remedy.',
    ...foundByCheck.flatMap(([where, catalogue]) => [
      `### ${where}`,
      table(['Code', 'What it says', 'What to do'], rowsOf(catalogue)),
    ]),
    '## Conflicts of the roster\n\n`connection.roster()` gives them as `conflicts` of a person.',
    table(['Code', 'What it says', 'What to do'], rowsOf(rosterRemedies)),
  ].join('\n\n')}\n`;
}

const head = `---
title: What does this error mean
---

# What does this error mean

Every code, with its cause and what to do about it. This page is written by a program from the library itself, so none is missing.
A message never holds a secret, an address of a person, or a server's own words: those are in \`serverMessage()\`.`;

function formRows(): readonly Row[] {
  return Object.entries(formExamples).map(([code, [form, options]]) => {
    const result = safeParseConnectionConfig(form as never, options);
    const issue = result.success ? undefined : result.issues.find((one) => one.code === (code as ConfigIssueCode));
    if (issue === undefined) throw new Error(`The example of ${code} does not show it.`);
    return [`\`${code}\``, issue.message, issue.remedy];
  });
}

function rowsOf(catalogue: Readonly<Record<string, Remedy>>): readonly Row[] {
  return Object.entries(catalogue).map(([code, { message, unnamed = message, remedy }]) => [
    `\`${code}\``,
    plain(nameKeys(unnamed)),
    plain(remedy),
  ]);
}

const standsFor: Readonly<Record<string, string>> = {
  principals: 'the workspace',
  eventTypes: 'the event types',
  opened: 'the other workspaces',
};

function plain(text: string): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => standsFor[name] ?? place);
}

function table(titles: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
