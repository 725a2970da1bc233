import { nobody } from './actor.js';
import type { OcsfActor, OcsfEndpoint, OcsfEntity, OcsfHttpRequest, OcsfNamed, OcsfResource } from './objects.js';
import type { Outcome } from './outcome.js';
import type { RulePlan } from './plan.js';
import type { Reading } from './reading.js';
import { classes, type RuleOf } from './rule.js';
import type {
  OcsfAccountChange,
  OcsfApiActivity,
  OcsfAuthentication,
  OcsfEntityManagement,
  OcsfEvent,
  OcsfGroupManagement,
  OcsfSecurityFinding,
  OcsfUnmapped,
  OcsfUserAccess,
  OcsfWebResourcesActivity,
} from './types.js';

export type Draft<T> = T extends object ? { -readonly [Key in keyof T]: T[Key] } : never;

/** The events that a record gives by a rule, as yet without what has no place in them. */
export function writeEvents(plan: RulePlan, reading: Reading, outcome: Outcome): readonly Draft<OcsfEvent>[] {
  const { rule } = plan;
  switch (rule.class) {
    case 'account_change':
      return accountChanges(rule, plan, reading, outcome);
    case 'authentication':
      return authentications(rule, plan, reading, outcome);
    case 'user_access':
      return userAccesses(rule, plan, reading, outcome);
    case 'group_management':
      return groupManagements(rule, plan, reading, outcome);
    case 'entity_management':
      return entityManagements(rule, plan, reading, outcome);
    case 'web_resources_activity':
      return [webResourcesActivity(rule, plan, reading, outcome)];
    case 'api_activity':
      return [apiActivity(rule, plan, reading, outcome)];
    case 'application_security_posture_finding':
      return [securityFinding(plan, reading, outcome)];
  }
}

function accountChanges(rule: RuleOf<'account_change'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const users = reading.people(rule.user);
  const shared = around(reading);
  return eachOf(users, (user, index) => {
    const event = begin<OcsfAccountChange>(3001, 3, plan.activity, reading, outcome, index, users.length);
    event.user = user;
    return surround(event, shared);
  });
}

const chatGpt: OcsfNamed = { name: 'ChatGPT' };
const platform: OcsfNamed = { name: 'OpenAI API Platform' };
const protocols: ReadonlyMap<unknown, 4 | 5> = new Map([
  ['oidc', 4],
  ['saml', 5],
]);

function authentications(rule: RuleOf<'authentication'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const users = reading.people(rule.user);
  const shared = around(reading);
  const provider = reading.data.auth_provider_name;
  const destination = reading.destination();
  const session = reading.finds.text(rule.session);
  return eachOf(users, (user, index) => {
    const event = begin<OcsfAuthentication>(3002, 3, plan.activity, reading, outcome, index, users.length);
    event.user = user;
    event.service = reading.frame.isPlatform ? platform : chatGpt;
    event.is_remote = true;
    if (provider !== undefined) event.auth_protocol_id = protocols.get(provider) ?? 0;
    if (destination !== undefined) event.dst_endpoint = destination;
    if (session !== undefined) event.session = { uid: session };
    return surround(event, shared);
  });
}

function userAccesses(rule: RuleOf<'user_access'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const users = reading.people(rule.user);
  const shared = around(reading);
  const privilege = reading.finds.text(rule.privileges) ?? 'unknown';
  return eachOf(users, (user, index) => {
    const event = begin<OcsfUserAccess>(3005, 3, plan.activity, reading, outcome, index, users.length);
    event.user = user;
    event.privileges = [privilege];
    return surround(event, shared);
  });
}

function groupManagements(rule: RuleOf<'group_management'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const users = rule.user === undefined ? [nobody] : reading.people(rule.user);
  const shared = around(reading);
  const group = reading.named(['group', rule.group.id, rule.group.name]) ?? unknown;
  const privilege = reading.finds.text(rule.privileges);
  return eachOf(users, (user, index) => {
    const event = begin<OcsfGroupManagement>(3006, 3, plan.activity, reading, outcome, index, users.length);
    event.group = group;
    if (user !== nobody) event.user = user;
    if (privilege !== undefined) event.privileges = [privilege];
    return surround(event, shared);
  });
}

/** Stands where a class demands a thing and the record does not say which. */
const unknown: OcsfNamed = { name: 'unknown' };

function entityManagements(rule: RuleOf<'entity_management'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const [type] = rule.entity;
  const each = rule.each === undefined ? [] : reading.finds.namedEach(rule.each);
  const things = each.length === 0 ? [reading.named(rule.entity)] : each;
  const shared = around(reading);
  const user = rule.user === undefined ? undefined : (reading.people(rule.user)[0] ?? nobody);
  const group = reading.finds.text(rule.group);
  return things.map((thing, index) => {
    const event = begin<OcsfEntityManagement>(3004, 3, plan.activity, reading, outcome, index, things.length);
    const entity: Draft<OcsfEntity> = { ...(thing ?? unknown), type };
    if (user !== undefined) entity.user = user;
    if (group !== undefined) entity.group = { uid: group };
    event.entity = entity;
    return surround(event, shared);
  });
}

function webResourcesActivity(
  rule: RuleOf<'web_resources_activity'>,
  plan: RulePlan,
  reading: Reading,
  outcome: Outcome,
) {
  const event = begin<OcsfWebResourcesActivity>(6001, 6, plan.activity, reading, outcome);
  event.metadata = { ...event.metadata, profiles: ['host'] };
  event.web_resources = resourcesOf(plan, reading) ?? [{ ...unknown, type: rule.resource[0] }];
  const destination = reading.destination();
  if (destination !== undefined) event.dst_endpoint = destination;
  return surround(event, around(reading));
}

function apiActivity(rule: RuleOf<'api_activity'>, plan: RulePlan, reading: Reading, outcome: Outcome) {
  const event = begin<OcsfApiActivity>(6003, 6, plan.activity, reading, outcome);
  const operation = rule.operation ?? reading.operation;
  const service = plan.service === undefined ? undefined : reading.finds.named(plan.service);
  event.actor ??= nameless;
  event.api = service === undefined ? { operation } : { operation, service };
  event.src_endpoint = unknown;
  const resources = resourcesOf(plan, reading);
  if (resources !== undefined) event.resources = resources;
  const destination = reading.destination();
  if (destination !== undefined) event.dst_endpoint = destination;
  return surround(event, around(reading));
}

const nameless: OcsfActor = { app_name: 'unknown' };

const closed: ReadonlySet<unknown> = new Set(['closed', 'fixed', 'resolved']);
const severities: ReadonlyMap<unknown, 1 | 2 | 3 | 4 | 5> = new Map([
  ['informational', 1],
  ['info', 1],
  ['low', 2],
  ['medium', 3],
  ['high', 4],
  ['critical', 5],
]);
/** Of a finding: what these words mean there. */
const findingStatuses: ReadonlyMap<unknown, number> = new Map([
  ['new', 1],
  ['open', 1],
  ['in_progress', 2],
  ['dismissed', 3],
  ['closed', 4],
  ['fixed', 4],
  ['resolved', 4],
]);

function securityFinding(plan: RulePlan, reading: Reading, outcome: Outcome): Draft<OcsfSecurityFinding> {
  const changes = reading.partOf('updated_fields');
  const { status } = changes;
  const { activities } = classes.application_security_posture_finding;
  const activity = closed.has(status) ? activities.close : plan.activity;
  const event = begin<OcsfSecurityFinding>(2007, 2, activity, reading, { ...outcome, id: 0 });
  event.status_id = findingStatuses.get(status) ?? 0;
  event.severity_id = severities.get(changes.criticality) ?? 0;
  event.metadata = { ...event.metadata, profiles: ['host'] };
  event.finding_info = { uid: reading.finds.text('finding_id') ?? 'unknown' };
  event.application = { name: 'Codex Security' };
  const patch = reading.finds.text('pr_url');
  if (patch !== undefined) event.remediation = { desc: 'Proposed patch', references: [patch] };
  return event;
}

type ClassUid = OcsfEvent['class_uid'];

/** Nearly always there is one. */
function eachOf<Item, Event>(items: readonly Item[], make: (item: Item, index: number) => Event): Event[] {
  const [only] = items;
  return items.length === 1 && only !== undefined ? [make(only, 0)] : items.map(make);
}

/** An event with what all have. What its class demands beyond that, the caller adds before anybody else sees it. */
function begin<Event extends OcsfEvent>(
  classUid: Event['class_uid'] & ClassUid,
  categoryUid: Event['category_uid'],
  activityId: number,
  reading: Reading,
  outcome: Outcome,
  index = 0,
  count = 1,
): Draft<Event> {
  const event: Record<string, unknown> = {
    class_uid: classUid,
    category_uid: categoryUid,
    activity_id: activityId,
    type_uid: classUid * 100 + activityId,
    severity_id: 1,
    time: reading.frame.time,
    status_id: outcome.id,
    metadata: reading.metadata(index, count),
    // Nearly all have these: fields that are there from the start are quicker than those that are added. See `complete`.
    actor: reading.frame.actor,
    unmapped: undefined,
  };
  if (activityId === 99) event.activity_name = reading.operation;
  // As the schema says of it: see the word.
  if (outcome.id === 99) event.status = outcome.code ?? reading.operation;
  if (outcome.code !== undefined) event.status_code = outcome.code;
  if (outcome.detail !== undefined) event.status_detail = outcome.detail;
  // Not whole yet: see above.
  return event as Draft<Event>;
}

/** What the IAM classes share. Read once, also where it goes into several events. */
interface Around {
  readonly source: OcsfEndpoint | undefined;
  readonly request: OcsfHttpRequest | undefined;
}

function around(reading: Reading): Around {
  return { source: reading.source(), request: reading.http() };
}

function surround<Event extends Sourced>(event: Event, { source, request }: Around): Event {
  if (source !== undefined) event.src_endpoint = source;
  if (request !== undefined) event.http_request = request;
  return event;
}

/** The event, with what of the record has no place in it. */
export function complete(event: Draft<OcsfEvent>, unmapped: OcsfUnmapped | undefined): void {
  if (unmapped === undefined) delete event.unmapped;
  else event.unmapped = unmapped;
  if (event.actor === undefined) Reflect.deleteProperty(event, 'actor');
}

interface Sourced {
  src_endpoint?: OcsfEndpoint;
  http_request?: OcsfHttpRequest;
}

function resourcesOf({ resources: things }: RulePlan, { finds }: Reading): OcsfResource[] | undefined {
  let resources: OcsfResource[] | undefined;
  for (const { type, uid: uids, name: names } of things) {
    const named = namedAs(type, finds.first(uids), finds.first(names));
    if (named === undefined) continue;
    if (resources === undefined) resources = [named];
    else resources.push(named);
  }
  return resources;
}

function namedAs(type: string, uid: string | undefined, name: string | undefined): OcsfResource | undefined {
  if (uid === undefined) return name === undefined ? undefined : { name, type };
  return name === undefined ? { uid, type } : { uid, name, type };
}
