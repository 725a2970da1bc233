import { groupResourceSchema } from '../../scim/schemas/group.js';
import type { ResourceSchema } from '../../scim/schemas/rules.js';
import { userResourceSchema } from '../../scim/schemas/user.js';

/** A resource as JSON, without what the server computes (`meta`, a user's `groups`). */
export type ResourceData = { readonly [attribute: string]: unknown };

/** One stored resource. Replaced by every write, never changed. */
export interface Row {
  readonly kind: ResourceKind;
  readonly id: string;
  /** Rises with each creation: the order of lists. */
  readonly sequence: number;
  readonly attributes: ResourceData;
  /** What the group is known by, whatever it is renamed to; only with WorkOS's rules. */
  readonly identity: string | undefined;
  /** Rises with each change. */
  readonly version: number;
  /** xsd:dateTime, as `meta` shows them. */
  readonly created: string;
  readonly lastModified: string;
}

/** Attributes that are found without looking at every row. */
export type IndexedAttribute = 'name' | 'externalId' | 'email' | 'identity';

export interface TableSnapshot {
  readonly rows: ReadonlyMap<string, Row>;
  readonly sequence: number;
}

/** All resources of one type, by id and by the attributes people look them up with. */
export class ResourceTable {
  readonly kind: ResourceKind;
  readonly #rows = new Map<string, Row>();
  readonly #indexes: Readonly<Record<IndexedAttribute, AttributeIndex>> = {
    name: new AttributeIndex(),
    externalId: new AttributeIndex(),
    email: new AttributeIndex(),
    identity: new AttributeIndex(),
  };
  #sequence = 0;
  #ordered: readonly Row[] | undefined;

  constructor(kind: ResourceKind) {
    this.kind = kind;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Every row, oldest first. */
  list(): readonly Row[] {
    // A Map keeps the order of creation, also when a row is replaced.
    this.#ordered ??= [...this.#rows.values()];
    return this.#ordered;
  }

  /** Rows by `userName` or `displayName`, `externalId`, or an e-mail address; names and addresses without case. */
  find(attribute: IndexedAttribute, value: string): readonly Row[] {
    const isExact = attribute === 'externalId' || attribute === 'identity';
    const ids = this.#indexes[attribute].get(isExact ? value : value.toLowerCase());
    return ids.flatMap((id) => this.#rows.get(id) ?? []).sort((one, other) => one.sequence - other.sequence);
  }

  insert(id: string, attributes: ResourceData, now: string, identity?: string): Row {
    const stored = { id, attributes, identity, version: 1, created: now, lastModified: now };
    const row: Row = { kind: this.kind, sequence: ++this.#sequence, ...stored };
    this.#put(row);
    return row;
  }

  update(row: Row, attributes: ResourceData, now: string): Row {
    const changed: Row = { ...row, attributes, version: row.version + 1, lastModified: now };
    this.#unindex(row);
    this.#put(changed);
    return changed;
  }

  delete(row: Row): void {
    this.#unindex(row);
    this.#rows.delete(row.id);
    this.#ordered = undefined;
  }

  snapshot(): TableSnapshot {
    return { rows: new Map(this.#rows), sequence: this.#sequence };
  }

  restore(snapshot: TableSnapshot): void {
    this.#rows.clear();
    for (const index of Object.values(this.#indexes)) index.clear();
    for (const row of snapshot.rows.values()) this.#put(row);
    this.#sequence = snapshot.sequence;
  }

  #put(row: Row): void {
    this.#rows.set(row.id, row);
    this.#ordered = undefined;
    for (const [attribute, value] of indexedValues(row)) this.#indexes[attribute].add(value, row.id);
  }

  #unindex(row: Row): void {
    for (const [attribute, value] of indexedValues(row)) this.#indexes[attribute].delete(value, row.id);
  }
}

function* indexedValues({ attributes, identity }: Row): Iterable<[IndexedAttribute, string]> {
  if (identity !== undefined) yield ['identity', identity];
  const name = attributes.userName ?? attributes.displayName;
  if (typeof name === 'string') yield ['name', name.toLowerCase()];
  const { externalId, emails } = attributes;
  if (typeof externalId === 'string') yield ['externalId', externalId];
  if (!Array.isArray(emails)) return;
  for (const email of emails) if (typeof email?.value === 'string') yield ['email', email.value.toLowerCase()];
}

/** Ids by a value that several resources may share. */
class AttributeIndex {
  // A lone id is not wrapped: in a world of 100,000 users nearly all of them are alone.
  readonly #ids = new Map<string, string | Set<string>>();

  add(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === undefined) this.#ids.set(value, id);
    else if (typeof known !== 'string') known.add(id);
    else if (known !== id) this.#ids.set(value, new Set([known, id]));
  }

  delete(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === id) this.#ids.delete(value);
    else if (known instanceof Set) known.delete(id);
  }

  get(value: string): readonly string[] {
    const known = this.#ids.get(value);
    if (known === undefined) return [];
    return typeof known === 'string' ? [known] : [...known];
  }

  clear(): void {
    this.#ids.clear();
  }
}

export type ResourceName = 'User' | 'Group';

export interface ResourceKind {
  readonly name: ResourceName;
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly schema: ResourceSchema;
}

export const userKind: ResourceKind = {
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userResourceSchema,
};

export const groupKind: ResourceKind = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupResourceSchema,
};
