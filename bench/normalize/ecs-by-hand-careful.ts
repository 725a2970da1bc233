// The peer that is judged by: the same mapping by hand, by somebody who promises what the library promises. What is not of the
// type that its field takes stays where it was, an address in any text is left out by its path, so is what is content by its
// name, and what is empty is dropped. A test puts an address, a null and a number into each place of each record, and wants
// the same documents.

type Json = Record<string, unknown>;

const contentNames = new Set([
  'annotations',
  'arguments',
  'content',
  'download_url',
  'input',
  'instructions',
  'message',
]);
for (const name of ['messages', 'output', 'prompt', 'prompt_text', 'quote', 'response', 'response_text', 'result']) {
  contentNames.add(name);
}
for (const name of [
  'result_preview',
  'starter_prompts',
  'system_instruction',
  'system_instructions',
  'text',
  'title',
]) {
  contentNames.add(name);
}
for (const name of ['tool_input', 'tool_meta', 'tool_output', 'user_message_text']) contentNames.add(name);
const address = /[^\s@](?:@|%40)[^\s@]/i;
const emailName = /(?:^|_)e?mails?(?:_addr(?:ess(?:es)?)?)?$/i;

function holdsAddress(text: string): boolean {
  return (text.includes('@') || text.includes('%40')) && address.test(text);
}

/** A text that may be told. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !holdsAddress(value) ? value : undefined;
}

function partOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** What may be told of what is left. */
function told(part: Json, path: string, omitted: string[]): Json | undefined {
  let left: Json | undefined;
  for (const key of Object.keys(part)) {
    const value = part[key];
    if (value === null || value === undefined || value === '') continue;
    const kept = toldValue(key, value, path, omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  return left;
}

function toldValue(key: string, value: unknown, path: string, omitted: string[]): unknown {
  if (contentNames.has(key) || emailName.test(key) || (typeof value === 'string' && holdsAddress(value))) {
    omitted.push(`${path}${key}`);
    return undefined;
  }
  if (Array.isArray(value)) {
    const kept = value
      .map((item, index) =>
        typeof item === 'object'
          ? toldWhole(item, `${path}${key}.${index}.`, omitted)
          : toldValue(`${index}`, item, `${path}${key}.`, omitted),
      )
      .filter((item) => item !== undefined);
    return kept.length > 0 || value.length === 0 ? kept : undefined;
  }
  return typeof value === 'object' ? toldWhole(value as Json, `${path}${key}.`, omitted) : value;
}

/** What nobody looks for anything in stays as it is, with what is empty. */
function toldWhole(part: Json | null, path: string, omitted: string[]): Json | null | undefined {
  if (part === null) return null;
  let left: Json | undefined;
  const keys = Object.keys(part);
  for (const key of keys) {
    const value = part[key];
    const kept = value === null || value === '' ? value : toldValue(key, value, path, omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  return keys.length === 0 ? part : left;
}

export function ecsByHandCarefully(record: Json): object {
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

interface Made {
  readonly document: Json;
  readonly event: Json;
  readonly users: string[];
  readonly omitted: string[];
  /** What of the record is left, by its fields. */
  readonly vendor: Json;
}

const time = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,6}Z$/;

function begin(record: Json, stream: string): Made {
  const { event_id, timestamp, principal, actor, ...others } = record;
  const omitted: string[] = [];
  const users: string[] = [];
  const document: Json = { ecs: { version: '9.4.0' } };
  const event: Json = {
    kind: 'event',
    module: 'openai_chatgpt_enterprise',
    dataset: `openai_chatgpt_enterprise.${stream}`,
  };
  document.event = event;
  document.gen_ai = { system: 'openai' };
  const id = textOf(event_id);
  if (id === undefined) others.event_id = event_id;
  else event.id = id;
  if (typeof timestamp === 'string' && time.test(timestamp)) document['@timestamp'] = timestamp;
  else {
    others.timestamp = timestamp;
    event.kind = 'pipeline_error';
    document.error = { message: 'The record has no time that can be read.' };
  }
  const ofPrincipal = partOf(principal);
  if (ofPrincipal === undefined) others.principal = principal;
  else {
    const { id, ...rest } = ofPrincipal;
    const organization = textOf(id);
    if (organization === undefined) rest.id = id;
    else document.organization = { id: organization };
    const left = told(rest, 'principal.', omitted);
    if (left !== undefined) others.principal = left;
  }
  const ofActor = partOf(actor);
  if (ofActor === undefined) others.actor = actor;
  else {
    const { user_id, user_email, ...rest } = ofActor;
    const user = textOf(user_id);
    if (user === undefined) rest.user_id = user_id;
    else {
      document.user = { id: user };
      users.push(user);
    }
    if (user_email !== undefined && user_email !== null && user_email !== '') omitted.push('actor.user_email');
    const left = told(rest, 'actor.', omitted);
    if (left !== undefined) others.actor = left;
  }
  return { document, event, users, omitted, vendor: others };
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function degrees(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= 180 ? number : undefined;
}

function placeOf(details: Json, omitted: string[]): { geo?: Json; left: Json | undefined } {
  const { country, city, region, region_code, latitude, longitude, ...rest } = details;
  const geo: Json = {};
  const [lat, lon] = [degrees(latitude), degrees(longitude)];
  if (lat !== undefined && lon !== undefined && Math.abs(lat) <= 90) geo.location = { lat, lon };
  else Object.assign(rest, { latitude, longitude });
  if (typeof country === 'string' && /^[a-z]{2}$/i.test(country)) geo.country_iso_code = country;
  else rest.country = country;
  const [inCity, inRegion, code] = [textOf(city), textOf(region), textOf(region_code)];
  if (inCity === undefined) rest.city = city;
  else geo.city_name = inCity;
  if (inRegion === undefined) rest.region = region;
  else geo.region_name = inRegion;
  if (code === undefined) rest.region_code = region_code;
  else geo.region_iso_code = code;
  const left = told(rest, 'request_metadata.client_ip_details.', omitted);
  for (const _ in geo) return { geo, left };
  return { left };
}

function origin({ document, vendor, omitted }: Made): string | undefined {
  const metadata = partOf(vendor.request_metadata);
  if (metadata === undefined) return undefined;
  const { client_ip, client_ip_details, client_user_agent, client_ja3, destination_hostname, ...rest } = metadata;
  const source: Json = {};
  const ip = typeof client_ip === 'string' && ipv4.test(client_ip) ? client_ip : undefined;
  if (ip === undefined) rest.client_ip = client_ip;
  else source.ip = ip;
  const details = partOf(client_ip_details);
  const place = details === undefined ? undefined : placeOf(details, omitted);
  if (place === undefined) rest.client_ip_details = client_ip_details;
  if (place?.geo !== undefined) source.geo = place.geo;
  if (ip !== undefined || place?.geo !== undefined) document.source = source;
  const agent = textOf(client_user_agent);
  if (agent === undefined) rest.client_user_agent = client_user_agent;
  else document.user_agent = { original: agent };
  const ja3 = textOf(client_ja3);
  if (ja3 === undefined) rest.client_ja3 = client_ja3;
  else document.tls = { client: { ja3 } };
  const host = textOf(destination_hostname);
  if (host === undefined) rest.destination_hostname = destination_hostname;
  else document.destination = { domain: host };
  const left = told(rest, 'request_metadata.', omitted) ?? {};
  if (place?.left !== undefined) left.client_ip_details = place.left;
  vendor.request_metadata = left;
  for (const _ in left) return ip;
  vendor.request_metadata = undefined;
  return ip;
}

/** Fields of a record that were told already, where they are objects. */
const toldBefore = new Set([
  'principal',
  'actor',
  'request_metadata',
  'action_data',
  'message',
  'conversation',
  'event_details',
]);

function finish({ document, users, omitted, vendor }: Made, stream: string, ip?: string): object {
  let left: Json | undefined;
  for (const key of Object.keys(vendor)) {
    const value = vendor[key];
    if (value === null || value === undefined || value === '') continue;
    const kept = toldBefore.has(key) && typeof value === 'object' ? value : toldValue(key, value, '', omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  const destination = document.destination as { readonly domain: string } | undefined;
  if (users.length > 0 || ip !== undefined || destination !== undefined) {
    const related: Json = {};
    if (users.length > 0) related.user = users;
    if (ip !== undefined) related.ip = [ip];
    if (destination !== undefined) related.hosts = [destination.domain];
    document.related = related;
  }
  document.openai_chatgpt_enterprise = {
    ...(left !== undefined && { [stream]: left }),
    ...(omitted.length > 0 && { omitted }),
  };
  return document;
}

const signIns: Readonly<Record<string, readonly [string, string]>> = {
  login_success: ['start', 'success'],
  password_login_invalid_password: ['start', 'failure'],
};

function signIn(record: Json): object {
  const made = begin(record, 'auth_log');
  const { event, vendor, omitted } = made;
  const data = partOf(vendor.action_data);
  if (data !== undefined) {
    const { action, ...rest } = data;
    const name = textOf(action);
    if (name === undefined) rest.action = action;
    else event.action = name;
    vendor.action_data = told(rest, 'action_data.', omitted);
  }
  const [type, outcome] = signIns[String(event.action)] ?? ['info', 'unknown'];
  event.category = ['authentication'];
  event.type = [type];
  event.outcome = outcome;
  return finish(made, 'auth_log', origin(made));
}

const auditTypes: Readonly<Record<string, readonly string[]>> = {
  USER_ROLE_UPDATED: ['info', 'user', 'change'],
  LIST_WORKSPACE_LOG_FILES: ['info'],
};
const outcomes: Readonly<Record<string, string>> = { SUCCESS: 'success', ERROR: 'failure', BLOCKED: 'failure' };

function auditAction(record: Json): object {
  const made = begin(record, 'audit_log');
  const { document, event, users, vendor, omitted } = made;
  const action = textOf(vendor.action);
  if (action !== undefined) {
    event.action = action.toLowerCase();
    if (event.action === action) vendor.action = undefined;
  }
  event.category = ['iam'];
  event.type = [...(auditTypes[action ?? ''] ?? ['info'])];
  event.outcome = outcomes[String(vendor.action_result)] ?? 'unknown';
  const data = partOf(vendor.action_data);
  if (data !== undefined) {
    const user = textOf(data.user_id);
    if (user !== undefined) {
      document.user = { ...(document.user as Json | undefined), target: { id: user } };
      if (!users.includes(user)) users.push(user);
    }
    vendor.action_data = told(data, 'action_data.', omitted);
  }
  return finish(made, 'audit_log', origin(made));
}

function message(record: Json): object {
  const made = begin(record, 'conversation_message');
  const { document, event, omitted, vendor } = made;
  const genAi: Json = { system: 'openai', operation: { name: 'chat' } };
  document.gen_ai = genAi;
  const written = partOf(vendor.message);
  if (written !== undefined) {
    const { id, author, content, ...rest } = written;
    const by = partOf(author);
    const said = partOf(content);
    const isAnswer = by?.type === 'assistant';
    const response: Json = {};
    if (isAnswer) {
      event.action = 'assistant_message';
      const type = textOf(said?.type);
      if (type !== undefined) genAi.output = { type };
      const answer = textOf(id);
      if (answer === undefined) rest.id = id;
      else response.id = answer;
    } else {
      rest.id = id;
      if (by?.type === 'user') event.action = 'user_message';
    }
    const left = told(rest, 'message.', omitted) ?? {};
    if (by === undefined) {
      const kept =
        author === null || author === undefined ? undefined : toldValue('author', author, 'message.', omitted);
      if (kept !== undefined) left.author = kept;
    } else {
      const { model, ...restOfAuthor } = by;
      const name = textOf(model);
      if (name === undefined) restOfAuthor.model = model;
      else {
        genAi.request = { model: name };
        response.model = name;
      }
      const tools = by.tools_used;
      if (Array.isArray(tools) && tools.length === 1) {
        const tool = textOf(tools[0]);
        if (tool !== undefined) genAi.tool = { name: tool };
      }
      const kept = told(restOfAuthor, 'message.author.', omitted);
      if (kept !== undefined) left.author = kept;
    }
    for (const _ in response) {
      genAi.response = response;
      break;
    }
    if (said === undefined) {
      if (content !== undefined && content !== null) omitted.push('message.content');
    } else {
      const { type, ...others } = said;
      for (const key of Object.keys(others)) {
        if (others[key] !== null && others[key] !== '') omitted.push(`message.content.${key}`);
      }
      const kept = told({ type }, 'message.content.', omitted);
      if (kept !== undefined) left.content = kept;
    }
    vendor.message = left;
  }
  const conversation = partOf(vendor.conversation);
  if (conversation !== undefined) vendor.conversation = told(conversation, 'conversation.', omitted);
  return finish(made, 'conversation_message');
}

function appCall(record: Json): object {
  const { input, output, ...others } = record;
  const made = begin(others, 'app_log');
  const { event, omitted } = made;
  event.category = ['api'];
  event.type = ['access'];
  event.action = 'app_call';
  if (partOf(input) !== undefined) {
    // Only where there is something in it.
    for (const key in partOf(input)) {
      if (partOf(input)?.[key] === null) continue;
      omitted.push('input.*');
      break;
    }
  } else if (input !== undefined && input !== null) omitted.push('input');
  if (output !== undefined && output !== null) omitted.push('output');
  return finish(made, 'app_log');
}

function codex(record: Json): object {
  const made = begin(record, 'codex_log');
  const { document, event, omitted, vendor } = made;
  const type = textOf(vendor.event_type);
  if (type !== undefined) {
    event.action = type.toLowerCase();
    if (event.action === type) vendor.event_type = undefined;
  }
  event.category = ['api'];
  event.type = ['info'];
  const genAi: Json = { system: 'openai' };
  if (type === 'PROMPT_RESPONSE_RECEIVED') genAi.operation = { name: 'chat' };
  document.gen_ai = genAi;
  const details = partOf(vendor.event_details);
  if (details !== undefined) {
    const { model, token_usage, ...rest } = details;
    if (typeof details.status === 'string' && details.status !== '') {
      event.outcome = details.status === 'completed' ? 'success' : 'unknown';
    }
    const name = textOf(model);
    if (name === undefined) rest.model = model;
    else {
      genAi.request = { model: name };
      genAi.response = { model: name };
    }
    const tokens = partOf(token_usage);
    let restOfTokens: Json | undefined;
    if (tokens === undefined) rest.token_usage = token_usage;
    else {
      const { input_tokens, output_tokens, ...others } = tokens;
      const usage: Json = {};
      if (Number.isInteger(input_tokens)) usage.input_tokens = input_tokens;
      else others.input_tokens = input_tokens;
      if (Number.isInteger(output_tokens)) usage.output_tokens = output_tokens;
      else others.output_tokens = output_tokens;
      for (const _ in usage) {
        genAi.usage = usage;
        break;
      }
      restOfTokens = told(others, 'event_details.token_usage.', omitted);
    }
    const left = told(rest, 'event_details.', omitted) ?? {};
    if (restOfTokens !== undefined) left.token_usage = restOfTokens;
    vendor.event_details = left;
  }
  return finish(made, 'codex_log');
}
