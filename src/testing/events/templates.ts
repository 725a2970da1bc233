import type { CostsEvent } from '../../audit-logs/events/costs.js';
import type { KnownEventType } from '../../audit-logs/events/event-types.js';
import { agentDetails } from './samples/agents.js';
import { apiKeyActions } from './samples/api-key-actions.js';
import { adminActions, undescribedActions, userActions } from './samples/audit-actions.js';
import { codexDetails, codexSecurityDetails } from './samples/codex.js';
import { conversationMessages, spreadsheetDetails } from './samples/conversations.js';
import type { EventContext, Template } from './template.js';

/** What an event says beyond its envelope. A kind is one event, or several that belong together. */
type Kind = readonly object[];

const accountUser = { type: 'ACCOUNT_USER', user_id: '<person.userId>', user_email: '<person.email>' };

/** What every event begins with. A template may say otherwise. */
export function envelope(type: KnownEventType) {
  return {
    event_id: '<uuid>',
    type,
    timestamp: '<time>',
    principal: {
      id: '<owner.id>',
      type: ({ owner }: EventContext) => (owner.type === 'workspace' ? 'CHATGPT_WORKSPACE' : 'API_PLATFORM_ORG'),
    },
    actor: accountUser,
  };
}

const places = [
  { country: 'DE', city: 'Berlin', region: 'Berlin', region_code: 'BE', latitude: '52.52', longitude: '13.40' },
  { country: 'US', city: 'Portland', region: 'Oregon', region_code: 'OR', latitude: '45.52', longitude: '-122.68' },
  { country: 'JP', city: 'Osaka', region: 'Osaka', region_code: '27', latitude: '34.69', longitude: '135.50' },
  { country: 'NO', city: 'Bergen', region: 'Vestland', region_code: '46', latitude: '60.39', longitude: '5.32' },
];

const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'ChatGPT/1.2026.300 (iOS 20.1; iPhone18,2)',
];

// Where a person's request came from. Addresses are from the ranges kept for documentation (RFC 5737).
const browserRequest = {
  client_ip: '203.0.113.<integer 1 254>',
  client_ip_details: ({ random }: EventContext) => ({
    ...random.pick(places),
    asn: `${random.integer(64_496, 64_511)}`,
  }),
  client_user_agent: ({ random }: EventContext) => random.pick(browsers),
  client_ja3: '<hex 32>',
  client_ja4: 't13d1516h2_<hex 12>_<hex 12>',
  destination_hostname: 'chatgpt.com',
};

const programRequest = {
  client_ip: '198.51.100.<integer 1 254>',
  client_user_agent: 'acme-collector/1.0',
  client_ja3: '',
  client_ja4: '',
  destination_hostname: 'api.chatgpt.com',
};

const byUser = { action_privilege: 'STANDARD_USER', request_metadata: browserRequest };
const byAdmin = { action_privilege: 'ADMIN', request_metadata: browserRequest };
const byProgram = {
  actor: { type: 'API_KEY', redacted_id: 'sk-...<text 4>' },
  action_privilege: 'ADMIN',
  request_metadata: programRequest,
};

function auditEvents(actions: Readonly<Record<string, object>>, by: object): Kind[] {
  const entries = Object.entries(actions);
  return entries.map(([action, action_data]) => [{ action, action_result: 'SUCCESS', ...by, action_data }]);
}

// The lists in turn, so that the first kinds are a good mixture.
function interleave<T>(...lists: readonly T[][]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  const indexes = Array.from({ length: longest }, (_none, index) => index);
  return indexes.flatMap((index) => lists.flatMap((list) => list.slice(index, index + 1)));
}

// The usual ones first.
const authActions = Object.entries({
  saml: 'login_success token_issued native_login_success logout_success token_revoked login_failed',
  password: `signup_success password_login_invalid_password password_login_sentinel_challenge
    password_login_sentinel_blocked password_reset_initiated password_reset_success password_reset_error
    password_reset_admin`,
}).flatMap(([provider, actions]) => actions.split(/\s+/).map((action) => [action, provider]));

function detailedEvents(details: Readonly<Record<string, object>>, frame: (eventType: string) => object): object[] {
  return Object.entries(details).map(([event_type, rest]) => ({
    ...frame(event_type),
    event_type,
    event_details: { detail_type: event_type, ...rest },
  }));
}

function inWorkspace(client_id: string) {
  return { client_id, workspace_id: '<owner.id>' };
}

const codexClients = 'CODEX_CLI|CODEX_IDE_VSCODE|CODEX_WEB|CODEX_GITHUB|CODEX_IDE_JETBRAINS_RUSTROVER';

// What an agent does to its own memory it does itself, for someone.
const agentActor = {
  type: 'AGENT',
  product_type: 'COLLAB_AGENT',
  id: 'ah_<hex 12>',
  name: 'Ops helper',
  product_id: 'agt_<hex 12>',
  agent_runtime: { id: 'rt_<hex 12>', delegator: accountUser },
  agent_task: { id: 'tk_<hex 12>' },
};

function agentFrame(eventType: string): object {
  return {
    ...(eventType.startsWith('MEMORY_') ? { actor: agentActor } : {}),
    ...inWorkspace(eventType.startsWith('AGENT_RUN') ? 'CHATGPT_WEB' : 'AGENT_BUILDER_WEB'),
  };
}

// A call to an app: what was sent, and what came back.
const appCalls = ['MCP', 'SERVICE', 'OPEN_API', 'FIRST_PARTY_ECOSYSTEM', 'UNKNOWN'].map((app_type, index): Kind => {
  const call = {
    app_id: 'connector_<hex 32 #app>',
    app_name: 'Wiki',
    app_type,
    conversation_id: index === 1 ? null : '<uuid #conversation>',
  };
  return [
    { ...call, log_type: 'request', input: { query: 'renewal policy', _meta: { 'openai/locale': 'en-US' } } },
    {
      timestamp: '<time 0.47>',
      ...call,
      log_type: 'response',
      output: [{ display_title: 'Renewal handbook', display_url: 'https://wiki.northwind.example/r' }],
    },
  ];
});

const link = { app_id: 'connector_<hex 32>', link_id: 'link_<hex 24>' };

// What one person's hour of one product came to.
const costs = [
  { product: 'ChatGPT', surface: 'chat', client: 'web', model: 'gpt-5.5', unit: 'CREDITS' },
  { product: 'codex', surface: 'codex', client: 'cli', model: 'gpt-5.5-codex', unit: 'CREDITS' },
  { product: 'Work', surface: 'agent', client: 'desktop_app', model: 'gpt-5.5', unit: 'USD' },
].map(({ unit, ...article }): Kind => {
  const payload: Template<CostsEvent['payload']> = {
    day: ({ micros }) => new Date(micros / 1000).toISOString().slice(0, 10),
    hour: ({ micros }) => new Date(micros / 1000).getUTCHours(),
    organization_id: '<owner.id>',
    identity: {
      user_id: '<person.userId>',
      email: '<person.email>',
      name: '<person.givenName> <person.familyName>',
      groups: [{ id: 'group-<hex 12>', name: '<person.department>' }],
      ...(article.surface === 'agent' ? { agent: { id: 'agt_<hex 12>', name: 'Ops helper' } } : {}),
    },
    ...article,
    service_tier: 'default',
    reasoning: 'medium',
    measures: {
      usage: ({ random }) => {
        const tokens = random.integer(100, 20_000);
        return { text_input_tokens: tokens, text_cached_input_tokens: tokens >> 1, text_output_tokens: 310 };
      },
      billing: [{ sku: 'GPT-5.5 - Output', quantity: { value: 310, unit: 'tokens' }, cost: { value: 1.4, unit } }],
    },
  };
  return [{ actor: { type: 'SYSTEM', id: 'costs_compliance' }, payload }];
});

// OpenAI has not published these fields; they are what collectors have seen.
const codexTurn = {
  product_client_id: 'CODEX_CLI',
  model: 'gpt-5.5-codex',
  thread_id: '<uuid>',
  token_usage: { uncached_input_tokens: 120, cached_input_tokens: 900, output_tokens: 80 },
  credits: 0.4,
};

// OpenAI has not published the fields of the analytics: only the envelope is certain.
const analytics: Kind[] = [[{ payload: {} }]];

/** Templates of every kind of every known type: each documented action and sub-type, the usual ones first. */
export const eventTemplates: { readonly [Type in KnownEventType]: readonly Kind[] } = {
  CONVERSATION_MESSAGE: conversationMessages,
  AUDIT_LOG: interleave(auditEvents(userActions, byUser), auditEvents(adminActions, byAdmin), [
    ...auditEvents(apiKeyActions, byProgram),
    ...auditEvents(undescribedActions, byAdmin),
  ]),
  AUTH_LOG: authActions.map(([action, auth_provider_name]) => [
    { request_metadata: browserRequest, action_data: { action, auth_provider_name, role: 'standard-user' } },
  ]),
  CODEX_LOG: detailedEvents(codexDetails, () => inWorkspace(`<pick ${codexClients}>`)).map((event) => [event]),
  CODEX_SECURITY_LOG: detailedEvents(codexSecurityDetails, () => inWorkspace('CODEX_WEB')).map((event) => [event]),
  CHATGPT_PLUGIN_SPREADSHEET: ['excel_addin', 'sheets_addin'].map((client) => {
    const [prompt = {}, answer] = detailedEvents(spreadsheetDetails, () => inWorkspace(client));
    return [prompt, { timestamp: '<time 3.1>', ...answer }];
  }),
  CUSTOM_AGENTS_LOG: detailedEvents(agentDetails, agentFrame).map((event) => [event]),
  APP_LOG: appCalls,
  APP_AUTH_LOG: [
    [{ ...link, action: 'link' }],
    [{ ...link, action: 'unlink' }],
    [{ ...link, app_id: null, action: 'unlink' }],
  ],
  COSTS: costs,
  CODEX_TURN: [[{ payload: codexTurn }]],
  CHATGPT_USER_ANALYTICS: analytics,
  CHATGPT_PROJECT_ANALYTICS: analytics,
  CHATGPT_GPT_ANALYTICS: analytics,
  CHATGPT_SURVEY_ANALYTICS: analytics,
};
