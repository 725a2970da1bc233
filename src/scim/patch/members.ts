import { isRecord, isUnassigned } from '../../internal/json.js';
import type { Comparison, FilterExpression } from '../filter/filter.js';
import type { PatchContext } from './case-insensitive-object.js';
import { coerceValues } from './coerce.js';
import { mergeParts } from './merge.js';
import { currentValue, type Edit, type PatchTarget, withValue } from './target.js';
import { asList, entryValue, isKeyedByValue, type JsonObject, PatchProblem } from './values.js';

/** Whether an operation adds or removes whole entries that are known by `value` alone, such as members. */
export function isMemberEdit({ op, target, value }: Edit, { tolerant }: PatchContext): boolean {
  const { attribute, filter, part } = target;
  if (attribute === undefined || part !== undefined) return false;
  const isEdit =
    filter === undefined
      ? (op === 'add' || (op === 'remove' && tolerant)) && !isUnassigned(value)
      : op === 'remove' && isKey(filter);
  if (!isEdit || !isKeyedByValue(attribute.rules)) return false;
  // What could be refused half-way is done one by one.
  return attribute.rules?.required !== true && attribute.rules?.mutability === undefined;
}

/** Such operations on one attribute, carried out in one pass, without copying thousands of members for each. */
export class MembershipBatch {
  readonly target: PatchTarget;
  readonly #resource: JsonObject;
  readonly #context: PatchContext;
  readonly #current: readonly unknown[];
  readonly #removed = new Set<unknown>();
  /** Whether they are there already is looked up once, at the end. */
  readonly #added = new Map<unknown, unknown>();

  constructor(resource: JsonObject, target: PatchTarget, context: PatchContext) {
    this.#resource = resource;
    this.target = target;
    this.#context = context;
    this.#current = asList(currentValue(resource, target, context));
  }

  takes({ target: { urn, attribute } }: Edit): boolean {
    return urn === this.target.urn && attribute?.name === this.target.attribute?.name;
  }

  edit({ op, target: { filter }, value }: Edit): void {
    if (filter !== undefined && isKey(filter)) {
      this.#remove(filter.value);
      return;
    }
    for (const member of coerceValues(value, this.target.attribute?.rules, this.#context)) {
      const key = entryValue(member);
      if (key === undefined) throw new PatchProblem('invalidValue', 'a member has no value');
      if (op === 'add') this.#add(key, member);
      else this.#remove(key);
    }
  }

  result(): JsonObject {
    const kept = this.#withAdded(this.#kept());
    if (kept === this.#current && this.#added.size === 0) return this.#resource;
    const next = this.#added.size === 0 ? kept : kept.concat([...this.#added.values()]);
    return withValue(this.#resource, this.target, next, this.#context);
  }

  #kept(): readonly unknown[] {
    if (this.#removed.size === 0) return this.#current;
    const kept = this.#current.filter((member) => !this.#removed.has(entryValue(member)));
    return kept.length === this.#current.length ? this.#current : kept;
  }

  /** Moves additions that are there already into the entries they repeat, which get only the parts they lack. */
  #withAdded(kept: readonly unknown[]): readonly unknown[] {
    const added = this.#added;
    if (added.size === 0) return kept;
    let next: unknown[] | undefined;
    kept.forEach((other, index) => {
      const key = entryValue(other);
      const member = added.get(key);
      if (member === undefined) return;
      added.delete(key);
      const filled = this.#filled(other, member);
      if (filled === other) return;
      next ??= [...kept];
      next[index] = filled;
    });
    return next ?? kept;
  }

  #add(key: unknown, member: unknown): void {
    const known = this.#added.get(key);
    this.#added.set(key, known === undefined ? member : this.#filled(known, member));
  }

  #remove(key: unknown): void {
    this.#added.delete(key);
    this.#removed.add(key);
  }

  #filled(known: unknown, member: unknown): unknown {
    return isRecord(member) ? mergeParts(known, member, this.target.attribute?.rules, true) : known;
  }
}

function isKey(filter: FilterExpression): filter is Comparison {
  return filter.op === 'eq' && typeof filter.value === 'string' && filter.path.toLowerCase() === 'value';
}
