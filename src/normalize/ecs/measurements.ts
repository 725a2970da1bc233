import type { Stream } from './stream.js';
import { Places } from './walk.js';

const identity = new Places({
  user_id: (value, draft) => draft.user(value),
  email: (value, draft) => draft.email(value),
  name: (value, { document }) => {
    if (typeof value !== 'string' || document.user?.full_name !== undefined) return 'kept';
    document.user = { ...document.user, full_name: value };
    return 'taken';
  },
});

const payload = new Places({ identity, model: (value, draft) => draft.model(value) });

const places = new Places({ payload });

/**
 * Costs and analytics are no activity: ECS calls such a document a `metric`, and gives it no category. Tokens stay as they are:
 * those of `gen_ai.usage` are of one answer, and these of an hour or a day.
 */
export function measurement(name: string): Stream {
  return {
    name,
    classify(_record, draft) {
      draft.document.event.kind = 'metric';
    },
    places,
  };
}
