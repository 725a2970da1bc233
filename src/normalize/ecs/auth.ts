import type { AuthAction } from '../../audit-logs/events/auth-log.js';
import type { EcsCategory, EcsEvent, EcsOutcome, EcsType } from './document.js';
import { type Stream, within } from './stream.js';
import type { Place } from './walk.js';

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

const actionData: Place = (key, value, draft) =>
  key === 'action' && value !== undefined && value === draft.document.event.action ? 'taken' : 'kept';

export const authLog: Stream = {
  name: 'auth_log',
  classify(record, draft) {
    draft.action(within(record, 'action_data', 'action'));
    const { event } = draft.document;
    const { action = '' } = event;
    const known = Object.hasOwn(authActions, action) ? authActions[action as AuthAction] : undefined;
    if (known === undefined) classifyByName(action, event);
    else {
      event.category = [...known.category];
      event.type = [...known.type];
      event.outcome = known.outcome;
    }
  },
  place: (key) => (key === 'action_data' ? actionData : 'kept'),
};

/** An action that came later, by how such are named. Success is said of none that does not say it. */
function classifyByName(action: string, event: EcsEvent): void {
  const isLogout = action.includes('logout');
  event.category = ['authentication'];
  event.type = [isLogout ? 'end' : action.includes('login') ? 'start' : 'info'];
  if (/(?:^|_)(?:success|succeeded)$/.test(action)) event.outcome = 'success';
  else event.outcome = /fail|error|invalid|blocked|denied|rejected/.test(action) ? 'failure' : 'unknown';
}
