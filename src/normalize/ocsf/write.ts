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
  OcsfEventBase,
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
  const shared = iam(3001, classes.account_change.activities[rule.activity], reading, outcome);
  const users = reading.people(rule.user);
  return users.map((user, index): Draft<OcsfAccountChange> => {
    return { class_uid: 3001, ...shared, metadata: reading.metadata(index, users.length), user };
  });
}

const chatGpt: OcsfNamed = { name: 'ChatGPT' };
const platform: OcsfNamed = { name: 'OpenAI API Platform' };
const protocols: ReadonlyMap<unknown, 4 | 5> = new Map([
  ['oidc', 4],
  ['saml', 5],
]);

function authentications(rule: RuleOf<'authentication'>, reading: Reading, outcome: Outcome) {
  const shared = iam(3002, classes.authentication.activities[rule.activity], reading, outcome);
  const provider = reading.data.peek('auth_provider_name');
  const dst_endpoint = reading.destination();
  const session = reading.data.text(rule.session);
  const users = reading.people(rule.user);
  return users.map((user, index) => {
    const event: Draft<OcsfAuthentication> = {
      class_uid: 3002,
      ...shared,
      metadata: reading.metadata(index, users.length),
      user,
      service: reading.frame.isPlatform ? platform : chatGpt,
      is_remote: true,
    };
    if (provider !== undefined) event.auth_protocol_id = protocols.get(provider) ?? 0;
    if (dst_endpoint !== undefined) event.dst_endpoint = dst_endpoint;
    if (session !== undefined) event.session = { uid: session };
    return event;
  });
}

function userAccesses(rule: RuleOf<'user_access'>, reading: Reading, outcome: Outcome) {
  const shared = iam(3005, classes.user_access.activities[rule.activity], reading, outcome);
  const privilege = reading.data.text(rule.privileges) ?? 'unknown';
  const users = reading.people(rule.user);
  return users.map((user, index): Draft<OcsfUserAccess> => {
    const metadata = reading.metadata(index, users.length);
    return { class_uid: 3005, ...shared, metadata, user, privileges: [privilege] };
  });
}

function groupManagements(rule: RuleOf<'group_management'>, reading: Reading, outcome: Outcome) {
  const shared = iam(3006, classes.group_management.activities[rule.activity], reading, outcome);
  const group = reading.named(['group', rule.group.id, rule.group.name]) ?? unknown;
  const privilege = reading.data.text(rule.privileges);
  const users = rule.user === undefined ? [nobody] : reading.people(rule.user);
  return users.map((user, index) => {
    const metadata = reading.metadata(index, users.length);
    const event: Draft<OcsfGroupManagement> = { class_uid: 3006, ...shared, metadata, group };
    if (user !== nobody) event.user = user;
    if (privilege !== undefined) event.privileges = [privilege];
    return event;
  });
}

/** Stands where a class demands a thing and the record does not say which. */
const unknown: OcsfNamed = { name: 'unknown' };

function entityManagements(rule: RuleOf<'entity_management'>, reading: Reading, outcome: Outcome) {
  const shared = iam(3004, classes.entity_management.activities[rule.activity], reading, outcome);
  const [type] = rule.entity;
  const each = rule.each === undefined ? [] : reading.data.parts(rule.each);
  const parts = each.length === 0 ? [reading.data] : each;
  return parts.map((data, index): Draft<OcsfEntityManagement> => {
    const entity: Draft<OcsfEntity> = { ...(reading.named(rule.entity, data) ?? unknown), type };
    if (rule.user !== undefined) entity.user = reading.people(rule.user)[0] ?? nobody;
    const uid = reading.data.text(rule.group);
    if (uid !== undefined) entity.group = { uid };
    return { class_uid: 3004, ...shared, metadata: reading.metadata(index, parts.length), entity };
  });
}

function webResourcesActivity(rule: RuleOf<'web_resources_activity'>, reading: Reading, outcome: Outcome) {
  const event: Draft<OcsfWebResourcesActivity> = {
    class_uid: 6001,
    category_uid: 6,
    ...base(6001, classes.web_resources_activity.activities[rule.activity], reading, outcome),
    metadata: { ...reading.metadata(0, 1), profiles: ['host'] },
    web_resources: [resource(rule.resource, reading) ?? { ...unknown, type: rule.resource[0] }],
  };
  if (reading.frame.actor !== undefined) event.actor = reading.frame.actor;
  return withEndpoints(event, reading);
}

function apiActivity(rule: RuleOf<'api_activity'>, reading: Reading, outcome: Outcome) {
  const operation = rule.operation ?? reading.operation;
  const service = rule.service && reading.named(rule.service);
  const event: Draft<OcsfApiActivity> = {
    ...base(6003, classes.api_activity.activities[rule.activity], reading, outcome),
    class_uid: 6003,
    category_uid: 6,
    metadata: reading.metadata(0, 1),
    actor: reading.frame.actor ?? { app_name: 'unknown' },
    api: service === undefined ? { operation } : { operation, service },
    src_endpoint: unknown,
  };
  const resources = resourcesOf(rule.resources, reading);
  if (resources !== undefined) event.resources = resources;
  return withEndpoints(event, reading);
}

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
  const event: Draft<OcsfSecurityFinding> = {
    class_uid: 2007,
    category_uid: 2,
    ...base(2007, closed.has(status) ? activities.close : activities[rule.activity], reading, outcome),
    status_id: findingStatuses.get(status) ?? 0,
    severity_id: severities.get(changes.peek('criticality')) ?? 0,
    metadata: { ...reading.metadata(0, 1), profiles: ['host'] },
    finding_info: { uid: reading.data.text('finding_id') ?? 'unknown' },
    application: { name: 'Codex Security' },
  };
  if (reading.frame.actor !== undefined) event.actor = reading.frame.actor;
  const patch = reading.data.text('pr_url');
  if (patch !== undefined) event.remediation = { desc: 'Proposed patch', references: [patch] };
  return event;
}

type Base = Omit<OcsfEventBase, 'metadata' | 'unmapped'>;

function base(classUid: number, activityId: number, reading: Reading, outcome: Outcome): Draft<Base> {
  const event: Draft<Base> = {
    activity_id: activityId,
    type_uid: classUid * 100 + activityId,
    severity_id: 1,
    time: reading.frame.time,
    status_id: outcome.id,
  };
  if (activityId === 99) event.activity_name = reading.operation;
  if (outcome.code !== undefined) event.status_code = outcome.code;
  if (outcome.detail !== undefined) event.status_detail = outcome.detail;
  return event;
}

interface Iam extends Draft<Base> {
  category_uid: 3;
  actor?: OcsfActor;
  src_endpoint?: OcsfEndpoint;
  http_request?: OcsfHttpRequest;
}

function iam(classUid: number, activityId: number, reading: Reading, outcome: Outcome): Iam {
  const event: Iam = { category_uid: 3, ...base(classUid, activityId, reading, outcome) };
  if (reading.frame.actor !== undefined) event.actor = reading.frame.actor;
  return withSource(event, reading);
}

interface Sourced {
  src_endpoint?: OcsfEndpoint;
  http_request?: OcsfHttpRequest;
  dst_endpoint?: OcsfEndpoint;
}

function withSource<Event extends Sourced>(event: Event, reading: Reading): Event {
  const source = reading.source();
  if (source !== undefined) event.src_endpoint = source;
  const request = reading.http();
  if (request !== undefined) event.http_request = request;
  return event;
}

function withEndpoints<Event extends Sourced>(event: Event, reading: Reading): Event {
  const destination = reading.destination();
  if (destination !== undefined) event.dst_endpoint = destination;
  return withSource(event, reading);
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
