import { type AttributePath, attributeOf, findKey, splitAttributePath } from './attribute-path.js';
import type { ScimBehaviour } from './behaviour.js';
import { type Directory, memberIds } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';

/** Makes the resource a client sees: what was stored, `meta`, and a user's groups. */
export class ResourceRenderer {
  readonly #directory: Directory;
  readonly #behaviour: ScimBehaviour;
  readonly #baseUrl: string;

  constructor(directory: Directory, behaviour: ScimBehaviour, baseUrl: string) {
    this.#directory = directory;
    this.#behaviour = behaviour;
    this.#baseUrl = baseUrl;
  }

  render(row: Row): ResourceData {
    const { schemas, ...attributes } = row.attributes;
    const resource: Record<string, unknown> = { schemas, id: this.#shownId(row.id), ...attributes };
    if (row.kind.name === 'User') {
      const groups = this.#groupsOf(row);
      if (groups.length > 0) resource.groups = groups;
    } else {
      this.#showMembers(resource, row);
    }
    if (this.#behaviour.booleansAsStrings && typeof resource.active === 'boolean') {
      resource.active = resource.active ? 'True' : 'False';
    }
    resource.meta = this.#metaOf(row);
    return resource;
  }

  /** As it stands in a list, where some servers leave out who is in a group. */
  renderInList(row: Row): ResourceData {
    const resource = this.render(row);
    return this.#behaviour.members === 'only_in_reads' ? without(resource, 'members') : resource;
  }

  location({ kind, id }: Row): string {
    return `${this.#baseUrl}${kind.endpoint}/${encodeURIComponent(id)}`;
  }

  /** The bytes of its UTF-8, a character each, as header values are made of. */
  rawLocation({ kind, id }: Row): string {
    const bytes = new TextEncoder().encode(`${this.#baseUrl}${kind.endpoint}/${id}`);
    return String.fromCharCode(...bytes);
  }

  /** The version as it stands in `ETag` and in `meta.version`; absent where the server has none. */
  etag(row: Row): string | undefined {
    return this.#behaviour.etag ? `W/"${row.version}"` : undefined;
  }

  #shownId(id: string): string | number {
    return this.#behaviour.idType === 'number' && /^\d{1,15}$/.test(id) ? Number(id) : id;
  }

  #showMembers(resource: Record<string, unknown>, row: Row): void {
    const { members } = this.#behaviour;
    if (members === 'empty') resource.members = [];
    else if (members === 'hidden') delete resource.members;
    else if (memberIds(row.attributes).length > 0) resource.members = this.#membersOf(row);
  }

  #metaOf(row: Row): ResourceData {
    const { kind, created, lastModified } = row;
    const version = this.etag(row);
    const meta = { resourceType: kind.name, created, lastModified, location: this.location(row) };
    return version === undefined ? meta : { ...meta, version };
  }

  #groupsOf(row: Row): ResourceData[] {
    return this.#directory.groupsOf(row.id).map((group) => ({
      value: this.#shownId(group.id),
      $ref: this.location(group),
      display: group.attributes.displayName,
      type: 'direct',
    }));
  }

  #membersOf(row: Row): ResourceData[] {
    const ids = memberIds(row.attributes);
    return ids.slice(0, this.#behaviour.maxMembersShown).map((id) => {
      const member = this.#directory.get(id);
      const value = this.#shownId(id);
      if (member === undefined) return { value };
      const display = member.attributes.displayName ?? member.attributes.userName;
      const shown = { value, $ref: this.location(member), type: member.kind.name };
      return display === undefined ? shown : { ...shown, display };
    });
  }
}

/** Which attributes a client wants to see (RFC 7644 §3.9). */
interface Projection {
  readonly attributes: readonly string[] | undefined;
  readonly excludedAttributes: readonly string[] | undefined;
}

/** The part of a resource that was asked for. `id` and `schemas` come anyway. */
export function projectResource(
  resource: ResourceData,
  kind: ResourceKind,
  { attributes, excludedAttributes = [] }: Projection,
): ResourceData {
  if (attributes !== undefined) {
    const paths = ['schemas', 'id', ...attributes].map((path) => splitAttributePath(path, kind));
    return paths.reduce((picked, path) => pick(picked, resource, path), {});
  }
  const paths = excludedAttributes.map((path) => splitAttributePath(path, kind));
  return paths.filter((path) => attributeOf(kind, path)?.returned !== 'always').reduce(omit, resource);
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
    const before: readonly unknown[] = Array.isArray(picked) ? picked : [];
    return value.map((element, index) => mapValues(element, before[index], subAttribute) ?? {});
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
