import type { ScimBehaviour } from './behaviour.js';
import { type Directory, memberIds } from './directory.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData, Row } from './resource-table.js';

/** Makes the resource a client sees: what was stored, `meta`, and a user's groups. */
export class ResourceRenderer {
  readonly #directory: Directory;
  readonly #behaviour: ScimBehaviour;

  constructor(directory: Directory, behaviour: ScimBehaviour) {
    this.#directory = directory;
    this.#behaviour = behaviour;
  }

  render(kind: ResourceKind, row: Row, baseUrl: string): ResourceData {
    const { schemas, ...attributes } = row.attributes;
    const resource: Record<string, unknown> = { schemas, id: row.id, ...attributes };
    if (kind.name === 'User') {
      const groups = this.#groupsOf(row, baseUrl);
      if (groups.length > 0) resource.groups = groups;
    } else if (this.#behaviour.hidesMembers) {
      delete resource.members;
    } else if (memberIds(row.attributes).length > 0) {
      resource.members = this.#membersOf(row, baseUrl);
    }
    if (this.#behaviour.booleansAsStrings && typeof resource.active === 'boolean') {
      resource.active = resource.active ? 'True' : 'False';
    }
    resource.meta = this.#metaOf(kind, row, baseUrl);
    return resource;
  }

  /** Where the resource is. */
  location(kind: ResourceKind, row: Row, baseUrl: string): string {
    return `${baseUrl}${kind.endpoint}/${encodeURIComponent(row.id)}`;
  }

  /** The version as it stands in `ETag` and in `meta.version`; absent where the server has none. */
  etag(row: Row): string | undefined {
    return this.#behaviour.etag ? `W/"${row.version}"` : undefined;
  }

  #metaOf(kind: ResourceKind, row: Row, baseUrl: string): ResourceData {
    const version = this.etag(row);
    return {
      resourceType: kind.name,
      created: row.created,
      lastModified: row.lastModified,
      location: this.location(kind, row, baseUrl),
      ...(version === undefined ? {} : { version }),
    };
  }

  #groupsOf(row: Row, baseUrl: string): ResourceData[] {
    return this.#directory.groupsOf(row.id).map((group) => ({
      value: group.id,
      $ref: `${baseUrl}/Groups/${encodeURIComponent(group.id)}`,
      display: group.attributes.displayName,
      type: 'direct',
    }));
  }

  #membersOf(row: Row, baseUrl: string): ResourceData[] {
    return memberIds(row.attributes).map((id) => {
      const member = this.#directory.get(id);
      if (member === undefined) return { value: id };
      const { kind, row: found } = member;
      const display = found.attributes.displayName ?? found.attributes.userName;
      return {
        value: id,
        $ref: this.location(kind, found, baseUrl),
        type: kind.name,
        ...(display === undefined ? {} : { display }),
      };
    });
  }
}
