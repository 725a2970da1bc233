import { InputError } from '../../errors/input-errors.js';
import { formatValueFilter } from '../filter/format-filter.js';
import { isAttributeName, isAttributePath } from '../filter/scan-attribute-path.js';
import type { PatchPath } from './parse-path.js';

/**
 * Writes the path of a PATCH operation as text. `parsePath` reads it back as the same path.
 *
 * @throws {InputError} A name is not the name of an attribute.
 * @throws {ScimSyntaxError} The filter is none.
 *
 * @example
 * ```ts
 * import { eq, formatPath } from 'chatgpt-enterprise-sdk/scim';
 *
 * formatPath({ attribute: 'members', filter: eq('value', '2819c223') }); // members[value eq "2819c223"]
 * ```
 */
export function formatPath({ urn, attribute, filter, subAttribute }: PatchPath): string {
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
