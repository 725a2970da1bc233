import type { FieldReport } from './field-report.js';

const yes = /^(?:true|on|yes|y|1|checked|enabled)$/i;
const no = /^(?:|false|off|no|n|0|unchecked|disabled)$/i;

/** Reads a checkbox in any of the ways that forms and environments spell it. What is not clearly a yes is never one. */
export function readCheckbox(value: unknown, report: FieldReport): boolean {
  if (typeof value === 'boolean') return value;
  const word =
    value === undefined || value === null ? '' : typeof value === 'object' ? '?' : unquote(String(value).trim());
  if (yes.test(word)) return true;
  if (!no.test(word)) report.problem('not_yes_or_no', 'This is neither yes nor no.', 'Give true or false.');
  return false;
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2').trim();
}
