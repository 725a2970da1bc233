import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

interface FieldDefinition {
  readonly type: string;
  /** Whether the field holds a list. */
  readonly array?: boolean;
  /** Of `event.category`: with the types that each category expects. */
  readonly allowed_values?: readonly string[] | Readonly<Record<string, readonly string[] | null>>;
}

/** Elastic's own definitions, of the fields that are used; the notice of their licence stands beside them. */
const { version, fields } = JSON.parse(readFileSync(join(import.meta.dirname, '../ecs-9.4.0-fields.json'), 'utf8')) as {
  readonly version: string;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
};

export const ecsFieldsVersion = version;

/** What is wrong with a document by the definitions of ECS; empty where nothing is. */
export function findEcsFaults(document: object): string[] {
  const faults: string[] = [];
  walk(document, '', faults);
  const { category, type } = (document as { event: { category?: string[]; type?: string[] } }).event;
  const categories = fields['event.category']?.allowed_values as Readonly<Record<string, readonly string[]>>;
  for (const name of type ?? []) {
    if (!category?.some((each) => categories[each]?.includes(name))) faults.push(`event.type ${name} of ${category}`);
  }
  return faults;
}

function walk(value: object, path: string, faults: string[]): void {
  for (const [key, inner] of Object.entries(value)) {
    if (path === '' && key === 'openai_chatgpt_enterprise') continue;
    const name = path === '' ? key : `${path}.${key}`;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field !== undefined) faults.push(...faultsOf(name, field, inner));
    else if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) faults.push(`${name} is no field`);
    else if (Object.keys(inner).length === 0) faults.push(`${name} is empty`);
    else walk(inner, name, faults);
  }
}

function faultsOf(name: string, field: FieldDefinition, value: unknown): string[] {
  if (Array.isArray(value) !== (field.array === true)) return [`${name}: a list or not`];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return [`${name}: empty`];
  const allowed = Array.isArray(field.allowed_values) ? field.allowed_values : Object.keys(field.allowed_values ?? {});
  return values.flatMap((one) => {
    if (!isOfType(field.type, one)) return [`${name}: not ${field.type}: ${String(one)}`];
    return allowed.length > 0 && !allowed.includes(one) ? [`${name}: ${String(one)} is not allowed`] : [];
  });
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'keyword':
    case 'match_only_text':
    case 'wildcard':
      return typeof value === 'string' && value !== '';
    case 'ip':
      return typeof value === 'string' && isIP(value) !== 0;
    case 'integer':
      return typeof value === 'number' && (value | 0) === value;
    case 'long':
      return Number.isSafeInteger(value);
    case 'date':
      return (
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(value) &&
        !Number.isNaN(Date.parse(value))
      );
    case 'geo_point': {
      const { lat, lon, ...others } = value as Readonly<Record<string, number>>;
      const isPoint = Math.abs(lat ?? Number.NaN) <= 90 && Math.abs(lon ?? Number.NaN) <= 180;
      return isPoint && Object.keys(others).length === 0;
    }
    default:
      return false;
  }
}
