import { endedByOutput } from '../outcome.js';
import { location } from './envelope.js';
import type { Stream } from './stream.js';
import { actionTaken, Places } from './walk.js';

/** What ChatGPT tells an app of its client; the rest of the input is content. */
const inputMeta = new Places({
  'openai/userAgent': (value, draft) => draft.userAgent(value),
  'openai/userLocation': location,
});

const input = new Places({ _meta: inputMeta }, 'hidden');

const callPlaces = new Places({
  input: (value) => (typeof value === 'object' && !Array.isArray(value) ? input : 'content'),
  output: 'content',
});

export const appLog: Stream = {
  name: 'app_log',
  classify(record, draft) {
    const { event } = draft.document;
    event.action = 'app_call';
    event.category = ['api'];
    event.type = ['access'];
    if (record.log_type === 'response') event.outcome = endedByOutput(record.output);
  },
  places: callPlaces,
};

export const appAuthLog: Stream = {
  name: 'app_auth_log',
  classify(record, draft) {
    draft.action(record.action);
    draft.document.event.category = ['configuration'];
    draft.document.event.type = ['change'];
  },
  places: new Places({ action: actionTaken }),
};
