import { checkObject } from '../../errors/check-options.js';
import { readAttribute } from './names.js';

const serviceAccount = 'serviceaccount';

/**
 * Whether a user of the directory is a service account: an identity of a program, with `userType` `ServiceAccount`, in
 * upper or lower case, as SCIM compares texts (RFC 7643 §8.7.1), and otherwise letter by letter.
 *
 * `false` says no more than that the directory does not call it one. A user without a `userType` is not known to be a
 * person, nor is one that was read with `attributes` that leave the `userType` out.
 *
 * @throws InputError for what is no object.
 * @example
 * ```ts
 * import { isServiceAccount, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * for await (const user of client.users.iterate()) {
 *   if (!isServiceAccount(user)) console.log(user.userName);
 * }
 * ```
 */
export function isServiceAccount(user: { readonly userType?: unknown }): boolean {
  checkObject('user', user);
  const userType = readAttribute(user, 'userType');
  return typeof userType === 'string' && userType.toLowerCase() === serviceAccount;
}
