import { readFileSync } from 'node:fs';
import process from 'node:process';
import { isSdkError } from '../index.js';
import { readWords, refuseSecrets, unknownWord } from './arguments.js';
import type { Command, ExitCode } from './command.js';
import { commands } from './commands.js';
import { helpOf, helpOfAll, programName } from './help.js';
import { Mistake } from './mistake.js';
import { codeOf, Output, Progress } from './output.js';
import { listenForSignals, Stopped } from './signals.js';
import { inOwnWords } from './words.js';

/** Runs the command that the words name, and tells what went wrong. */
export async function runCommand(words: readonly string[]): Promise<ExitCode> {
  const signal = listenForSignals();
  const out = new Output(process.stdout, signal);
  const progress = new Progress(process.stderr);
  try {
    refuseSecrets(words);
    const [first, ...rest] = words;
    if (first === '--version') return await said(out, versionOfPackage());
    if (first === undefined) {
      progress.note(helpOfAll(commands));
      return 2;
    }
    if (isHelp(first) || first === 'help') {
      const [name] = rest;
      return await said(out, name === undefined || isHelp(name) ? helpOfAll(commands) : helpOf(commandOf(name)));
    }
    const command = commandOf(first);
    if (rest.some(isHelp)) return await said(out, helpOf(command));
    const given = readWords(command, rest);
    return await command.run({ given, env: process.env, out, progress, signal });
  } catch (error) {
    progress.end();
    tell(error, progress, words.includes('--debug'));
    return 2;
  }
}

async function said(out: Output, text: string): Promise<ExitCode> {
  await out.print(text);
  return 0;
}

const isHelp = (word: string) => word === '--help' || word === '-h';

function commandOf(word: string): Command {
  const command = commands.find(({ name }) => name === word);
  if (command !== undefined) return command;
  if (word.startsWith('-'))
    throw new Mistake(`The command stands first: ${programName} <command> [options]. ${listText}`);
  const names = commands.map(({ name }) => name);
  throw new Mistake(`${unknownWord('command', word, names)} ${listText}`);
}

const listText = `\`${programName} --help\` lists all commands.`;

function versionOfPackage(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(version);
}

/** What happened and what to do, in words for a person. */
function tell(error: unknown, progress: Progress, isDebug: boolean): void {
  if (isDebug) console.error(error);
  else if (isSdkError(error, 'ConfigError') && error.issues.length > 1) {
    progress.note('The connection cannot be opened:');
    for (const { path, message, remedy } of error.issues) {
      progress.note(`${path.length === 0 ? '' : `${path.join('.')}: `}${message}\n  ${remedy}`);
    }
  } else if (isSdkError(error)) {
    progress.note(inOwnWords(error.remedy === undefined ? error.message : `${error.message}\n${error.remedy}`));
  } else if (error instanceof Mistake || error instanceof Stopped) progress.note(error.message);
  else if (codeOf(error) !== undefined) progress.note(`${(error as Error).message} (--debug shows where.)`);
  else progress.note(`Something went wrong that should not: ${error}. --debug shows where.`);
}
