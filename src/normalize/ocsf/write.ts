import { nobody } from './frame.js';
import type { OcsfActor, OcsfEndpoint, OcsfEntity, OcsfHttpRequest, OcsfNamed, OcsfResource } from './objects.js';
import type { Outcome } from './outcome.js';
import type { Reading } from './reading.js';
import { classes, type Rule, type RuleOf, type Thing } from './rule.js';
import type {
  OcsfAccountChange,
  OcsfApiActivity,
  OcsfAuthentication,
  OcsfEntityManagement,
  OcsfEvent,
  OcsfGroupManagement,
  OcsfSecurityFinding,
  OcsfUserAccess,
  OcsfWebResourcesActivity,
} from './types.js';

export type Draft<T> = T extends object ? { -readonly [Key in keyof T]: T[Key] } : never;

/** The events that a record gives by a rule, as yet without what has no place in them. */
export function writeEvents(rule: Rule, reading: Reading, outcome: Outcome): readonly Draft<OcsfEvent>[] {
  switch (rule.class) {
    case 'account_change':
      return accountChanges(rule, reading, outcome);
    case 'authentication':
      return authentications(rule, reading, outcome);
    case 'user_access':
      return userAccesses(rule, reading, outcome);
    case 'group_management':
      return groupManagements(rule, reading, outcome);
    case 'entity_management':
      return entityManagements(rule, reading, outcome);
    case 'web_resources_activity':
      return [webResourcesActivity(rule, reading, outcome)];
    case 'api_activity':
      return [apiActivity(rule, reading, outcome)];
    case 'application_security_posture_finding':
      return [securityFinding(rule, reading, outcome)];
  }
}

function accountChanges(rule: RuleOf<'account_change'>, reading: Reading, outcome: Outcome) {
  const activity = classes.account_change.activities[rule.activity];
  const users = reading.people(rule.user);
  const shared = around(reading);
  return users.map((user, index) => {
    const event = begin<OcsfAccountChange>(3001, 3, activity, reading, outcome, index, users.length);
    event.user = user;
    return surround(event, reading, shared);
  });
}

const chatGpt: OcsfNamed = { name: 'ChatGPT' };
const platform: OcsfNamed = { name: 'OpenAI API Platform' };
const protocols: ReadonlyMap<unknown, 4 | 5> = new Map([
  ['oidc', 4],
  ['saml', 5],
]);

function authentications(rule: RuleOf<'authentication'>, reading: Reading, outcome: Outcome) {
  const activity = classes.authentication.activities[rule.activity];
  const users = reading.people(rule.user);
  const shared = around(reading);
  const provider = reading.data.peek('auth_provider_name');
  const destination = reading.destination();
  const session = reading.data.text(rule.session);
  return users.map((user, index) => {
    const event = begin<OcsfAuthentication>(3002, 3, activity, reading, outcome, index, users.length);
    event.user = user;
    event.service = reading.frame.isPlatform ? platform : chatGpt;
    event.is_remote = true;
    if (provider !== undefined) event.auth_protocol_id = protocols.get(provider) ?? 0;
    if (destination !== undefined) event.dst_endpoint = destination;
    if (session !== undefined) event.session = { uid: session };
    return surround(event, reading, shared);
  });
}

function userAccesses(rule: RuleOf<'user_access'>, reading: Reading, outcome: Outcome) {
  const activity = classes.user_access.activities[rule.activity];
  const users = reading.people(rule.user);
  const shared = around(reading);
  const privilege = reading.data.text(rule.privileges) ?? 'unknown';
  return users.map((user, index) => {
    const event = begin<OcsfUserAccess>(3005, 3, activity, reading, outcome, index, users.length);
    event.user = user;
    event.privileges = [privilege];
    return surround(event, reading, shared);
  });
}

function groupManagements(rule: RuleOf<'group_management'>, reading: Reading, outcome: Outcome) {
  const activity = classes.group_management.activities[rule.activity];
  const users = rule.user === undefined ? [nobody] : reading.people(rule.user);
  const shared = around(reading);
  const group = reading.named(['group', rule.group.id, rule.group.name]) ?? unknown;
  const privilege = reading.data.text(rule.privileges);
  return users.map((user, index) => {
    const event = begin<OcsfGroupManagement>(3006, 3, activity, reading, outcome, index, users.length);
    event.group = group;
    if (user !== nobody) event.user = user;
    if (privilege !== undefined) event.privileges = [privilege];
    return surround(event, reading, shared);
  });
}

/** Stands where a class demands a thing and the record does not say which. */
const unknown: OcsfNamed = { name: 'unknown' };

function entityManagements(rule: RuleOf<'entity_management'>, reading: Reading, outcome: Outcome) {
  const activity = classes.entity_management.activities[rule.activity];
  const [type] = rule.entity;
  const each = rule.each === undefined ? [] : reading.data.parts(rule.each);
  const parts = each.length === 0 ? [reading.data] : each;
  const shared = around(reading);
  const user = rule.user === undefined ? undefined : (reading.people(rule.user)[0] ?? nobody);
  const group = reading.data.text(rule.group);
  return parts.map((data, index) => {
    const event = begin<OcsfEntityManagement>(3004, 3, activity, reading, outcome, index, parts.length);
    const entity: Draft<OcsfEntity> = { ...(reading.named(rule.entity, data) ?? unknown), type };
    if (user !== undefined) entity.user = user;
    if (group !== undefined) entity.group = { uid: group };
    event.entity = entity;
    return surround(event, reading, shared);
  });
}

function webResourcesActivity(rule: RuleOf<'web_resources_activity'>, reading: Reading, outcome: Outcome) {
  const activity = classes.web_resources_activity.activities[rule.activity];
  const event = begin<OcsfWebResourcesActivity>(6001, 6, activity, reading, outcome);
  event.metadata = { ...event.metadata, profiles: ['host'] };
  event.web_resources = [resource(rule.resource, reading) ?? { ...unknown, type: rule.resource[0] }];
  const destination = reading.destination();
  if (destination !== undefined) event.dst_endpoint = destination;
  return surround(event, reading, around(reading));
}

function apiActivity(rule: RuleOf<'api_activity'>, reading: Reading, outcome: Outcome) {
  const activity = classes.api_activity.activities[rule.activity];
  const event = begin<OcsfApiActivity>(6003, 6, activity, reading, outcome);
  const operation = rule.operation ?? reading.operation;
  const service = rule.service === undefined ? undefined : reading.named(rule.service);
  event.actor = nameless;
  event.api = service === undefined ? { operation } : { operation, service };
  event.src_endpoint = unknown;
  const resources = resourcesOf(rule.resources, reading);
  if (resources !== undefined) event.resources = resources;
  const destination = reading.destination();
  if (destination !== undefined) event.dst_endpoint = destination;
  return surround(event, reading, around(reading));
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

function securityFinding(
  rule: RuleOf<'application_security_posture_finding'>,
  reading: Reading,
  outcome: Outcome,
): Draft<OcsfSecurityFinding> {
  const changes = reading.data.part('updated_fields');
  const status = changes.peek('status');
  const { activities } = classes.application_security_posture_finding;
  const activity = closed.has(status) ? activities.close : activities[rule.activity];
  const event = begin<OcsfSecurityFinding>(2007, 2, activity, reading, outcome);
  event.status_id = findingStatuses.get(status) ?? 0;
  event.severity_id = severities.get(changes.peek('criticality')) ?? 0;
  event.metadata = { ...event.metadata, profiles: ['host'] };
  event.finding_info = { uid: reading.data.own('finding_id') ?? 'unknown' };
  event.application = { name: 'Codex Security' };
  if (reading.frame.actor !== undefined) event.actor = reading.frame.actor;
  const patch = reading.data.own('pr_url');
  if (patch !== undefined) event.remediation = { desc: 'Proposed patch', references: [patch] };
  return event;
}

type ClassUid = OcsfEvent['class_uid'];

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
  };
  if (activityId === 99) event.activity_name = reading.operation;
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

interface Iam {
  actor?: OcsfActor;
}

function surround<Event extends Sourced & Iam>(event: Event, reading: Reading, { source, request }: Around): Event {
  if (reading.frame.actor !== undefined) event.actor = reading.frame.actor;
  if (source !== undefined) event.src_endpoint = source;
  if (request !== undefined) event.http_request = request;
  return event;
}

interface Sourced {
  src_endpoint?: OcsfEndpoint;
  http_request?: OcsfHttpRequest;
}

function resourcesOf(things: readonly Thing[] | undefined, reading: Reading): OcsfResource[] | undefined {
  if (things === undefined) return undefined;
  const resources: OcsfResource[] = [];
  for (const thing of things) {
    const found = resource(thing, reading);
    if (found !== undefined) resources.push(found);
  }
  return resources.length === 0 ? undefined : resources;
}

function resource(thing: Thing, reading: Reading): OcsfResource | undefined {
  const uid = reading.data.text(thing[1]);
  const name = reading.data.text(thing[2]);
  if (uid === undefined) return name === undefined ? undefined : { name, type: thing[0] };
  return name === undefined ? { uid, type: thing[0] } : { uid, name, type: thing[0] };
}
