// The peer: what somebody writes who maps these records to ECS by hand, to the same documents, with whatever he does not know
// kept (`...rest`). It looks at nothing that it was not written for: no address in a text, no value of another type.

interface Json {
  readonly [key: string]: unknown;
}

// A record is what the types of this file say, or the peer fails: that is how such code is written.
interface Sample extends Json {
  readonly event_id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly principal: { readonly id: string; readonly type: string };
  readonly actor: { readonly type: string; readonly user_id?: string; readonly user_email?: string };
}

interface Metadata extends Json {
  readonly client_ip?: string;
  readonly client_ip_details?: Readonly<
    Record<'country' | 'city' | 'region' | 'region_code' | 'latitude' | 'longitude', string>
  >;
  readonly client_user_agent?: string;
  readonly client_ja3?: string;
  readonly destination_hostname?: string | null;
}

export function ecsByHand(event: Json): object {
  // See above.
  const record = event as Sample;
  switch (record.type) {
    case 'AUTH_LOG':
      return signIn(record);
    case 'AUDIT_LOG':
      return auditAction(record);
    case 'CONVERSATION_MESSAGE':
      return message(record);
    case 'APP_LOG':
      return appCall(record);
    default:
      return codex(record);
  }
}

function envelope(record: Sample, stream: string) {
  const { event_id, timestamp, principal, actor, ...others } = record;
  const { id, ...restOfPrincipal } = principal;
  const { user_id, user_email, ...restOfActor } = actor;
  const omitted: string[] = user_email === undefined ? [] : ['actor.user_email'];
  const document: Record<string, unknown> = {
    '@timestamp': timestamp,
    ecs: { version: '9.4.0' },
    organization: { id },
    gen_ai: { system: 'openai' },
  };
  const event: Record<string, unknown> = {
    kind: 'event',
    module: 'openai_chatgpt_enterprise',
    dataset: `openai_chatgpt_enterprise.${stream}`,
    id: event_id,
  };
  document.event = event;
  const users: string[] = [];
  if (user_id !== undefined) {
    document.user = { id: user_id };
    users.push(user_id);
  }
  return { document, event, users, omitted, others, actor: restOfActor, principal: restOfPrincipal };
}

function origin(document: Record<string, unknown>, metadata: Metadata) {
  const { client_ip, client_ip_details, client_user_agent, client_ja3, destination_hostname, ...others } = metadata;
  if (client_ip !== undefined) {
    const source: Record<string, unknown> = { ip: client_ip };
    if (client_ip_details !== undefined) {
      const { country, city, region, region_code, latitude, longitude } = client_ip_details;
      source.geo = {
        country_iso_code: country,
        city_name: city,
        region_name: region,
        region_iso_code: region_code,
        location: { lat: Number(latitude), lon: Number(longitude) },
      };
    }
    document.source = source;
  }
  if (client_user_agent !== undefined) document.user_agent = { original: client_user_agent };
  if (client_ja3 !== undefined) document.tls = { client: { ja3: client_ja3 } };
  if (destination_hostname != null) document.destination = { domain: destination_hostname };
  return { ip: client_ip, others };
}

function finish(
  { document, users, omitted }: ReturnType<typeof envelope>,
  stream: string,
  vendor: Json,
  ip?: string | undefined,
): object {
  if (users.length > 0 || ip !== undefined) {
    const related: Record<string, unknown> = {};
    if (users.length > 0) related.user = users;
    if (ip !== undefined) related.ip = [ip];
    document.related = related;
  }
  document.openai_chatgpt_enterprise = omitted.length > 0 ? { [stream]: vendor, omitted } : { [stream]: vendor };
  return document;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

const signIns: Readonly<Record<string, readonly [string, string]>> = {
  login_success: ['start', 'success'],
  password_login_invalid_password: ['start', 'failure'],
};

function signIn(record: Sample): object {
  const { request_metadata, action_data, ...envelopeFields } = record;
  // See above.
  const { action, ...data } = action_data as { readonly action: string };
  const made = envelope(envelopeFields as unknown as Sample, 'auth_log');
  const { document, event, principal, actor, others } = made;
  const [type = 'info', outcome = 'unknown'] = signIns[action] ?? [];
  event.action = action;
  event.category = ['authentication'];
  event.type = [type];
  event.outcome = outcome;
  const { ip, others: metadata } = origin(document, request_metadata as Metadata);
  return finish(made, 'auth_log', { ...others, principal, actor, request_metadata: metadata, action_data: data }, ip);
}

const auditTypes: Readonly<Record<string, readonly string[]>> = {
  USER_ROLE_UPDATED: ['info', 'user', 'change'],
  LIST_WORKSPACE_LOG_FILES: ['info'],
};
const outcomes: Readonly<Record<string, string>> = { SUCCESS: 'success', ERROR: 'failure', BLOCKED: 'failure' };

function auditAction(record: Sample): object {
  const { request_metadata, action_data, ...envelopeFields } = record;
  const made = envelope(envelopeFields as unknown as Sample, 'audit_log');
  const { document, event, users, principal, actor, others } = made;
  // See above.
  const { action, action_result } = others as unknown as { readonly action: string; readonly action_result: string };
  event.action = action.toLowerCase();
  event.category = ['iam'];
  event.type = [...(auditTypes[action] ?? ['info'])];
  event.outcome = outcomes[action_result] ?? 'unknown';
  const data = action_data as { readonly user_id?: string };
  if (data.user_id !== undefined) {
    document.user = { ...(document.user as object), target: { id: data.user_id } };
    users.push(data.user_id);
  }
  const { ip, others: metadata } = origin(document, request_metadata as Metadata);
  const vendor: Record<string, unknown> = { ...others, principal, actor, action_data: data };
  if (!isEmpty(metadata)) vendor.request_metadata = metadata;
  return finish(made, 'audit_log', vendor, ip);
}

interface Written extends Json {
  readonly id: string;
  readonly author: { readonly type: string; readonly model?: string; readonly tools_used?: readonly string[] };
  readonly content: { readonly type: string; readonly value?: string; readonly annotations?: unknown };
}

function message(record: Sample): object {
  const { message: written, conversation, ...envelopeFields } = record;
  const made = envelope(envelopeFields as unknown as Sample, 'conversation_message');
  const { document, event, omitted, principal, actor, others } = made;
  // See above.
  const { content, ...restOfMessage } = written as Written;
  const { type, value, annotations, ...restOfContent } = content;
  if (value !== undefined) omitted.push('message.content.value');
  if (annotations !== undefined) omitted.push('message.content.annotations');
  const { title, ...restOfConversation } = conversation as { readonly title?: string };
  if (title !== undefined) omitted.push('conversation.title');
  const vendor: Record<string, unknown> = { ...others, principal, actor, conversation: restOfConversation };
  if (restOfMessage.author.type === 'assistant') {
    const { author, id, ...left } = restOfMessage;
    const { model, ...restOfAuthor } = author;
    event.action = 'assistant_message';
    const genAi: Record<string, unknown> = {
      system: 'openai',
      operation: { name: 'chat' },
      output: { type },
      request: { model },
      response: { id, model },
    };
    const { tools_used: tools } = author;
    if (tools?.length === 1) genAi.tool = { name: tools[0] };
    document.gen_ai = genAi;
    vendor.message = { ...left, author: restOfAuthor, content: { type, ...restOfContent } };
  } else {
    event.action = 'user_message';
    document.gen_ai = { system: 'openai', operation: { name: 'chat' } };
    vendor.message = { ...restOfMessage, content: { type, ...restOfContent } };
  }
  return finish(made, 'conversation_message', vendor);
}

function appCall(record: Sample): object {
  const { input, output, ...envelopeFields } = record;
  const made = envelope(envelopeFields as unknown as Sample, 'app_log');
  const { event, omitted, principal, actor, others } = made;
  event.category = ['api'];
  event.type = ['access'];
  event.action = 'app_call';
  if (input !== undefined) omitted.push('input.*');
  if (output !== undefined) omitted.push('output');
  return finish(made, 'app_log', { ...others, principal, actor });
}

interface Details extends Json {
  readonly status?: string;
  readonly model?: string;
  readonly prompt_text?: string;
  readonly response_text?: string;
  readonly environment_id?: string | null;
  readonly token_usage?: { readonly input_tokens: number; readonly output_tokens: number };
}

function codex(record: Sample): object {
  const { event_details, ...envelopeFields } = record;
  const made = envelope(envelopeFields as unknown as Sample, 'codex_log');
  const { document, event, omitted, principal, actor, others } = made;
  // See above.
  const { prompt_text, response_text, model, token_usage, environment_id, ...details } = event_details as Details;
  const { event_type } = others as unknown as { readonly event_type: string };
  event.action = event_type.toLowerCase();
  event.category = ['api'];
  event.type = ['info'];
  if (details.status !== undefined) event.outcome = details.status === 'completed' ? 'success' : 'unknown';
  if (prompt_text !== undefined) omitted.push('event_details.prompt_text');
  if (response_text !== undefined) omitted.push('event_details.response_text');
  const left: Record<string, unknown> = details;
  const genAi: Record<string, unknown> = { system: 'openai', operation: { name: 'chat' } };
  if (model !== undefined) {
    genAi.request = { model };
    genAi.response = { model };
  }
  if (token_usage !== undefined) {
    const { input_tokens, output_tokens, ...others } = token_usage;
    genAi.usage = { input_tokens, output_tokens };
    if (!isEmpty(others)) left.token_usage = others;
  }
  if (environment_id != null) left.environment_id = environment_id;
  document.gen_ai = genAi;
  return finish(made, 'codex_log', { ...others, principal, actor, event_details: left });
}
