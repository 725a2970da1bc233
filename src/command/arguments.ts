import { parseArgs } from 'node:util';
import { nearestWord } from '../errors/nearest-word.js';
import type { Command, CommandOptions, Given } from './command.js';
import { Mistake } from './mistake.js';

/** What every command takes. */
export const commonOptions: CommandOptions = {
  help: { short: 'h', help: 'Show this.' },
  debug: { help: 'Show where an error comes from.' },
};

/** @throws Mistake, in which no value is repeated: it may be a secret in the wrong place. */
export function readWords(command: Command, words: readonly string[]): Given {
  const options: CommandOptions = { ...command.options, ...commonOptions };
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, short }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
      ]),
    ),
    // Its own strictness would repeat what was given.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(command, token.rawName, Object.keys(options));
    const known = values.get(token.name) ?? [];
    if (known.length > 0 && option.multiple !== true) throw mistakeOf(command, `--${token.name} is given twice.`);
    if (option.value === undefined) {
      if (token.value !== undefined) throw mistakeOf(command, `--${token.name} takes no value.`);
    } else if (token.value === undefined || token.value === '' || isOption(token.value, token.inlineValue)) {
      throw mistakeOf(command, `--${token.name} takes a value: --${token.name} ${option.value}.`);
    }
    values.set(token.name, [...known, token.value ?? '']);
  }
  if (positionals.length > (command.argument === undefined ? 0 : 1)) {
    const takes = command.argument === undefined ? 'no argument' : `one argument (${command.argument})`;
    throw mistakeOf(
      command,
      `\`${command.name}\` takes ${takes} beside its options, and ${positionals.length} are given.`,
    );
  }
  const text = (name: string) => values.get(name)?.at(-1);
  return {
    argument: positionals[0],
    text,
    list: (name) =>
      options[name]?.multiple === true
        ? values.get(name)
        : text(name)
            ?.split(',')
            .flatMap((part) => part.trim() || []),
    number(name, { least = 0, most = Number.MAX_SAFE_INTEGER, whole = true } = {}) {
      const given = text(name);
      if (given === undefined) return undefined;
      const number = /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
      if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number;
      const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
      throw mistakeOf(command, `--${name} must be a ${whole ? 'whole number' : 'number'} ${range}.`);
    },
    has: (name) => values.has(name),
  };
}

/** `-` alone is a value: standard input. */
function isOption(value: string, isInline: boolean | undefined): boolean {
  return isInline !== true && /^-./.test(value);
}

/** @throws Mistake where a word looks like a secret: arguments are seen by everybody on the machine, and kept in histories. */
export function refuseSecrets(words: readonly string[]): void {
  const place = words.findIndex((word) => looksSecret.test(word));
  if (place === -1) return;
  throw new Mistake(
    `Argument ${place + 1} looks like a secret, and is not shown here. Arguments are seen by everybody on this machine: put secrets in the environment (CHATGPT_SCIM_TOKEN, CHATGPT_COMPLIANCE_API_KEY, CHATGPT_COMPLIANCE_API_KEYS), or give the form as JSON on standard input (--config -). Regard this one as known, and replace it.`,
  );
}

const looksSecret =
  /(?:^|[^a-z0-9])(?:sk-|se_)[\w-]{6}|^(?:bearer|basic)\s+\S{8}|\beyJ[\w-]{16,}\.|^[a-z]+:\/\/[^/\s:@]+:[^/\s@]+@/i;

/** @throws Mistake for a choice that there is not. */
export function choiceOf<const Choice extends string>(
  given: Given,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = given.text(name);
  const choice = choices.find((one) => one === text);
  if (text === undefined || choice !== undefined) return choice;
  throw new Mistake(`--${name} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`);
}

/** What may be shown of a word that is not known. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const shown = /^[\w-]{1,32}$/.test(word) ? `Unknown ${what} ${word}` : `Unknown ${what}`;
  const nearest = nearestWord(word, known);
  return nearest === undefined ? `${shown}.` : `${shown}: did you mean ${nearest}?`;
}

function unknownOption(command: Command, name: string, known: readonly string[]): Mistake {
  // Options for secrets are what others have, and are not wanted here.
  if (/token|secret|pass|api-?key/i.test(name)) {
    return mistakeOf(
      command,
      'There are no options for secrets. Put them in the environment (CHATGPT_SCIM_TOKEN, CHATGPT_COMPLIANCE_API_KEY), or give the form as JSON on standard input (--config -).',
    );
  }
  return mistakeOf(
    command,
    unknownWord(
      'option',
      name,
      known.map((one) => `--${one}`),
    ),
  );
}

function mistakeOf({ name }: Command, message: string): Mistake {
  return new Mistake(`${message} \`chatgpt-enterprise-sdk ${name} --help\` shows what there is.`);
}
