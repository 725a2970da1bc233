// The peer: what somebody writes who maps these records to OCSF by hand, to the same events, with whatever he does not know
// kept (`...rest`). It looks at nothing that it was not written for: no address in a text, no value of another type.

interface Json {
  readonly [key: string]: unknown;
}

// A record is what the types of this file say, or the peer fails: that is how such code is written.
interface Sample extends Json {
  readonly event_id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly principal: { readonly id: string };
  readonly actor: {
    readonly type: string;
    readonly user_id: string;
    readonly user_email?: string;
    readonly redacted_id: string;
  };
  readonly action_data: Readonly<Record<string, string>>;
}

interface Metadata extends Json {
  readonly client_ip: string;
  readonly client_ip_details?: Readonly<
    Record<'country' | 'city' | 'region' | 'region_code' | 'latitude' | 'longitude', string>
  >;
  readonly client_user_agent: string;
}

export function ocsfByHand(event: Json): readonly object[] {
  // See above.
  const record = event as Sample;
  switch (record.type) {
    case 'AUTH_LOG':
      return [signIn(record)];
    case 'AUDIT_LOG':
      return [auditAction(record)];
    case 'CONVERSATION_MESSAGE':
      return [message(record)];
    case 'APP_LOG':
      return [appCall(record)];
    default:
      return [codex(record)];
  }
}

type Event = Record<string, unknown>;

function envelope(record: Sample, classUid: number, activity: number, code: string) {
  const { event_id, type, timestamp, principal, actor, ...others } = record;
  const { id, ...restOfPrincipal } = principal;
  const { user_id, user_email, redacted_id, ...restOfActor } = actor;
  const event: Event = {
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1000),
    activity_id: activity,
    type_uid: classUid * 100 + activity,
    severity_id: 1,
    time: Date.parse(timestamp),
    status_id: 0,
    metadata: {
      version: '1.5.0',
      product: { name: 'ChatGPT Enterprise', vendor_name: 'OpenAI' },
      uid: event_id,
      log_name: type,
      event_code: code,
      original_time: timestamp,
      tenant_uid: id,
    },
    actor:
      actor.type === 'API_KEY'
        ? { app_name: 'OpenAI Admin or Compliance key', app_uid: redacted_id }
        : { user: { uid: user_id, type_id: 1 } },
  };
  const unmapped: Event = { ...others, principal: restOfPrincipal, actor: restOfActor };
  return { event, unmapped, omitted: user_email === undefined ? [] : ['actor.user_email'] };
}

function origin(event: Event, unmapped: Event) {
  const { client_ip, client_ip_details, client_user_agent, ...others } = unmapped.request_metadata as Metadata;
  const source: Event = { ip: client_ip };
  const rest: Event = others;
  if (client_ip_details !== undefined) {
    const { country, city, region, region_code, latitude, longitude } = client_ip_details;
    source.location = { city, country, region: region_code, lat: Number(latitude), long: Number(longitude) };
    rest.client_ip_details = { region };
  }
  event.src_endpoint = source;
  event.http_request = { user_agent: client_user_agent };
  if (Object.keys(rest).length > 0) unmapped.request_metadata = rest;
  else delete unmapped.request_metadata;
}

function finish(event: Event, unmapped: Event, omitted: readonly string[]): Event {
  event.unmapped = omitted.length === 0 ? unmapped : { ...unmapped, omitted };
  return event;
}

function signIn(record: Sample) {
  const { action, ...rest } = record.action_data;
  const { event, unmapped, omitted } = envelope(record, 3002, 1, action ?? '');
  origin(event, unmapped);
  event.status_id = action === 'login_success' ? 1 : 2;
  event.user = { uid: record.actor.user_id, type_id: 1 };
  event.service = { name: 'ChatGPT' };
  event.is_remote = true;
  event.auth_protocol_id = rest.auth_provider_name === 'saml' ? 5 : 0;
  unmapped.action_data = rest;
  return finish(event, unmapped, omitted);
}

function auditAction(record: Sample) {
  const isRole = record.action === 'USER_ROLE_UPDATED';
  const { event, unmapped, omitted } = envelope(record, isRole ? 3005 : 6003, isRole ? 1 : 2, record.action as string);
  const { action, action_result, ...others } = unmapped;
  origin(event, others);
  event.status_id = action_result === 'SUCCESS' ? 1 : 2;
  event.status_code = action_result;
  if (isRole) {
    const { user_id, new_role, ...rest } = record.action_data;
    event.user = { uid: user_id, type_id: 1 };
    event.privileges = [new_role];
    if (Object.keys(rest).length > 0) others.action_data = rest;
    else delete others.action_data;
  } else {
    event.api = { operation: action };
  }
  return finish(event, others, omitted);
}

interface Message extends Json {
  readonly id: string;
  readonly author: { readonly type: string; readonly client_type?: string };
}

function message(record: Sample) {
  const { id, author, content: _content, ...restOfMessage } = record.message as Message;
  const { id: conversationId, title: _title, ...restOfConversation } = record.conversation as Json;
  const { type, client_type, ...restOfAuthor } = author;
  const { event, unmapped, omitted } = envelope(record, 6003, 1, type);
  if (client_type !== undefined) event.actor = { ...(event.actor as object), app_name: client_type };
  event.api = { operation: `${type}_message` };
  event.src_endpoint = { name: client_type ?? 'unknown' };
  event.resources = [
    { uid: id, type: 'message' },
    { uid: conversationId, type: 'conversation' },
  ];
  const hasAuthor = Object.keys(restOfAuthor).length > 0;
  const rest: Event = hasAuthor ? { ...restOfMessage, author: restOfAuthor } : restOfMessage;
  if (Object.keys(rest).length > 0) unmapped.message = rest;
  else delete unmapped.message;
  unmapped.conversation = restOfConversation;
  return finish(event, unmapped, [...omitted, 'message.content', 'conversation.title']);
}

function appCall(record: Sample) {
  const { event, unmapped, omitted } = envelope(record, 6003, 2, record.log_type as string);
  const { app_id, app_name, conversation_id, log_type: _type, input: _input, ...others } = unmapped;
  event.api = { operation: 'app_call', service: { uid: app_id, name: app_name } };
  event.resources = [{ uid: conversation_id, type: 'conversation' }];
  event.src_endpoint = { name: 'unknown' };
  return finish(event, others, [...omitted, 'input']);
}

function codex(record: Sample) {
  const { event, unmapped, omitted } = envelope(record, 6003, 1, record.event_type as string);
  const { event_type, client_id, event_details, ...others } = unmapped;
  const { detail_type: _type, session_id, status, response_text: _text, ...rest } = event_details as Json;
  event.actor = { ...(event.actor as object), app_name: client_id };
  event.status_id = status === 'completed' ? 1 : 2;
  event.status_code = status;
  event.api = { operation: event_type };
  event.resources = [{ uid: session_id, type: 'session' }];
  event.src_endpoint = { name: client_id };
  others.event_details = rest;
  return finish(event, others, [...omitted, 'event_details.response_text']);
}
