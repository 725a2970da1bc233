import type { AppAuthEvent } from '../../audit-logs/events/app-log.js';
import { type EventMaker, envelope, idOf } from './event-context.js';

/** An account at an app is connected, or disconnected (also after the app is gone). */
export const appAuthLog: EventMaker<AppAuthEvent> = {
  kinds: 3,
  make(context, kind) {
    const app_id = kind === 2 ? null : idOf(context, 'connector_', 32);
    const action = kind === 0 ? 'link' : 'unlink';
    return [{ ...envelope('APP_AUTH_LOG', context), app_id, link_id: idOf(context, 'link_', 24), action }];
  },
};
