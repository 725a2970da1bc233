import { type AttributePath, attributeOf, findKey, splitAttributePath } from './attribute-path.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData } from './resource-table.js';

/** Which attributes a client wants to see (RFC 7644 §3.9). */
export interface Projection {
  readonly attributes: readonly string[] | undefined;
  readonly excludedAttributes: readonly string[] | undefined;
}

/** The part of a resource that was asked for. `id` and `schemas` come anyway. */
export function projectResource(resource: ResourceData, kind: ResourceKind, projection: Projection): ResourceData {
  if (projection.attributes !== undefined) {
    const paths = ['schemas', 'id', ...projection.attributes].map((path) => splitAttributePath(path, kind));
    return paths.reduce((picked, path) => pick(picked, resource, path), {});
  }
  if (projection.excludedAttributes !== undefined) {
    const paths = projection.excludedAttributes.map((path) => splitAttributePath(path, kind));
    const removable = paths.filter((path) => attributeOf(kind, path)?.returned !== 'always');
    return removable.reduce(omit, resource);
  }
  return resource;
}

function pick(picked: ResourceData, resource: ResourceData, path: AttributePath): ResourceData {
  const { extension, attribute, subAttribute } = path;
  if (extension !== undefined) {
    const source = resource[extension];
    if (typeof source !== 'object' || source === null) return picked;
    if (attribute === undefined) return { ...picked, [extension]: source };
    const known = (picked[extension] ?? {}) as ResourceData;
    const inside = pick(known, source as ResourceData, { ...path, extension: undefined });
    return Object.keys(inside).length === 0 ? picked : { ...picked, [extension]: inside };
  }
  const key = attribute === undefined ? undefined : findKey(resource, attribute);
  if (key === undefined) return picked;
  if (subAttribute === undefined) return { ...picked, [key]: resource[key] };
  const narrowed = mapValues(resource[key], picked[key], subAttribute);
  return narrowed === undefined ? picked : { ...picked, [key]: narrowed };
}

// The sub-attribute of one value, or of each value of a list; joined to what an earlier path has picked.
function mapValues(value: unknown, picked: unknown, subAttribute: string): unknown {
  if (Array.isArray(value)) {
    return value.map(
      (element, index) => mapValues(element, Array.isArray(picked) ? picked[index] : undefined, subAttribute) ?? {},
    );
  }
  const key = findKey(value, subAttribute);
  if (key === undefined) return picked;
  return { ...(picked as object | undefined), [key]: (value as ResourceData)[key] };
}

function omit(resource: ResourceData, path: AttributePath): ResourceData {
  const { extension, attribute, subAttribute } = path;
  if (extension !== undefined) {
    const source = resource[extension];
    if (typeof source !== 'object' || source === null) return resource;
    if (attribute === undefined) return without(resource, extension);
    return { ...resource, [extension]: omit(source as ResourceData, { ...path, extension: undefined }) };
  }
  const key = attribute === undefined ? undefined : findKey(resource, attribute);
  if (key === undefined) return resource;
  if (subAttribute === undefined) return without(resource, key);
  return { ...resource, [key]: omitPart(resource[key], subAttribute) };
}

function omitPart(value: unknown, subAttribute: string): unknown {
  if (Array.isArray(value)) return value.map((element) => omitPart(element, subAttribute));
  const key = findKey(value, subAttribute);
  return key === undefined ? value : without(value as ResourceData, key);
}

function without(data: ResourceData, key: string): ResourceData {
  const { [key]: _removed, ...rest } = data;
  return rest;
}
