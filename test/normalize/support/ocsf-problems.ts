import { readFileSync } from 'node:fs';

interface Attribute {
  readonly type: string;
  readonly requirement?: string;
  readonly is_array?: boolean;
  readonly profile?: string;
  readonly enum?: readonly string[];
}

interface Definition {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly constraints?: Readonly<Record<string, readonly string[]>>;
  readonly profiles: readonly string[];
}

interface Type {
  readonly type?: string;
  readonly regex?: string;
  readonly max_len?: number;
  readonly range?: readonly [number, number];
}

interface Schema {
  readonly tag: string;
  readonly types: Readonly<Record<string, Type>>;
  readonly classes: Readonly<Record<string, Definition & { readonly category_uid: number }>>;
  readonly objects: Readonly<Record<string, Definition>>;
}

/** The classes and objects of OCSF as its repository defines them: scripts/ocsf-fixture.ts. */
export const schema: Schema = JSON.parse(readFileSync(new URL('../ocsf-1.5.0/schema.json', import.meta.url), 'utf8'));

type Values = Readonly<Record<string, unknown>>;

/** What the schema has against an event: required attributes, names, types, enumerations, constraints and identifiers. */
export function ocsfProblems(event: unknown): string[] {
  const values = event as Values;
  const definition = schema.classes[`${values.class_uid}`];
  if (definition === undefined) return [`class_uid: ${values.class_uid} is no class of the fixture`];
  const metadata = values.metadata as Values | undefined;
  const profiles = (metadata?.profiles ?? []) as readonly string[];
  const expected = {
    category_uid: definition.category_uid,
    type_uid: Number(values.class_uid) * 100 + Number(values.activity_id),
  };
  return [
    ...Object.entries(expected).flatMap(([name, value]) =>
      values[name] === value ? [] : [`${name}: ${values[name]} should be ${value}`],
    ),
    ...(metadata?.version === schema.tag ? [] : [`metadata.version: ${metadata?.version}`]),
    ...profiles.flatMap((name) => (definition.profiles.includes(name) ? [] : [`metadata.profiles: no ${name} here`])),
    ...objectProblems(values, definition, profiles, ''),
  ];
}

/** Numbers that the class or the schema itself says, checked above. */
const ofClass = ['class_uid', 'category_uid'];

function objectProblems(values: Values, definition: Definition, profiles: readonly string[], path: string): string[] {
  const isOpen = (attribute: Attribute) => attribute.profile === undefined || profiles.includes(attribute.profile);
  const missing = Object.entries(definition.attributes).flatMap(([name, attribute]) =>
    attribute.requirement === 'required' && isOpen(attribute) && values[name] === undefined
      ? [`${path}${name}: is required`]
      : [],
  );
  const wrong = Object.entries(values).flatMap(([name, value]) => {
    const attribute = definition.attributes[name];
    if (attribute === undefined) return [`${path}${name}: is no attribute`];
    if (!isOpen(attribute)) return [`${path}${name}: is of the profile ${attribute.profile}`];
    if (attribute.is_array !== Array.isArray(value) && attribute.is_array) return [`${path}${name}: is no list`];
    const items = attribute.is_array ? (value as readonly unknown[]) : [value];
    if (items.length === 0) return [`${path}${name}: is empty`];
    return items.flatMap((item) => valueProblems(item, name, attribute, profiles, `${path}${name}`));
  });
  const unmet = Object.entries(definition.constraints ?? {}).flatMap(([kind, names]) => {
    const count = names.filter((name) => values[name] !== undefined).length;
    return kind === 'at_least_one'
      ? count > 0
        ? []
        : [`${path}: ${kind} of ${names}`]
      : count === 1
        ? []
        : [`${path}: ${kind} of ${names}`];
  });
  return [...missing, ...wrong, ...unmet];
}

function valueProblems(value: unknown, name: string, attribute: Attribute, profiles: readonly string[], path: string) {
  if (attribute.enum !== undefined && !ofClass.includes(name) && !attribute.enum.includes(`${value}`)) {
    return [`${path}: ${value} is not in ${attribute.enum}`];
  }
  if (attribute.type === 'object') return isRecord(value) ? [] : [`${path}: is no object`];
  const type = schema.types[attribute.type];
  if (type !== undefined) return scalarProblems(value, attribute.type, path);
  const definition = schema.objects[attribute.type];
  if (definition === undefined) return [`${path}: ${attribute.type} is not in the fixture`];
  return isRecord(value) ? objectProblems(value, definition, profiles, `${path}.`) : [`${path}: is no object`];
}

function scalarProblems(value: unknown, name: string, path: string): string[] {
  const type = schema.types[name];
  const kind = type?.type ?? name;
  const isRight =
    kind === 'string_t'
      ? typeof value === 'string'
      : kind === 'boolean_t'
        ? typeof value === 'boolean'
        : kind === 'float_t'
          ? Number.isFinite(value)
          : kind === 'json_t' || Number.isSafeInteger(value);
  if (!isRight) return [`${path}: ${JSON.stringify(value)} is no ${name}`];
  const text = `${value}`;
  const isOutside = type?.range !== undefined && !(Number(value) >= type.range[0] && Number(value) <= type.range[1]);
  return [
    ...(type?.regex !== undefined && !new RegExp(type.regex).test(text) ? [`${path}: ${text} is no ${name}`] : []),
    ...(type?.max_len !== undefined && text.length > type.max_len ? [`${path}: is too long for ${name}`] : []),
    ...(isOutside ? [`${path}: ${text} is out of range`] : []),
  ];
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
