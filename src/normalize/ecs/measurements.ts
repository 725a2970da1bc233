import type { Stream } from './stream.js';
import type { Place } from './walk.js';

const identity: Place = (key, value, draft) => {
  switch (key) {
    case 'user_id':
      return draft.user(value);
    case 'email':
      return draft.email(value);
    case 'name':
      if (typeof value !== 'string' || draft.document.user?.full_name !== undefined) return 'kept';
      draft.document.user = { ...draft.document.user, full_name: value };
      return 'taken';
    default:
      return 'kept';
  }
};

const payload: Place = (key, value, draft) => {
  switch (key) {
    case 'identity':
      return identity;
    case 'model':
      return draft.model(value);
    default:
      return 'kept';
  }
};

const place: Place = (key) => (key === 'payload' ? payload : 'kept');

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
    place,
  };
}
