import { checkChoice, checkOptions } from '../../errors/check-options.js';
import { isRecord } from '../../internal/json.js';
import { hasPlatformTime, isOfTenant, type NormalizableEvent, readEvent } from '../event.js';
import { checkInclude, type Included, type NormalizeOptions, normalizeOptionNames, nothingMore } from '../options.js';
import type { Ended } from '../outcome.js';
import { add, type Left, Sieve } from '../sensitive.js';
import { Finds } from './finds.js';
import { Frame } from './frame.js';
import { outcomeOf } from './outcome.js';
import { readPlatformRecord } from './platform-record.js';
import { Reading } from './reading.js';
import { readRecord } from './record.js';
import { type Fields, type Rule, type Rules, unknownRule } from './rule.js';
import { measurements, platformRules, platformTopic, type Topic, topics, unknownTopic } from './topics.js';
import type { OcsfEvent, OcsfUnmapped } from './types.js';
import { complete, writeEvents } from './write.js';

type Values = Readonly<Record<string, unknown>>;

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
 * @throws InputError for an option that does not exist, and for something that is no object.
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
  return readEvent(event, eventsOf, included);
}

function eventsOf(event: NormalizableEvent, included: Included): readonly OcsfEvent[] {
  const sieve = new Sieve(included);
  const record = sieve.own(event);
  const { type } = record;
  const topic = topics.get(type);
  // Of a type that is known, the name is.
  if (topic !== undefined) return complianceEventsOf(record, sieve, topic, `${type}`);
  if (measurements.has(type)) return [];
  if (hasPlatformTime(record)) return platformEventsOf(record, sieve);
  return complianceEventsOf(record, sieve, unknownTopic, undefined);
}

function complianceEventsOf(
  record: Values,
  sieve: Sieve,
  topic: Topic,
  type: string | undefined,
): readonly OcsfEvent[] {
  const data = topic.data === undefined ? record : partOf(record, topic.data, sieve);
  const happened = topic.codeOf(record, sieve);
  const known = typeof happened === 'string' ? topic.rules.get(happened) : undefined;
  const code = known !== undefined || sieve.tells(happened) ? (happened as string) : undefined;
  const rules = known ?? topic.other(code);
  const rule = ruleOf(rules, data, sieve);
  const plan = topic.planOf(rule);
  const finds = new Finds(plan, sieve);
  const frame = new Frame(sieve, plan, false, type);
  const left = readRecord(record, frame, finds);
  if (code !== undefined) {
    finds.repeats(plan.code, code);
    finds.repeats(plan.detailType, code);
  }
  nameClient(frame, finds);
  return written(new Reading(frame, data, finds, code), left, topic.ended?.(data));
}

/** Who has a name of a program keeps it: then the client is taken where it becomes an endpoint, and else stays. */
function nameClient(frame: Frame, finds: Finds): void {
  const { actor, plan } = frame;
  const isNamed = actor?.app_name !== undefined;
  if (isNamed && !plan.hasRequest) return;
  const client = finds.first(plan.client);
  frame.client = client;
  if (!isNamed && client !== undefined) {
    frame.actor = actor?.user === undefined ? { app_name: client } : { user: actor.user, app_name: client };
  }
}

function platformEventsOf(record: Values, sieve: Sieve): readonly OcsfEvent[] {
  const type = sieve.tells(record.type) ? record.type : undefined;
  const data = type === undefined ? record : partOf(record, type, sieve);
  const rules = type === undefined ? undefined : platformRules.get(type);
  const rule = ruleOf(rules ?? unknownRule, data, sieve);
  const plan = platformTopic.planOf(rule);
  const finds = new Finds(plan, sieve);
  const frame = new Frame(sieve, plan, true, isOfTenant(type) ? 'PLATFORM_TENANT_LOG' : 'PLATFORM_AUDIT_LOG');
  frame.tenant = sieve.included.organizationId;
  const left = readPlatformRecord(record, frame, finds, type);
  return written(new Reading(frame, data, finds, type), left, undefined, type);
}

/** The events, with what of the record has no place in them. `path` is that of the data where it was walked as if it were all. */
function written(reading: Reading, left: Left, ended?: Ended, path?: string): readonly OcsfEvent[] {
  const { frame, finds } = reading;
  const { plan } = frame;
  const events = writeEvents(plan, reading, outcomeOf(finds, plan, ended));
  const rest = path === undefined ? finds.putBack(left) : add(left, path, finds.putBack(ownPart(left, path), path));
  const unmapped = unmappedOf(rest, frame.sieve.omitted);
  for (const event of events) complete(event, unmapped);
  return events;
}

/** What was walked is a copy, or was none: the name of a type may also be `__proto__`. */
function ownPart(left: Left, path: string): Left {
  return left !== undefined && Object.hasOwn(left, path) ? (left[path] as Left) : undefined;
}

function partOf(record: Values, field: string, sieve: Sieve): Values {
  const part = record[field];
  return isRecord(part) ? sieve.own(part) : {};
}

function readOptions(options: OcsfOptions | undefined): Included {
  if (options === undefined) return nothingMore;
  const { version, ...others } = checkOptions<OcsfOptions>('toOcsf()', options, {
    ...normalizeOptionNames,
    version: true,
  });
  if (version !== undefined) checkChoice('version', version, ['1.5.0']);
  return checkInclude(others);
}

function isList(rules: Rules): rules is readonly Rule[] {
  return Array.isArray(rules);
}

function ruleOf(rules: Rules, data: Values, sieve: Sieve): Rule {
  if (!isList(rules)) return rules;
  return rules.find(({ where, is }) => where === undefined || says(data, where, is, sieve)) ?? unknownRule;
}

/** Whether there is a text, or this one. */
function says(data: Values, fields: Fields, text: string | undefined, sieve: Sieve): boolean {
  if (typeof fields !== 'string') return fields.some((field) => says(data, field, text, sieve));
  const [field = '', ...inner] = fields.split('.');
  if (inner.length > 0) return says(partOf(data, field, sieve), inner.join('.'), text, sieve);
  return text === undefined ? sieve.tells(data[field]) : data[field] === text;
}

/** What is left is not the record's own, so that the paths of what is not can stand beside it. */
function unmappedOf(rest: Left, omitted: readonly string[] | undefined): OcsfUnmapped | undefined {
  if (rest?.omitted !== undefined && Object.hasOwn(rest, 'omitted')) {
    // A field of the record that is called so makes room.
    let name = '_omitted';
    while (Object.hasOwn(rest, name)) name = `_${name}`;
    rest[name] = rest.omitted;
    delete rest.omitted;
  }
  if (omitted === undefined) return rest;
  const unmapped = rest ?? {};
  unmapped.omitted = omitted;
  return unmapped;
}
