// The peer that is judged by: the mapping to OCSF by hand, behind a look at the whole record that leaves out content by its
// name, and texts with an address, by their paths, as the library promises to. It trusts the types of what is left.
import { ocsfByHand } from './ocsf-by-hand.ts';
import { holdsAddress, isSecretName, type Json } from './what-may-be-told.ts';

export function ocsfByHandCarefully(record: Json): readonly object[] {
  const omitted: string[] = [];
  const told: Json = {};
  for (const key of Object.keys(record)) {
    // The message of a conversation is no content by its name: what is in it is looked at.
    const isPart = key === 'message' && typeof record[key] === 'object';
    const value = isPart ? toldPart(record[key] as Json, key, omitted) : toldValue(key, record[key], key, omitted);
    if (value !== undefined) told[key] = value;
  }
  const events = ocsfByHand(told) as readonly { unmapped: Json }[];
  for (const event of events) {
    const { omitted: _, ...unmapped } = event.unmapped;
    event.unmapped = omitted.length === 0 ? unmapped : { ...unmapped, omitted };
  }
  return events;
}

function toldPart(part: Json, path: string, omitted: string[]): Json {
  const told: Json = {};
  for (const key of Object.keys(part)) {
    const value = toldValue(key, part[key], `${path}.${key}`, omitted);
    if (value !== undefined) told[key] = value;
  }
  return told;
}

function toldValue(key: string, value: unknown, path: string, omitted: string[]): unknown {
  if (value === null || value === undefined) return value;
  const isSecret = typeof value === 'string' && holdsAddress(value);
  if (isSecret || isSecretName(key)) {
    omitted.push(path);
    return undefined;
  }
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return toldPart(value as Json, path, omitted);
  return value.map((item, index) => toldValue(`${index}`, item, `${path}.${index}`, omitted));
}
