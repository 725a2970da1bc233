import type { AppCallEvent } from '../../audit-logs/events/app-log.js';
import { type EventMaker, envelope, idOf } from './event-context.js';

const types = ['MCP', 'SERVICE', 'OPEN_API', 'FIRST_PARTY_ECOSYSTEM', 'UNKNOWN'] as const;

/** A call to an app: what was sent, and what came back. */
export const appLog: EventMaker<AppCallEvent> = {
  kinds: types.length,
  make(context, kind) {
    const call = {
      app_id: idOf(context, 'connector_', 32),
      app_name: 'Wiki',
      app_type: types[kind] ?? 'MCP',
      conversation_id: kind === 1 ? null : context.random.uuid(),
    };
    const input = { query: 'renewal policy', _meta: { 'openai/locale': 'en-US' } };
    const output = [{ display_title: 'Renewal handbook', display_url: 'https://wiki.northwind.example/r' }];
    return [
      { ...envelope('APP_LOG', context), ...call, log_type: 'request', input },
      { ...envelope('APP_LOG', context, 470), ...call, log_type: 'response', output },
    ];
  },
};
