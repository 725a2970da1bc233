import type { CodexTurnEvent } from '../../audit-logs/events/codex-log.js';
import type { WorkspaceAnalyticsEvent } from '../../audit-logs/events/workspace-analytics.js';
import { type EventMaker, envelope } from './event-context.js';

/** A turn of Codex. OpenAI has not published its fields; these are what collectors have seen. */
export const codexTurn: EventMaker<CodexTurnEvent> = {
  kinds: 1,
  make: (context) => [
    {
      ...envelope('CODEX_TURN', context),
      payload: {
        product_client_id: 'CODEX_CLI',
        model: 'gpt-5.5-codex',
        thread_id: context.random.uuid(),
        token_usage: { uncached_input_tokens: 120, cached_input_tokens: 900, output_tokens: 80 },
        credits: 0.4,
      },
    },
  ],
};

/** A daily figure. OpenAI has not published the fields of any of the four types: only the envelope is certain. */
export function analytics<Type extends WorkspaceAnalyticsEvent['type']>(
  type: Type,
): EventMaker<WorkspaceAnalyticsEvent & { readonly type: Type }> {
  return { kinds: 1, make: (context) => [{ ...envelope(type, context), payload: {} }] };
}
