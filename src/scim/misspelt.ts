import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { nearestUrn, nearMissOf } from '../errors/nearest-word.js';
import { has, isRecord } from '../internal/json.js';
import type { Filter, FilterExpression } from './filter/filter.js';
import { formatFilter } from './filter/format.js';
import { parseFilter } from './filter/parse.js';
import type { ResourceContext } from './resource.js';
import { findAttribute, schemaOfPath } from './schemas/known-schemas.js';
import type { Attributes, Rules } from './schemas/rules.js';

type Path = readonly (string | number)[];

/** What the schema knows at one place of a resource, and how the paths to there begin. */
interface Place {
  readonly attributes: Attributes;
  readonly prefix: string;
}

/** What a path names: nothing is known of it where there are no rules. */
interface Target {
  readonly rules: Rules;
  readonly prefix: string;
}

/**
 * Refuses, in what is given of a resource, a name that is a slip of one that its schema has: most servers take it and keep
 * nothing of it. Any other name may be one of the server's own, as may all in a resource that was read.
 */
export function checkResourceNames(
  context: ResourceContext,
  given: Readonly<Record<string, unknown>>,
  at?: Path,
): void {
  if (!isFromServer(given)) checkNames(context, given, at);
}

/** Whether the server's own words are in it, so that it was read and may hold any name. */
export function isFromServer({ id, meta }: Readonly<Record<string, unknown>>): boolean {
  return [id, meta].some((value) => value !== undefined && value !== null);
}

/** The same of attributes that are no whole resource. */
export function checkNames(context: ResourceContext, given: Readonly<Record<string, unknown>>, at: Path = []): void {
  for (const [name, value] of Object.entries(given)) checkPath(context, name, value, [...at, name]);
}

/** The same of a path, as of a PATCH, and of the names in the value that it gets. */
export function checkPath(context: ResourceContext, path: string, value: unknown, at: Path, ofValue = at): void {
  const [bare = ''] = path.split('[', 1);
  // A colon in brackets is none of a URN.
  if (!bare.includes(':')) {
    checkValue(context, targetOf(context, placeOf(context), path, at), value, ofValue);
    return;
  }
  const { schema } = context;
  const schemas = [schema, ...(schema.extensions ?? [])];
  const owner = schemaOfPath(schemas, path);
  if (owner === undefined) {
    const urns = schemas.map(({ id }) => id);
    for (const urn of [bare, bare.slice(0, bare.lastIndexOf(':'))]) {
      const meant = nearestUrn(urn, urns);
      if (meant !== undefined) refuse(context, urn, meant, urn, at);
    }
    return;
  }
  const place = owner === schema ? placeOf(context) : { attributes: owner.attributes, prefix: `${owner.id}:` };
  const rest = path.slice(owner.id.length + 1);
  if (rest !== '') checkValue(context, targetOf(context, place, rest, at), value, ofValue);
  else if (owner !== schema) checkParts(context, place, value, ofValue);
  else if (isRecord(value)) checkNames(context, value, ofValue);
}

/** The same of a filter; a text that is none is the server's to judge. */
export function checkFilter(context: ResourceContext, filter: Filter | string, at: Path = ['filter']): void {
  const parsed = parsedFilter(typeof filter === 'string' ? filter : formatFilter(filter));
  if (parsed !== undefined) checkExpression(context, undefined, parsed, at);
}

function parsedFilter(text: string): FilterExpression | undefined {
  try {
    return parseFilter(text);
  } catch (error) {
    if (isSdkError(error, 'ScimSyntaxError')) return undefined;
    throw error;
  }
}

/** Of the resource itself, or of one value of an attribute. */
function checkExpression(context: ResourceContext, place: Place | undefined, filter: FilterExpression, at: Path): void {
  if (has(filter, 'filters')) {
    for (const one of filter.filters) checkExpression(context, place, one, at);
  } else if (filter.op === 'not') {
    checkExpression(context, place, filter.filter, at);
  } else if (place !== undefined) {
    targetOf(context, place, filter.path, at);
  } else if (filter.op === 'valuePath') {
    checkPath(context, `${filter.path}[${formatFilter(filter.filter)}]`, undefined, at);
  } else {
    checkPath(context, filter.path, undefined, at);
  }
}

const placeOf = ({ attributes }: ResourceContext): Place => ({ attributes, prefix: '' });

const partsOf = ({ rules, prefix }: Target): Place => ({
  attributes: rules?.subAttributes ?? {},
  prefix: `${prefix}.`,
});

function targetOf(context: ResourceContext, place: Place, path: string, at: Path): Target {
  if (Object.hasOwn(place.attributes, path)) return named(context, place, path, at);
  const [, name = '', brackets, part] = /^([^[.]*)(?:\[(.*)\])?(?:\.(.*))?$/s.exec(path) ?? [];
  const target = named(context, place, name, at);
  if (target.rules === undefined) return target;
  const filter = brackets === undefined ? undefined : parsedFilter(brackets);
  if (filter !== undefined) checkExpression(context, partsOf(target), filter, at);
  return part === undefined ? target : named(context, partsOf(target), part, at);
}

function named(context: ResourceContext, { attributes, prefix }: Place, name: string, at: Path): Target {
  // Nearly all are spelled as in the schema.
  if (Object.hasOwn(attributes, name)) return { rules: attributes[name], prefix: prefix + name };
  const found = findAttribute(attributes, name);
  const meant = found === undefined ? nearMissOf(name, Object.keys(attributes)) : undefined;
  if (meant !== undefined) refuse(context, name, meant, prefix + name, at);
  return { rules: found?.rules, prefix: prefix + name };
}

function checkValue(context: ResourceContext, target: Target, value: unknown, at: Path): void {
  if (typeof value !== 'object' || target.rules?.subAttributes === undefined) return;
  if (!Array.isArray(value)) checkParts(context, partsOf(target), value, at);
  else for (const [index, one] of value.entries()) checkParts(context, partsOf(target), one, [...at, index]);
}

function checkParts(context: ResourceContext, place: Place, value: unknown, at: Path): void {
  if (!isRecord(value)) return;
  for (const [name, part] of Object.entries(value)) {
    checkValue(context, named(context, place, name, [...at, name]), part, [...at, name]);
  }
}

/** Whether the program says that the server has this of its own. */
export function isCustom({ server }: ResourceContext, path: string): boolean {
  return server.customAttributes.has(path.toLowerCase());
}

function refuse(context: ResourceContext, name: string, meant: string, path: string, at: Path): void {
  if (isCustom(context, path)) return;
  throw new InputError(`\`${name}\` is no name that the schema has, and nearly \`${meant}\`.`, {
    path: at,
    remedy: `Write \`${meant}\`. If the server has one of that name, list \`'${path}'\` in \`customAttributes\` of the client.`,
  });
}
