import type { Comparison, FilterExpression } from '../filter/filter.js';
import { readAttribute } from '../path/read-attribute.js';
import { currentValue, withValue } from './change-container.js';
import { isKeyedByValue } from './change-values.js';
import { coerceValues } from './coerce-value.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import type { PatchTarget } from './patch-target.js';

/** Whether an operation adds or removes whole values of an attribute that is keyed by `value`, such as members. */
export function isMemberEdit(op: string, { attribute, filter, part }: PatchTarget, value: unknown): boolean {
  if (attribute === undefined || part !== undefined) return false;
  const isEdit = filter === undefined ? op === 'add' && !isUnassigned(value) : op === 'remove' && isKey(filter);
  if (!isEdit || !isKeyedByValue(attribute.rules)) return false;
  // What could be refused half-way is done one by one.
  return attribute.rules?.required !== true && attribute.rules?.mutability === undefined;
}

/**
 * A run of such operations on one attribute, gathered and carried out in one pass: the same result as one after
 * another, without copying thousands of members for each.
 */
export class MemberRun {
  readonly target: PatchTarget;
  readonly #resource: JsonObject;
  readonly #context: PatchContext;
  readonly #current: readonly unknown[];
  readonly #removed = new Set<unknown>();
  /** Values to add, whether or not they are there from the start: that is looked up once, at the end. */
  readonly #added = new Map<unknown, unknown>();

  constructor(resource: JsonObject, target: PatchTarget, context: PatchContext) {
    this.#resource = resource;
    this.target = target;
    this.#context = context;
    const current = currentValue(resource, target);
    this.#current = Array.isArray(current) ? current : isUnassigned(current) ? [] : [current];
  }

  /** Whether an operation belongs to the run. */
  covers({ urn, attribute }: PatchTarget): boolean {
    return urn === this.target.urn && attribute?.name === this.target.attribute?.name;
  }

  edit({ filter }: PatchTarget, value: unknown): void {
    if (filter !== undefined && isKey(filter)) this.#remove(filter.value);
    else for (const member of coerceValues(value, this.target.attribute?.rules, this.#context)) this.#add(member);
  }

  /** The resource after the run, or the same resource where nothing changes. */
  result(): JsonObject {
    const kept = this.#kept();
    this.#forgetKnown(kept);
    if (kept.length === this.#current.length && this.#added.size === 0) return this.#resource;
    const next = this.#added.size === 0 ? kept : kept.concat([...this.#added.values()]);
    return withValue(this.#resource, this.target, next, this.#context);
  }

  #kept(): readonly unknown[] {
    const gone = this.#removed;
    if (gone.size === 0) return this.#current;
    if (gone.size > 1) return this.#current.filter((member) => !gone.has(memberValue(member)));
    const [only] = gone;
    return this.#current.filter((member) => memberValue(member) !== only);
  }

  /** Leaves out of the additions what is there already. */
  #forgetKnown(kept: readonly unknown[]): void {
    const added = this.#added;
    if (added.size === 0) return;
    if (added.size > 1) {
      for (const member of kept) added.delete(memberValue(member));
      return;
    }
    const [only] = added.keys();
    if (kept.some((member) => memberValue(member) === only)) added.clear();
  }

  #add(member: unknown): void {
    const value = memberValue(member);
    if (value === undefined) throw new PatchProblem('invalidValue', 'a member has no value');
    if (!this.#added.has(value)) this.#added.set(value, member);
  }

  #remove(value: unknown): void {
    this.#added.delete(value);
    this.#removed.add(value);
  }
}

function memberValue(member: unknown): unknown {
  if (!isObject(member)) return member;
  // Read straight, for speed: no prototype of an object of JSON has a `value`.
  return member.value === undefined ? readAttribute(member, 'value') : member.value;
}

/** Whether a filter is `value eq "…"`. */
function isKey(filter: FilterExpression): filter is Comparison {
  return filter.op === 'eq' && typeof filter.value === 'string' && filter.path.toLowerCase() === 'value';
}
