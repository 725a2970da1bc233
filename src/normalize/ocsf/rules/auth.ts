import type { AuthAction } from '../../../audit-logs/events/auth-log.js';
import { endedByName } from '../../outcome.js';
import type { Rule } from '../rule.js';

/** Nobody else stands in this log: who is signed in is who acts. */
const logon = { class: 'authentication', activity: 'logon', user: 'actor' } as const;
const reset = { class: 'account_change', activity: 'password_reset', user: 'actor' } as const;
const other = { class: 'authentication', activity: 'other', user: 'actor' } as const;

/** `AUTH_LOG` by its action. A token is no Kerberos ticket, and a wrong password no success. */
export const authRules: Readonly<Record<AuthAction, Rule>> = {
  login_success: { ...logon, status: 1 },
  native_login_success: { ...logon, status: 1 },
  login_failed: { ...logon, status: 2 },
  password_login_invalid_password: { ...logon, status: 2 },
  password_login_sentinel_blocked: { ...logon, status: 2 },
  password_login_sentinel_challenge: { ...logon, activity: 'preauth', status: 99 },
  logout_success: { ...logon, activity: 'logoff', status: 1 },
  token_issued: { ...other, status: 1 },
  token_revoked: { ...other, status: 1 },
  password_reset_initiated: { ...reset, status: 0 },
  password_reset_success: { ...reset, status: 1 },
  password_reset_admin: { ...reset, status: 1 },
  password_reset_error: { ...reset, status: 2 },
  signup_success: { class: 'account_change', activity: 'create', user: 'actor', status: 1 },
};

const succeeded = { ...other, status: 1 } as const;
const failed = { ...other, status: 2 } as const;

/** For an action that is not known: how it ended, it may say by its end. */
export function otherAuthRule(action: string | undefined): Rule {
  const ended = endedByName(action ?? '');
  return ended === 'success' ? succeeded : ended === 'failure' ? failed : other;
}
