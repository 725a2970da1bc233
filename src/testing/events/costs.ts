import type { CostsEvent } from '../../audit-logs/events/costs.js';
import { type EventMaker, envelope, idOf } from './event-context.js';

const articles = [
  { product: 'ChatGPT', surface: 'chat', client: 'web', model: 'gpt-5.5', unit: 'CREDITS' },
  { product: 'codex', surface: 'codex', client: 'cli', model: 'gpt-5.5-codex', unit: 'CREDITS' },
  { product: 'Work', surface: 'agent', client: 'desktop_app', model: 'gpt-5.5', unit: 'USD' },
] as const;

/** What one person's hour of one product came to. */
export const costs: EventMaker<CostsEvent> = {
  kinds: articles.length,
  make(context, kind) {
    const { random, person, micros, owner } = context;
    const { product, surface, client, model, unit } = articles[kind] ?? articles[0];
    const when = new Date(micros / 1000);
    const tokens = random.integer(100, 20_000);
    const row = {
      day: when.toISOString().slice(0, 10),
      hour: when.getUTCHours(),
      organization_id: owner.id,
      identity: {
        user_id: person.userId,
        email: person.email,
        name: `${person.givenName} ${person.familyName}`,
        groups: [{ id: idOf(context, 'group-'), name: person.department }],
        ...(kind === 2 ? { agent: { id: idOf(context, 'agt_'), name: 'Ops helper' } } : {}),
      },
      product,
      surface,
      client,
      model,
      service_tier: 'default',
      reasoning: 'medium',
      measures: {
        usage: { text_input_tokens: tokens, text_cached_input_tokens: Math.floor(tokens / 2), text_output_tokens: 310 },
        billing: [{ sku: 'GPT-5.5 - Output', quantity: { value: 310, unit: 'tokens' }, cost: { value: 1.4, unit } }],
      },
    };
    return [{ ...envelope('COSTS', context), actor: { type: 'SYSTEM', id: 'costs_compliance' }, payload: row }];
  },
};
