import { commonOptions } from './arguments.js';
import type { Command, CommandOptions } from './command.js';

/** The name by which it is called. */
export const programName = 'chatgpt-enterprise-sdk';

/** The help of all. */
export function helpOfAll(commands: readonly Command[]): string {
  return sections([
    `Usage: ${programName} <command> [options]`,
    'Reads, checks and changes a ChatGPT Enterprise workspace: its directory (SCIM), its audit logs and its people. Nothing is changed but by `apply`.',
    listed(
      'Commands:',
      commands.map(({ name, summary }) => [name, summary]),
    ),
    `\`${programName} <command> --help\` shows the options of a command; --version tells the version.`,
    secretsText,
    listed('Exit codes:', [
      ['0', 'all is well'],
      ['1', 'there is something that a person should look at'],
      ['2', 'it could not be found out, or done to its end'],
      ['3', 'a brake holds'],
    ]),
  ]);
}

const secretsText =
  'Secrets are never arguments. They are taken from the environment (CHATGPT_SCIM_BASE_URL, CHATGPT_SCIM_TOKEN, CHATGPT_COMPLIANCE_API_KEY or CHATGPT_COMPLIANCE_API_KEYS, CHATGPT_WORKSPACE_IDS, CHATGPT_ORGANIZATION_ID, CHATGPT_COMPLIANCE_BASE_URL; CHATGPT_PLATFORM_API_KEY, CHATGPT_PLATFORM_ORGANIZATION_ID, CHATGPT_PLATFORM_INCLUDE_TENANT, CHATGPT_PLATFORM_BASE_URL), or with --config - from the form as JSON on standard input.';

/** The help of one. */
export function helpOf({ name, summary, argument, options, details, exits }: Command): string {
  const usage = [programName, name, ...(argument === undefined ? [] : [argument]), '[options]'].join(' ');
  const connects = Object.hasOwn(options, 'config');
  return sections([
    `Usage: ${usage}`,
    `${summary}.`,
    listed('Options:', optionLines({ ...options, ...commonOptions })),
    ...details,
    ...(connects ? [secretsText] : []),
    listed('Exit codes:', [
      ...Object.entries(exits).filter(([code]) => code < '2'),
      ['2', 'it could not be found out, or done to its end'],
      ...Object.entries(exits).filter(([code]) => code > '2'),
    ]),
  ]);
}

function optionLines(options: CommandOptions): [string, string][] {
  return Object.entries(options).map(([name, { value, short, help }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
}

const width = 80;

function sections(parts: readonly string[]): string {
  return parts.map((part) => (part.includes('\n') ? part : wrapped(part, ''))).join('\n\n');
}

/** Two columns; what is too long for the first stands alone. */
function listed(heading: string, lines: readonly (readonly [string, string])[]): string {
  const column = Math.min(26, Math.max(...lines.map(([name]) => name.length))) + 4;
  const rows = lines.map(([name, text]) => {
    const [first = '', ...rest] = wrapped(text, ' '.repeat(column)).split('\n');
    const start = `  ${name}`.padEnd(column);
    return [name.length + 4 > column ? `${start}\n${first}` : start + first.trimStart(), ...rest].join('\n');
  });
  return [heading, ...rows].join('\n');
}

function wrapped(text: string, indent: string): string {
  const lines = [indent];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? indent;
    const isFirst = line.trim() === '';
    if (!isFirst && line.length + 1 + word.length > width) lines.push(indent + word);
    else lines[lines.length - 1] = isFirst ? indent + word : `${line} ${word}`;
  }
  return lines.join('\n');
}
