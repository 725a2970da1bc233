import type { Draft } from './draft.js';
import { location } from './envelope.js';
import type { Stream } from './stream.js';
import type { Place } from './walk.js';

/** What ChatGPT tells an app of its client; the rest of the input is content. */
const inputMeta: Place = (key, value, draft) => {
  switch (key) {
    case 'openai/userAgent':
      return draft.userAgent(value);
    case 'openai/userLocation':
      return location;
    default:
      return 'kept';
  }
};

const input: Place = (key) => (key === '_meta' ? inputMeta : 'hidden');

const callPlace: Place = (key, value) => {
  switch (key) {
    case 'input':
      return typeof value === 'object' && !Array.isArray(value) ? input : 'content';
    case 'output':
      return 'content';
    default:
      return 'kept';
  }
};

export const appLog: Stream = {
  name: 'app_log',
  classify(record, draft) {
    const { event } = draft.document;
    event.action = 'app_call';
    event.category = ['api'];
    event.type = ['access'];
    if (record.log_type === 'response') event.outcome = outcomeOfOutput(record.output);
  },
  place: callPlace,
};

/** An app of MCP says whether it failed; another one says nothing. */
function outcomeOfOutput(output: unknown): 'success' | 'failure' | 'unknown' {
  let outcome: 'success' | 'unknown' = 'unknown';
  for (const part of Array.isArray(output) ? output : []) {
    const isError = part?.response?.result?.isError;
    if (isError === true) return 'failure';
    if (isError === false) outcome = 'success';
  }
  return outcome;
}

export const appAuthLog: Stream = {
  name: 'app_auth_log',
  classify(record, draft) {
    draft.action(record.action);
    draft.document.event.category = ['configuration'];
    draft.document.event.type = ['change'];
  },
  place: actionBeside(() => 'kept'),
};

/** The same, and the action at the top of a record, which has its field already. */
export function actionBeside(place: Place, name = 'action'): Place {
  return (key: string, value: unknown, draft: Draft) =>
    key === name && value !== undefined && value === draft.document.event.action ? 'taken' : place(key, value, draft);
}
