import { customScim, directoryOfTenant, tokenShownOnce } from '../menus.js';
import { scimHelp } from './pages.js';
import { catalogue } from './remedy.js';

/** What can be wrong with the SCIM half of a connection. */
export const scimRemedies = /* @__PURE__ */ catalogue(() => ({
  scim_token_refused: {
    field: 'scimToken',
    message:
      'The SCIM token was refused: it is wrong, has been regenerated, or belongs to another directory, or the directory takes OAuth client credentials only.',
    remedy: `Compare the URL with the one in ChatGPT under ${customScim}, and enter the token that was shown there. ${tokenShownOnce} ${directoryOfTenant} For OAuth, the program has to be given \`clientCredentials\` as the token.`,
    link: scimHelp,
  },
  scim_forbidden: {
    field: 'scimToken',
    message: 'The SCIM token is valid but may not do this: it may belong to another directory.',
    remedy: `Compare the URL with the one in ChatGPT under ${customScim}, and enter the token that was shown there. ${tokenShownOnce} ${directoryOfTenant}`,
    link: scimHelp,
  },
  directory_unknown: {
    field: 'scimBaseUrl',
    message: 'The SCIM URL leads to no directory: it is mistyped, or the directory was deleted.',
    remedy: `Copy the whole SCIM URL again in ChatGPT under ${customScim}. ${directoryOfTenant}`,
    link: scimHelp,
  },
}));

/** What to do about a SCIM request that was refused for what it asks. */
export const scimRequestRemedies = {
  invalid_filter:
    'The server does not support this filter. Use a simpler one, and choose from what comes back with `matchesFilter`.',
  not_found: 'The resource does not exist (any more), or the SCIM URL is that of another directory.',
  still_there:
    'The resource is there, and can be read: the server does not have this method (`ServiceProviderConfig`), or misses something that the request names.',
  address_as_id:
    'An e-mail address was given as the `id`, and nothing has that id. Look the user up with `users.find({ userName: address })`, or with `users.find({ emails: address })` where names are no addresses, and pass its `id`.',
  conflict:
    'Another resource has the same `userName`, e-mail address or `externalId`. Use `upsert` to adopt it if it is the same one.',
  precondition_failed: 'The resource has changed since it was read. Read it again and repeat the change.',
  payload_too_large: 'Send less in one request.',
  precondition_required:
    'The server requires `ifMatch`: read the resource and pass its `etagOf` to `patch`, `replace` or `delete`.',
  not_implemented: 'This server does not support that.',
  list_not_implemented:
    'This server has no such filter or order. Read the whole list, and choose here with `matchesFilter`; `find` does so by itself.',
  creation_unknown:
    'It may have been created all the same. Look for it in the directory before you create it again, or use `upsert`, which looks first.',
  creation_unknown_without_key:
    'It may have been created all the same, and has no name to look it up by. Look at the directory before you create it again, and give it an `externalId`: then a lost answer is looked up.',
  creation_unlisted:
    'It was created. Whether another one has the same natural keys could not be seen: look at the directory, and do not create it again.',
} as const;
