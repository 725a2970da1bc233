import { checkChoice, checkObject, checkOptions, read } from '../../errors/check-options.js';
import type { NormalizableEvent } from '../event.js';
import { checkInclude, type Included, type NormalizeOptions } from '../options.js';
import { RecordPart } from '../record-part.js';
import { Sieve } from '../sensitive.js';
import { complianceFrame, type Frame, platformFrame } from './frame.js';
import { outcomeOf } from './outcome.js';
import { Reading } from './reading.js';
import { type Rule, type Rules, unknownRule } from './rule.js';
import { measurements, platformRules, topics, unknownTopic } from './topics.js';
import type { OcsfEvent, OcsfUnmapped } from './types.js';
import { writeEvents } from './write.js';

/** How to write OCSF. */
export interface OcsfOptions extends NormalizeOptions {
  /** The version of the schema. There is no other yet. @default '1.5.0' */
  readonly version?: '1.5.0' | undefined;
}

/**
 * A record of an audit log as events in OCSF 1.5.0, the schema of security lakes. A pure function: no network, no clock, the
 * same record gives the same events with the same `metadata.uid`, so that what is delivered again can be told.
 *
 * - Measurements (`COSTS` and the analytics) are nothing that somebody did: they give no event.
 * - A record that says several things, such as an invitation of several addresses, gives several, tied by
 *   `metadata.correlation_uid`.
 * - What people and models wrote, and e-mail addresses, are left out unless `include` says otherwise. In a type that is not known
 *   they are found by the names of their fields and by their looks.
 * - Nothing is lost: what has no place in OCSF stands in `unmapped` as it is in the record, which it shares with the event, and the
 *   paths of what was left out in `unmapped.omitted`.
 * - A type or an action that is not known becomes API Activity with the activity 99, and is no error.
 * - Where the schema demands a person, a thing or an endpoint that the record does not name, it is called `unknown`.
 *
 * @throws InputError for an option that does not exist, and for what is no record at all.
 * @see https://schema.ocsf.io/1.5.0/
 * @example
 * ```ts
 * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
 * import { toOcsf } from 'chatgpt-enterprise-sdk/normalize';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * for await (const record of client.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'], after: '2026-11-01T00:00:00Z' })) {
 *   for (const event of toOcsf(record, { include: ['emails'] })) {
 *     if (event.class_uid === 3002 && event.status_id === 2) console.log('could not sign in:', event.user.name);
 *   }
 * }
 * ```
 */
export function toOcsf(event: NormalizableEvent, options?: OcsfOptions): readonly OcsfEvent[] {
  const included = readOptions(options);
  checkObject('event', event);
  return read('`event`', () => eventsOf(event, included));
}

function eventsOf(event: NormalizableEvent, included: Included): readonly OcsfEvent[] {
  const sieve = new Sieve(included);
  const record = new RecordPart(event, sieve);
  const type = record.peek('type');
  if (measurements.has(type)) return [];
  const { reading, rules } = open(record, type);
  const rule = ruleOf(rules, reading);
  const outcome = outcomeOf(record, reading.data, rule.status);
  const events = writeEvents(rule, reading, outcome);
  const unmapped = unmappedOf(record.rest(), sieve.omitted);
  if (unmapped !== undefined) for (const written of events) written.unmapped = unmapped;
  return events;
}

function readOptions(options: OcsfOptions | undefined): Included {
  if (options === undefined) return checkInclude(undefined);
  const { include, version } = checkOptions<OcsfOptions>('toOcsf()', options, { include: true, version: true });
  if (version !== undefined) checkChoice('version', version, ['1.5.0']);
  return checkInclude(include);
}

interface Opened {
  readonly reading: Reading;
  readonly rules: Rules;
}

function open(record: RecordPart, type: unknown): Opened {
  const topic = topics.get(type);
  if (topic === undefined && isOfPlatform(record)) return openPlatform(record);
  const { code, isInData, data, client, rules, other } = topic ?? unknownTopic;
  const part = data === undefined ? record : record.part(data);
  const logName = topic === undefined ? record.own('type') : nameOf(record, type);
  const happened = code === undefined ? undefined : (isInData ? part : record).text(code);
  const frame: Frame = complianceFrame(record, logName, client);
  if (happened !== undefined) part.repeats('detail_type', happened);
  const known = happened === undefined ? undefined : rules.get(happened);
  return { reading: new Reading(record, frame, part, happened), rules: known ?? other(happened) };
}

/** Of a type that is known. */
function nameOf(record: RecordPart, type: unknown): string {
  const name = `${type}`;
  record.repeats('type', name);
  return name;
}

/** Which has no `event_id`, and its time in seconds. */
function isOfPlatform(record: RecordPart): boolean {
  return record.peek('event_id') === undefined && typeof record.peek('effective_at') === 'number';
}

function openPlatform(record: RecordPart): Opened {
  const type = record.own('type');
  const data = type === undefined ? record : record.part(type);
  const reading = new Reading(record, platformFrame(record), data, type);
  return { reading, rules: (type === undefined ? undefined : platformRules.get(type)) ?? unknownRule };
}

function isList(rules: Rules): rules is readonly Rule[] {
  return Array.isArray(rules);
}

function ruleOf(rules: Rules, { data }: Reading): Rule {
  if (!isList(rules)) return rules;
  return rules.find(({ where, is }) => where === undefined || data.says(where, is)) ?? unknownRule;
}

/** What is left is not the record's own, so that the paths of what is not can stand beside it. */
function unmappedOf(rest: Record<string, unknown> | undefined, omitted: readonly string[]): OcsfUnmapped | undefined {
  const unmapped = rest ?? {};
  if (Object.hasOwn(unmapped, 'omitted')) {
    // A field of the record that is called so makes room.
    let name = '_omitted';
    while (Object.hasOwn(unmapped, name)) name = `_${name}`;
    unmapped[name] = unmapped.omitted;
    delete unmapped.omitted;
  }
  if (omitted.length > 0) unmapped.omitted = omitted;
  return rest === undefined && omitted.length === 0 ? undefined : unmapped;
}
