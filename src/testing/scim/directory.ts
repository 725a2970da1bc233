import type { Random } from '../random.js';
import {
  groupKind,
  type ResourceData,
  type ResourceKind,
  type ResourceName,
  ResourceTable,
  type Row,
  userKind,
} from './resource-table.js';

export interface NewResource {
  readonly attributes: ResourceData;
  /** @default a new one */
  readonly id?: string | undefined;
  /** What a group is known by, whatever it is renamed to. */
  readonly identity?: string | undefined;
}

/** Told of each user and group that was made, changed or deleted: as it was, and as it is now. */
export type OnChange = (before: Row | undefined, after: Row | undefined) => void;

/** Users, groups, and who is in what: every write goes through here, so that both sides agree. */
export class Directory {
  readonly users = new ResourceTable(userKind);
  readonly groups = new ResourceTable(groupKind);
  /** Group ids by the id of a member. */
  readonly #memberships = new Map<string, Set<string>>();
  readonly #now: () => number;
  readonly #createId: (name: ResourceName) => string;
  readonly #onChange: OnChange;
  // Many resources are made within one millisecond: they share the text of it.
  #last: { readonly ms: number; readonly text: string } = { ms: 0, text: '' };

  constructor(now: () => number, createId: (name: ResourceName) => string, onChange: OnChange = () => {}) {
    this.#now = now;
    this.#createId = createId;
    this.#onChange = onChange;
  }

  table(kind: ResourceKind): ResourceTable {
    return kind.name === 'User' ? this.users : this.groups;
  }

  get(id: string): Row | undefined {
    return this.users.get(id) ?? this.groups.get(id);
  }

  /** The groups a user or group is a member of, oldest first. */
  groupsOf(memberId: string): readonly Row[] {
    const ids = this.#memberships.get(memberId);
    if (ids === undefined) return [];
    return [...ids].flatMap((id) => this.groups.get(id) ?? []).sort((one, other) => one.sequence - other.sequence);
  }

  create(kind: ResourceKind, { attributes, id = this.#createId(kind.name), identity }: NewResource): Row {
    const row = this.table(kind).insert(id, attributes, this.#dateTime(), identity);
    this.#link(row);
    this.#onChange(undefined, row);
    return row;
  }

  /** Gives the row as it was for its own attributes: `meta.lastModified` then stays as well. */
  update(row: Row, attributes: ResourceData): Row {
    if (attributes === row.attributes) return row;
    this.#unlink(row);
    const updated = this.table(row.kind).update(row, attributes, this.#dateTime());
    this.#link(updated);
    this.#onChange(row, updated);
    return updated;
  }

  /** Also takes it out of every group. */
  delete(row: Row): void {
    for (const group of this.groupsOf(row.id)) this.update(group, withoutMember(group.attributes, row.id));
    this.#unlink(row);
    this.table(row.kind).delete(row);
    this.#onChange(row, undefined);
  }

  snapshot() {
    const memberships = new Map([...this.#memberships].map(([id, groups]) => [id, new Set(groups)]));
    return { users: this.users.snapshot(), groups: this.groups.snapshot(), memberships };
  }

  restore(snapshot: ReturnType<Directory['snapshot']>): void {
    this.users.restore(snapshot.users);
    this.groups.restore(snapshot.groups);
    this.#memberships.clear();
    for (const [id, groups] of snapshot.memberships) this.#memberships.set(id, new Set(groups));
  }

  #dateTime(): string {
    const ms = this.#now();
    if (ms !== this.#last.ms) this.#last = { ms, text: new Date(ms).toISOString() };
    return this.#last.text;
  }

  #link(row: Row): void {
    for (const memberId of memberIds(row.attributes)) {
      const groups = this.#memberships.get(memberId) ?? new Set();
      this.#memberships.set(memberId, groups.add(row.id));
    }
  }

  #unlink(row: Row): void {
    for (const memberId of memberIds(row.attributes)) this.#memberships.get(memberId)?.delete(row.id);
  }
}

/** Ids of a group's members; none for a user. */
export function memberIds(attributes: ResourceData): string[] {
  const { members } = attributes;
  if (!Array.isArray(members)) return [];
  return members.flatMap(({ value } = {}) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'number' ? [String(value)] : [];
  });
}

/** The address of a user: the primary one, the first one, or a user name that is one. */
export function emailOf({ emails, userName }: ResourceData): string | undefined {
  const listed: readonly unknown[] = Array.isArray(emails) ? emails : [];
  const values = listed.map((email) => Object(email) as { readonly primary?: unknown; readonly value?: unknown });
  const value = (values.find(({ primary }) => primary === true) ?? values[0])?.value ?? userName;
  return typeof value === 'string' && value.includes('@') ? value : undefined;
}

function withoutMember(attributes: ResourceData, id: string): ResourceData {
  const { members, ...rest } = attributes;
  if (!Array.isArray(members)) return attributes;
  const left = members.filter((member) => typeof member?.value === 'string' && member.value !== id);
  return left.length === 0 ? rest : { ...rest, members: left };
}

/** Shows the directory as it was a while ago, as a read replica that lags behind does. */
export class StaleView {
  readonly #live: Directory;
  readonly #now: () => number;
  readonly #lagMs: number;
  #writes: readonly { readonly at: number; readonly before: ReturnType<Directory['snapshot']> }[] = [];

  constructor(live: Directory, now: () => number, lagMs: number) {
    this.#live = live;
    this.#now = now;
    this.#lagMs = lagMs;
  }

  /** To be called before each write. */
  beforeWrite(): void {
    if (this.#lagMs > 0) this.#writes = [...this.#recent(), { at: this.#now(), before: this.#live.snapshot() }];
  }

  /** What a read sees now. */
  read(): Directory {
    const [oldest] = this.#recent();
    if (oldest === undefined) return this.#live;
    const past = new Directory(this.#now, () => '');
    past.restore(oldest.before);
    return past;
  }

  #recent() {
    return this.#writes.filter(({ at }) => at > this.#now() - this.#lagMs);
  }
}

/** The bearer tokens of the directory. WorkOS keeps two, so that one can be replaced without an outage. */
export class ScimTokens {
  #tokens: readonly string[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Makes a token; of more than two the oldest is refused from now on. */
  create(): string {
    const token = `se_${this.#random.text(48)}`;
    this.#tokens = [...this.#tokens, token].slice(-2);
    return token;
  }

  /** The token is refused with 401 from now on. */
  revoke(token: string): void {
    this.#tokens = this.#tokens.filter((known) => known !== token);
  }

  has(token: string): boolean {
    return this.#tokens.includes(token);
  }

  snapshot(): readonly string[] {
    return this.#tokens;
  }

  restore(snapshot: readonly string[]): void {
    this.#tokens = snapshot;
  }
}
