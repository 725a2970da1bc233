// A mix as a workspace has it: sign-ins, what administrators and programs did, messages, calls of apps, Codex, agents.
const principal = { id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11', type: 'CHATGPT_WORKSPACE' };
const mira = { type: 'ACCOUNT_USER', user_id: 'user-9kQm2ZpTr4VxLw7NdYb1HcGs', user_email: 'mira@northwind.example' };
const requestMetadata = {
  client_ip: '203.0.113.24',
  client_ip_details: {
    country: 'DE',
    city: 'Berlin',
    region: 'Berlin',
    region_code: 'BE',
    latitude: '52.52',
    longitude: '13.40',
  },
  client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  client_ja3: 'f90ffded875933863a95a1a84285c922',
  client_ja4: 'q13d0311h3_55b375c5d22e_653d80c3fe9d',
  destination_hostname: null,
};

const records: readonly Readonly<Record<string, unknown>>[] = [
  {
    type: 'AUTH_LOG',
    request_metadata: requestMetadata,
    action_data: { action: 'login_success', auth_provider_name: 'saml' },
  },
  {
    type: 'AUTH_LOG',
    request_metadata: requestMetadata,
    action_data: { action: 'password_login_invalid_password', auth_provider_name: 'password', role: 'standard-user' },
  },
  {
    type: 'AUDIT_LOG',
    action: 'USER_ROLE_UPDATED',
    action_result: 'SUCCESS',
    action_privilege: 'ADMIN',
    request_metadata: requestMetadata,
    action_data: { user_id: 'user-Bb3Kd8QwPz0RtYx5MnLa2VcE', new_role: 'account-admin' },
  },
  {
    type: 'AUDIT_LOG',
    actor: { type: 'API_KEY', redacted_id: 'sk-...Q7tZ' },
    action: 'LIST_WORKSPACE_LOG_FILES',
    action_result: 'SUCCESS',
    action_privilege: 'ADMIN',
    request_metadata: { client_ip: '198.51.100.7', client_user_agent: 'acme-collector/1.0' },
    action_data: { limit: '100', after: '2026-08-03T09:50:00Z', event_type: 'AUTH_LOG' },
  },
  {
    type: 'CONVERSATION_MESSAGE',
    message: {
      id: 'm-001',
      created_at: '2026-08-03T09:12:43.900000Z',
      author: { type: 'user', client_type: 'macos_app' },
      content: { type: 'text', value: 'Draft a renewal note for Contoso.' },
      files: [{ id: 'file-7Yt2', name: 'contract.pdf' }],
    },
    conversation: { id: 'c-77', title: 'Contoso renewal', created_at: '2026-08-03T09:12:43Z', is_pinned: false },
  },
  {
    type: 'CONVERSATION_MESSAGE',
    previous_message_id: 'm-001',
    message: {
      id: 'm-002',
      author: { type: 'assistant', model: 'gpt-5.2', tools_used: ['file_search'] },
      content: {
        type: 'text',
        value: 'Here is a first version.',
        annotations: [{ type: 'file_citation', files: [{ id: 'file-7Yt2', name: 'contract.pdf' }] }],
      },
    },
    conversation: { id: 'c-77', title: 'Contoso renewal', created_at: '2026-08-03T09:12:43Z' },
  },
  {
    type: 'APP_LOG',
    app_id: 'connector_41ab',
    app_name: 'Wiki',
    app_type: 'MCP',
    conversation_id: 'c-77',
    log_type: 'request',
    input: { query: 'renewal policy' },
  },
  {
    type: 'CODEX_LOG',
    event_type: 'PROMPT_RESPONSE_RECEIVED',
    client_id: 'CODEX_CLI',
    workspace_id: principal.id,
    event_details: {
      detail_type: 'PROMPT_RESPONSE_RECEIVED',
      session_id: 's-501',
      response_text: 'Renamed the module and updated 4 imports.',
      status: 'completed',
      model: 'gpt-5.1-codex',
      service_tier: 'default',
      reasoning_effort: 'medium',
      token_usage: { input_tokens: 812, output_tokens: 144, cached_input_tokens: 640, reasoning_output_tokens: 32 },
      environment_id: null,
    },
  },
];

/** As they come out of `JSON.parse`. */
export const sampleRecords = records.map(
  (fields, index) =>
    JSON.parse(
      JSON.stringify({
        event_id: `a3c5e1f0-91d4-4c52-8f0e-2f5c1b7e4d1${index}`,
        type: fields.type,
        timestamp: '2026-08-03T06:58:12.004519Z',
        principal,
        actor: mira,
        ...fields,
      }),
    ) as Readonly<Record<string, unknown>>,
);
