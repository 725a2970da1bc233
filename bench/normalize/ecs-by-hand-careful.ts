// The peer that is judged by: the same mapping by hand, by somebody who promises what the library promises. What is not of the
// type that its field takes stays where it was, an address in any text is left out by its path, so is what is content by its
// name, and what is empty is dropped. A test puts an address, a null and a number into each place of each record, and wants
// the same documents.

import { begin, finish, origin } from './ecs-frame-by-hand.ts';
import { type Json, partOf, textOf, told, toldValue } from './what-may-be-told.ts';

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
