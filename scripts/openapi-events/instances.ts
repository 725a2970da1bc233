import type { DocumentedField } from './documented-field.ts';

type Value = unknown;
type Instance = Record<string, Value>;

const optional =
  /optional|when (it is |a )?(available|provided|applicable|present|the )|nullable|null|omitted|where there/i;
const list =
  /^(Array|List|Optional (list|array)|Sorted|Complete set|Parsed list)|\b(list|array) of\b|\beach (group|entry|element|recipient)\b/i;
const listName = /(_ids|_ids_before|_sessions|_recipients|_thresholds|^output|^scopes|^changed_fields|_connector_ids)$/;
const object =
  /^(Object|Optional object|Structured|Mapping|Sanitized|Optional sanitized|The subset|Network attributes)|arguments\.$|metadata such as|Object containing|Object describing/;
const flag = /^(Boolean|Optional boolean|Whether|True if|Flags?\b)/;
const integer = /\b(count|integer|epoch seconds|version number|UTC reporting hour|reporting hour)\b/i;
const choice = /(one of|possible values( are)?:?|values:|either|such as|always|currently|of `personal)/i;

/**
 * Records that the fields allow: all of them at once, only those that are always there, and one for each other value
 * that is documented for a field. What kind of value a field takes is guessed from its words.
 */
export function instancesOf(fields: readonly DocumentedField[]): readonly Instance[] {
  const named = fields.filter(({ name }) => name !== '');
  const full = Object.fromEntries(named.map((field) => [field.name, valuesOf(field)[0]]));
  const least = Object.fromEntries(
    named.filter((field) => !optional.test(field.text)).map(({ name }) => [name, full[name]]),
  );
  const others = named.flatMap((field) =>
    valuesOf(field)
      .slice(1)
      .map((value) => ({ ...full, [field.name]: value })),
  );
  return [full, least, ...others];
}

/** Values the field may take; the fullest first. */
function valuesOf(field: DocumentedField): readonly Value[] {
  const { text } = field;
  const values = [...wholeValuesOf(field)];
  if (/\bnull(able)?\b/.test(text)) values.push(null);
  return values;
}

function wholeValuesOf({ name, text, below }: DocumentedField): readonly Value[] {
  const shapes = below.filter(({ shape }) => shape !== undefined);
  if (shapes.length > 0) {
    const variants = shapes.flatMap((variant) => readShape(variant.shape ?? '', variant.below));
    return name.endsWith('s') ? [variants] : variants;
  }
  const names = below.filter((field) => field.name !== '');
  if (
    names.length > 0 &&
    !/keys|fields/i.test(text) &&
    names.every((field) => field.text === '' || field.text === field.name)
  ) {
    return names.map((field) => field.name);
  }
  if (names.length > 0) {
    const objects = instancesOf(names);
    return list.test(text) ? [objects] : objects;
  }
  if (listName.test(name) || list.test(text)) return [listOf(text), []];
  if (object.test(text) || name.endsWith('_details')) return [objectOf(text)];
  if (flag.test(text)) return [true, false];
  if (integer.test(text) || name.endsWith('_tokens')) return text.includes('"unlimited"') ? [1, 'unlimited'] : [1];
  const choices = choice.test(text) ? literalsIn(text) : [];
  return choices.length > 0 ? choices : ['text'];
}

/** "… each containing `id` and `name`". */
function listOf(text: string): readonly Value[] {
  const keys = /(?:containing|includes) (.*)$/.exec(text)?.[1];
  if (keys !== undefined) return [objectOf(keys)];
  return [/recipient records/.test(text) ? {} : 'text'];
}

function objectOf(text: string): Instance {
  const pairs = literalsIn(text).map((code): [string, Value] => {
    const [, key = code, value] = /^(\w+)="(\w+)"$/.exec(code) ?? [];
    return [
      key,
      value ?? (/_count$|_length$|_days$|tokens$|^credits$/.test(key) ? 1 : /_updated$/.test(key) ? true : 'text'),
    ];
  });
  const object = Object.fromEntries(pairs.filter(([key]) => /^[a-z_]+$/.test(key)));
  return 'unit' in object ? { ...object, value: 1 } : object;
}

function literalsIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/^"(.*)"$/, '$1'));
}

/** Instances of a shape such as `{ type: "text", value?: string, annotations?: Annotation[] }`. */
function readShape(shape: string, below: readonly DocumentedField[]): readonly Instance[] {
  const fields = [...shape.matchAll(/(\w+)(\??): ("[^"]*"|\{[^}]*\}\[\]|[\w[\]]+)/g)];
  const read = ([, name = '', , type = '']: RegExpMatchArray): [string, Value] => {
    const list = below.find((field) => field.name === name);
    if (list !== undefined) return [name, wholeValuesOf(list)[0]];
    if (type.startsWith('"')) return [name, type.slice(1, -1)];
    if (type.startsWith('{'))
      return [name, [Object.fromEntries([...type.matchAll(/\w+/g)].map(([key]) => [key, 'text']))]];
    return [name, type.endsWith('[]') ? ['text'] : 'text'];
  };
  const least = fields.filter(([, , mark]) => mark === '');
  return [Object.fromEntries(fields.map(read)), Object.fromEntries(least.map(read))];
}
