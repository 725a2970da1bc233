import { checkList, checkObject, checkOptions, checkText } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { ScimSyntaxError } from '../../errors/scim-errors.js';
import {
  isAttributeName,
  isAttributePath,
  scanAttributeName,
  scanAttributePath,
  splitAttributePath,
} from '../filter/attribute-path.js';
import type { FilterExpression } from '../filter/filter.js';
import { formatValueFilter } from '../filter/format.js';
import { readValueFilter } from '../filter/parse.js';
import { createReader, syntaxExcerpt } from '../filter/reader.js';
import { isSameUrn } from '../schemas/names.js';
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from '../schemas/urns.js';

/** What a PATCH operation points at. `urn`, `attribute` or both are present. */
export interface PatchPath {
  /** URN of the schema, as written; missing for attributes of the core schema. */
  readonly urn?: string;
  /** Missing where the whole extension is meant. */
  readonly attribute?: string;
  /** Which values of the attribute. */
  readonly filter?: FilterExpression;
  readonly subAttribute?: string;
}

/** How a path is read. */
export interface PathOptions {
  /** URNs that a path may name as a whole. @default the user, the group and the enterprise extension */
  readonly schemas?: readonly string[] | undefined;
}

const DEFAULT_SCHEMAS = [USER_URN, GROUP_URN, ENTERPRISE_USER_URN];

/**
 * Reads the path of a PATCH operation (RFC 7644 §3.5.2), such as `emails[type eq "work"].value`, with or without a schema
 * URN, or the URN of a whole extension.
 *
 * @throws {ScimSyntaxError} The text is not a path, or its brackets do not contain a filter.
 */
export function parsePath(text: string, options: PathOptions = {}): PatchPath {
  checkText('path', text);
  const { schemas = DEFAULT_SCHEMAS } = checkOptions('parsePath()', options, { schemas: true });
  checkList('schemas', schemas);
  // The URN of a known schema is a path whatever it looks like; `…:2.0` would not read as a name.
  if (text.includes(':') && schemas.some((urn) => isSameUrn(urn, text))) return { urn: text };
  const { urn, attribute, filter, subAttribute } = readPath(text);
  return {
    ...(urn === undefined ? {} : { urn }),
    attribute,
    ...(filter === undefined ? {} : { filter }),
    ...(subAttribute === undefined ? {} : { subAttribute }),
  };
}

/** The same with every part in its place: objects of one shape are faster to read. */
export interface PathParts {
  readonly urn: string | undefined;
  readonly attribute: string;
  readonly filter: FilterExpression | undefined;
  readonly subAttribute: string | undefined;
}

/** Reads a path that is not the URN of a schema; `end` is where the name it begins with ends. */
export function readPath(text: string, end = scanAttributeName(text, 0)): PathParts {
  // Most paths begin with the name of an attribute of the core schema.
  if (end === text.length) return { urn: undefined, attribute: text, filter: undefined, subAttribute: undefined };
  if (text.charCodeAt(end) === 0x5b) return readBrackets(text, end, undefined, text.slice(0, end));
  const bracket = scanAttributePath(text, 0);
  if (bracket === text.length) {
    const { urn, attribute = '', subAttribute } = splitAttributePath(text);
    return { urn, attribute, filter: undefined, subAttribute };
  }
  if (bracket < 0 || text.charCodeAt(bracket) !== 0x5b) fail(text, bracket < 0 ? ~bracket : bracket);
  const parts = splitAttributePath(text.slice(0, bracket));
  if (parts.subAttribute !== undefined) fail(text, bracket, 'Brackets follow the attribute, not its sub-attribute');
  return readBrackets(text, bracket, parts.urn, parts.attribute ?? '');
}

/** What nearly all brackets contain, which is quicker to read than a filter. */
const usualBrackets = /\[[A-Za-z]\w* eq "[ !#-[\]-~]*"\]/y;

function readBrackets(text: string, bracket: number, urn: string | undefined, attribute: string): PathParts {
  usualBrackets.lastIndex = bracket;
  let filter: FilterExpression;
  let position: number;
  if (usualBrackets.test(text)) {
    position = usualBrackets.lastIndex;
    const space = text.indexOf(' ', bracket);
    filter = { op: 'eq', path: text.slice(bracket + 1, space), value: text.slice(space + 5, position - 2) };
  } else {
    const reader = createReader(text, bracket);
    filter = readValueFilter(reader);
    position = reader.position;
  }
  if (position === text.length) return { urn, attribute, filter, subAttribute: undefined };
  if (text.charCodeAt(position) !== 0x2e)
    fail(text, position, 'Expected a sub-attribute or the end after the brackets');
  const end = scanAttributeName(text, position + 1);
  if (end !== text.length) fail(text, end < 0 ? ~end : end);
  return { urn, attribute, filter, subAttribute: text.slice(position + 1) };
}

function fail(text: string, position: number, what = 'Not the name of an attribute'): never {
  throw new ScimSyntaxError('invalid_path', `${what}, at position ${position}:\n${syntaxExcerpt(text, position)}`, {
    position,
  });
}

/**
 * Writes the path of a PATCH operation; `parsePath` reads it back.
 *
 * @throws {InputError | ScimSyntaxError} A name or the filter is invalid.
 */
export function formatPath(path: PatchPath): string {
  checkObject('path', path);
  const { urn, attribute, filter, subAttribute } = path;
  for (const part of [urn, attribute, subAttribute]) if (part !== undefined) checkText('path', part);
  if (attribute === undefined) return checked(urn ?? '', /^[^\s"()[\]]+$/.test(urn ?? ''));
  const name = checked(attribute, isAttributeName(attribute));
  const qualified = urn === undefined ? name : `${urn}:${name}`;
  const start = checked(qualified, isAttributePath(qualified));
  const brackets = filter === undefined ? '' : `[${formatValueFilter(filter)}]`;
  return `${start}${brackets}${subAttribute === undefined ? '' : `.${checked(subAttribute, isAttributeName(subAttribute))}`}`;
}

function checked(text: string, isValid: boolean): string {
  if (!isValid) throw new InputError('A part of the path is not the name of an attribute or the URN of a schema.');
  return text;
}
