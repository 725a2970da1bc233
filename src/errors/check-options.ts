import { isRecord, ownCopy } from '../internal/json.js';
import { excessOf } from '../internal/json-limits.js';
import { InputError } from './input-errors.js';
import { isSdkError } from './is-sdk-error.js';
import { nearestWord } from './nearest-word.js';
import { checkOptionsObject, checkPlainObject } from './plain-object.js';

type Path = readonly (string | number)[];

/** An option as it is in every place where there is one of this name: wrong, it is refused before anything is sent. */
function readOption(name: string, value: unknown): unknown {
  switch (name) {
    case 'signal':
      checkSignal(name, value);
      return value;
    case 'clock':
      return checkMethods(name, value, ['now', 'sleep']);
    case 'console':
      return checkMethods(name, value, ['warn', 'debug']);
    // Copies: what is read once cannot be another thing the next time.
    case 'headers':
      checkObject(name, value);
      checkPlainObject(name, value);
      return { ...value };
    // `null` is as good as nothing, as it always was.
    case 'timeoutMs':
    case 'deadlineMs':
    case 'failOnErrors':
      return value === null ? undefined : checkPositive(name, value as number);
    case 'maxRetries':
      return value === null ? undefined : checkNumber(name, value as number, 0);
    case 'eventTypes':
      return Array.isArray(value) ? [...value] : value;
    case 'attributes':
    case 'excludedAttributes':
    case 'customAttributes':
      checkList(name, value);
      return value.map((text) => {
        if (typeof text === 'string') return text;
        throw new InputError(`\`${name}\` must be a list of texts.`, { path: [name] });
      });
    case 'schema':
      checkObject(name, value);
      return value;
    case 'scim':
    case 'auditLogs':
    case 'compliance':
      if (value !== null) checkObject(name, value);
      return value;
    case 'rateLimit':
      if (value !== false && value !== null) checkObject(name, value);
      return value;
    case 'sortBy':
    case 'cursor':
    case 'organizationId':
      checkText(name, value);
      return value;
    case 'sortOrder':
      return checkChoice(name, value, ['ascending', 'descending']);
    // The text `'true'` would pass for neither.
    case 'verify':
    case 'scan':
    case 'takeOver':
    case 'groups':
    case 'color':
    case 'skipsWaits':
    case 'dangerouslyAllowHttpLoopback':
    case 'allowUnknownWorkspaceIdForms':
      return checkChoice(name, value, [true, false]);
    case 'onFailedPrincipal':
      return checkChoice(name, value, ['throw'], true);
    case 'onIncomplete':
    case 'onProgress':
    case 'onEvent':
    case 'onWarning':
    case 'throttle':
    case 'lookup':
    case 'createId':
    case 'random':
      return checkChoice(name, value, [], true);
    default:
      return value;
  }
}

/** The names of options, as keys of an object so that the compiler misses none. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Options, true>>;

/** Names that have their place in another argument of the same call. */
export interface Elsewhere {
  /** The first says what is asked for, the last how the call is made. */
  readonly argument: 'first' | 'last';
  readonly names: Readonly<Record<string, true>>;
}

/**
 * The options of `of`, such as `connect()`, to go on with in place of what was given: its own properties, read once, with
 * `undefined` for those that it has not. Refuses unknown ones: a mistyped `resumefrom` would read everything again. And those
 * that a class has in place of its instance, which a copy would lose in silence.
 */
export function checkOptions<Options extends object>(
  of: string,
  given: Options | undefined,
  names: OptionNames<Options>,
  elsewhere?: Elsewhere,
): Options {
  const known = Object.keys(names);
  // No option must be given for all of them to be absent.
  if (given === undefined) return ownCopy({} as Options, known);
  const what = elsewhere?.argument === 'last' ? `The query of ${of}` : `The options of ${of}`;
  return read(what, () => {
    if (isRecord(given)) return readOptions(what, of, given, known, elsewhere);
    throw new InputError(`${what} must be an object.`, { remedy: 'Give an object, or leave them out.' });
  });
}

function readOptions<Options extends object>(
  what: string,
  of: string,
  given: Options,
  known: readonly string[],
  other?: Elsewhere,
): Options {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    if (other !== undefined) checkPlace(of, key, other, known);
    checkWord(`an option of ${of}`, key, known);
  }
  checkOptionsObject(what, of, given, known);
  const own = ownCopy(given, known);
  for (const name of known) {
    const value: unknown = Reflect.get(own, name);
    if (value !== undefined) Object.assign(own, { [name]: readOption(name, value) });
  }
  return own;
}

/** What `look` makes of something that a caller gave: a getter or a proxy may throw anything. @throws InputError */
export function read<Result>(what: string, look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    throw unreadable(what, error);
  }
}

/** What that throws: for where a function more is too slow. */
export function unreadable(what: string, error: unknown): Error {
  if (isSdkError(error)) return error;
  return new InputError(`${what} cannot be read.`, { remedy: 'Give plain values: no getter, no proxy, no cycle.' });
}

/** What JSON makes of a value that will be sent: what is looked at now is what is sent later. @throws InputError */
export function jsonOf<Value>(name: string, value: Value): Value {
  return JSON.parse(jsonTextOf(name, value)) as Value;
}

/** The same as text. @throws InputError */
export function jsonTextOf(name: string, value: unknown): string {
  let content: string | undefined;
  try {
    content = JSON.stringify(value);
  } catch {
    // A cycle, a BigInt, a getter: said below, without the value.
  }
  if (content !== undefined && excessOf(content) === undefined) return content;
  throw new InputError(`\`${name}\` must be what JSON can hold: no cycle, no BigInt, nothing nested too deep.`, {
    path: [name],
  });
}

function checkMethods(name: string, value: unknown, methods: readonly string[]): unknown {
  checkObject(name, value);
  for (const method of methods) checkChoice(`${name}.${method}`, Reflect.get(value, method), [], true);
  return value;
}

function checkSignal(name: string, value: unknown): void {
  const { aborted, addEventListener, throwIfAborted } = isRecord(value) ? value : {};
  const isSignal = typeof aborted === 'boolean' && typeof addEventListener === 'function';
  if (isSignal && typeof throwIfAborted === 'function') return;
  throw new InputError(`\`${name}\` must be an AbortSignal.`, {
    path: [name],
    remedy: 'Give the `signal` of an AbortController.',
  });
}

/**
 * Refuses a name, or a slip of one, that has its place in another argument, and says in which; with a value only where it is
 * one of that option. @throws InputError
 */
export function checkPlace(
  of: string,
  given: string,
  { argument, names }: Elsewhere,
  known: readonly string[] = [],
  value?: unknown,
) {
  const isSlip = isName(given) && nearestWord(given, known) === undefined;
  const meant = Object.hasOwn(names, given) ? given : isSlip ? nearestWord(given, Object.keys(names)) : undefined;
  if (meant === undefined || (value !== undefined && !isValueOf(meant, value))) return;
  const isFirst = argument === 'first';
  const what = `\`${given}\` says what ${of} is asked for, not how it is called.`;
  const how = `\`${given}\` says how ${of} is called, not what is asked for.`;
  const call = of.replace('()', isFirst ? `({ ${meant}: … }, …)` : `(…, { ${meant}: … })`);
  const remedy = `Give \`${meant}\` in the ${argument} argument: \`${call}\`.`;
  throw new InputError(isFirst ? what : how, { path: [given], remedy });
}

function isValueOf(option: string, value: unknown): boolean {
  try {
    readOption(option, value);
    return true;
  } catch {
    return false;
  }
}

/** Refuses an unknown word and names the nearest known one. `what` is such as `an option of connect()`. */
export function checkWord(what: string, given: unknown, known: readonly string[], path?: Path): void {
  if (known.includes(given as string)) return;
  const word = typeof given === 'string' ? given : '';
  const meant = nearestWord(word, known);
  throw new InputError(isName(word) ? `\`${word}\` is not ${what}.` : `Unknown name: this is not ${what}.`, {
    path: path ?? (isName(word) ? [word] : []),
    remedy: meant === undefined ? `Use one of these: ${known.join(', ')}.` : `Write \`${meant}\`.`,
  });
}

export function checkNumber(name: string, value: number, least = 1, isWhole = true): number {
  if (Number.isFinite(value) && value >= least && (!isWhole || Number.isSafeInteger(value))) return value;
  throw new InputError(`\`${name}\` must be a ${isWhole ? 'whole ' : ''}number, ${least} or more.`, { path: [name] });
}

/** Unlike {@link checkNumber}, allows `Infinity`. */
export function checkPositive(name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new InputError(`\`${name}\` must be a number above 0.`, { path: [name] });
}

export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new InputError(`\`${name}\` must be a text.`, { path: [name] });
}

export function checkObject(name: string, value: unknown): asserts value is object {
  // A proxy that was revoked throws where it is looked at.
  if (!read(`\`${name}\``, () => isRecord(value)))
    throw new InputError(`\`${name}\` must be an object.`, { path: [name] });
}

/** Refuses a text too, which has letters where a list has entries. `or` is what may be given instead. */
export function checkList(name: string, value: unknown, or = ''): asserts value is readonly unknown[] {
  if (Array.isArray(value)) return;
  const remedy = `Write it in brackets, also where it is one: ${isName(value) ? `['${value}']` : '[…]'}.${or}`;
  throw new InputError(`\`${name}\` must be a list.`, { path: [name], remedy });
}

/** What does not read like a name may be a token or an address in the wrong place. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z_]{1,40}$/i.test(value);
}

export function checkChoice<T>(name: string, value: T, choices: readonly unknown[], orFunction = false): T {
  if (choices.includes(value) || (orFunction && typeof value === 'function')) return value;
  const named = choices.filter((choice) => choice !== undefined).map((choice) => JSON.stringify(choice));
  const allowed = [...named, ...(orFunction ? ['a function'] : [])].join(' or ');
  throw new InputError(`\`${name}\` must be ${allowed}.`, { path: [name] });
}
