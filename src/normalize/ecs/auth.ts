import type { AuthAction } from '../../audit-logs/events/auth-log.js';
import { endedByName } from '../outcome.js';
import type { EcsCategory, EcsEvent, EcsOutcome, EcsType } from './document.js';
import { type Stream, within } from './stream.js';
import { actionTaken, Places } from './walk.js';

interface Kind {
  readonly category: readonly EcsCategory[];
  readonly type: readonly EcsType[];
  readonly outcome: EcsOutcome;
}

const ofAuthentication: readonly EcsCategory[] = ['authentication'];
const ofAccounts: readonly EcsCategory[] = ['authentication', 'iam'];

/** A wrong password is a sign-in that failed, and no success, as it is where only the word “fail” counts. */
export const authActions: Readonly<Record<AuthAction, Kind>> = {
  login_success: { category: ofAuthentication, type: ['start'], outcome: 'success' },
  native_login_success: { category: ofAuthentication, type: ['start'], outcome: 'success' },
  login_failed: { category: ofAuthentication, type: ['start'], outcome: 'failure' },
  password_login_invalid_password: { category: ofAuthentication, type: ['start'], outcome: 'failure' },
  password_login_sentinel_blocked: { category: ofAuthentication, type: ['start'], outcome: 'failure' },
  password_login_sentinel_challenge: { category: ofAuthentication, type: ['start'], outcome: 'unknown' },
  logout_success: { category: ofAuthentication, type: ['end'], outcome: 'success' },
  token_issued: { category: ofAuthentication, type: ['info'], outcome: 'success' },
  token_revoked: { category: ofAuthentication, type: ['info'], outcome: 'success' },
  signup_success: { category: ofAccounts, type: ['info', 'user', 'creation'], outcome: 'success' },
  password_reset_initiated: { category: ofAccounts, type: ['info', 'user'], outcome: 'unknown' },
  password_reset_success: { category: ofAccounts, type: ['info', 'user', 'change'], outcome: 'success' },
  password_reset_admin: { category: ofAccounts, type: ['info', 'user', 'change'], outcome: 'success' },
  password_reset_error: { category: ofAccounts, type: ['info', 'user'], outcome: 'failure' },
};

// All of them are in small letters.
const kinds: ReadonlyMap<unknown, Kind & { readonly action: string }> = new Map(
  Object.entries(authActions).map(([action, kind]) => [action, { ...kind, action }]),
);

const actionData = new Places({ action: actionTaken });

export const authLog: Stream = {
  name: 'auth_log',
  classify(record, draft) {
    const action = within(record, 'action_data', 'action');
    const { event } = draft.document;
    let known = kinds.get(action);
    if (known === undefined) {
      draft.action(action);
      known = kinds.get(event.action);
    }
    if (known === undefined) classifyByName(event.action ?? '', event);
    else {
      event.action = known.action;
      event.category = known.category.slice();
      event.type = known.type.slice();
      event.outcome = known.outcome;
    }
  },
  places: new Places({ action_data: actionData }),
};

/** An action that came later, by how such are named. */
function classifyByName(action: string, event: EcsEvent): void {
  const isLogout = action.includes('logout');
  event.category = ['authentication'];
  event.type = [isLogout ? 'end' : action.includes('login') ? 'start' : 'info'];
  event.outcome = endedByName(action);
}
