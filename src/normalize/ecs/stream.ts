import type { EcsType } from './document.js';
import type { Draft } from './draft.js';
import type { Places } from './walk.js';

/** How the records of one type are told. */
export interface Stream {
  readonly name: string;
  /** Says what happened: action, category, type, outcome. */
  readonly classify: (record: Record<string, unknown>, draft: Draft) => void;
  readonly places: Places;
}

/** An action that is known: in small letters, as Elastic writes it, and its types. */
interface Known {
  readonly action: string;
  readonly type: readonly EcsType[];
}

/** Actions by the names that OpenAI gives them. */
export function knownActions(types: Readonly<Record<string, readonly EcsType[]>>): ReadonlyMap<unknown, Known> {
  return new Map(Object.entries(types).map(([name, type]) => [name, { action: name.toLowerCase(), type }]));
}

/** A field of an object within a record, where there is one. */
export function within(record: Record<string, unknown>, name: string, field: string): unknown {
  return fieldOf(record[name], field);
}

/** A field of what may be an object. */
export function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}
