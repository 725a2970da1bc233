import type { SdkErrorCode } from '../../src/errors/sdk-error.js';

/** What a code means to whoever meets it, and what helps. */
interface Meaning {
  readonly of: string;
  readonly cause: string;
  readonly remedy: string;
}

const response = (cause: string, remedy: string): Meaning => ({ of: 'ResponseError, ScimError', cause, remedy });
const connection = (cause: string, remedy: string): Meaning => ({ of: 'ConnectionError', cause, remedy });
const file = (cause: string, remedy: string): Meaning => ({ of: 'AuditLogFileError', cause, remedy });
const plan = (cause: string, remedy: string): Meaning => ({ of: 'PlanError', cause, remedy });
const emulator = (cause: string, remedy: string): Meaning => ({ of: 'EmulatorError', cause, remedy });

/** Every code of an error: the compiler refuses this table when one is missing. */
export const errorCodes: Readonly<Record<SdkErrorCode, Meaning>> = {
  invalid_input: {
    of: 'InputError',
    cause:
      'An argument cannot be used: a misspelt option, an empty id, a body that the server would refuse. Nothing was sent.',
    remedy: '`path` says where; the message says what belongs there.',
  },
  access_denied: {
    of: 'AccessDeniedError',
    cause: 'The connection form does not allow this change. Nothing was sent.',
    remedy: '`permissions` names each checkbox that it takes. Tick it, if this program may do this.',
  },
  invalid_config: {
    of: 'ConfigError',
    cause: 'The values of the form make no connection. Nothing was sent.',
    remedy: '`issues` has every problem with its field, code and remedy: see [the form](#problems-of-the-form).',
  },
  invalid_response: {
    of: 'ResponseValidationError',
    cause: 'The server answered with something that the protocol does not allow.',
    remedy:
      'Check the base URL, and that no proxy answers in its place. `issues` says what is wrong with which attribute.',
  },
  invalid_patch: {
    of: 'PatchError',
    cause: 'An operation of a PATCH cannot be applied: unknown path, wrong type, no match. Nothing was sent.',
    remedy: '`operation` says which one, `scimType` why.',
  },
  network_error: connection(
    'No answer came: unknown host, connection refused or reset, certificate not trusted. `reason` has the code of the runtime.',
    'Follow `remedy`, which depends on `reason`. See [Proxies and certificates](proxies-and-certificates.md).',
  ),
  timeout: connection(
    '`timeoutMs` or `deadlineMs` ran out.',
    'Follow `remedy`: it tells a slow answer from a service that asked for patience. A request’s wait for its turn in the client’s own rate limit counts for neither; of a call of several requests, such as a write with `verify`, it counts for `deadlineMs`: raise that, or `rateLimit`.',
  ),
  response_too_large: connection(
    'The answer is larger than `maxResponseBytes`.',
    'Ask for less at a time: lower `count` or `limit`, or leave out `members`. Or raise `maxResponseBytes`.',
  ),
  response_cut: connection(
    'The connection ended before the answer did, or the answer could not be unpacked.',
    'Start again. If it stays so, look for a proxy that cuts long answers.',
  ),
  insecure_url: connection('The address of a download is not https.', 'Do not follow it: report it to OpenAI.'),
  host_not_allowed: connection(
    '`allowHost` refused the host. Nothing was sent.',
    'Check the host in the form. If it is right, let `allowHost` return true for it, and for the storage host of downloads.',
  ),
  credential_unavailable: connection(
    '`clientCredentials` got no token. Nothing was sent to the service.',
    'Follow `remedy`: it tells a wrong secret from an address that does not answer.',
  ),
  queue_full: connection(
    'More calls wait for the client’s own rate limit than `maxQueued` allows.',
    'Start fewer at once: wait for some before the next ones, or raise `rateLimit.maxQueued`.',
  ),
  connection_closed: connection(
    'The connection was closed while the call was under way, or before.',
    'Open a new one with `connect`.',
  ),
  bad_request: response(
    'The server does not accept what was asked (400).',
    'Read `serverMessage()`, and `scimType` where there is one.',
  ),
  unauthorized: response(
    'The credential was not accepted (401): mistyped, expired, revoked, or of another kind.',
    'Run `connection.check()`: it says which field holds the wrong one, and where the right one is made.',
  ),
  forbidden: response(
    'The credential is valid and may not do this (403).',
    'Run `connection.check()`: it names the permission that is missing, and who can tick it.',
  ),
  not_found: response(
    'It does not exist, or the credential may not see it (404).',
    'Check the id and the base URL. Of a log route: the workspace was renamed, moved or deleted, or its ID is mistyped; copy the ID again.',
  ),
  method_not_allowed: response(
    'The server does not have this method there (405).',
    'Check the base URL. A directory without PATCH is written to by PUT by itself.',
  ),
  conflict: {
    of: 'ResponseError, ScimError, NaturalKeyConflictError',
    cause: 'It conflicts with what the server holds (409); or two resources claim to be the one that is meant.',
    remedy:
      'Read both, and decide which one is meant: nothing was guessed. Use `upsert` to adopt the one that is there.',
  },
  uniqueness: response(
    'Another resource has one of the values, such as the `userName`.',
    'Use `upsert` to adopt it if it is the same person.',
  ),
  gone: response('What was asked for is no longer there (410).', 'Leave it out, or list anew.'),
  precondition_failed: response(
    'The resource has changed since it was read (412).',
    'Read it again and repeat the change.',
  ),
  payload_too_large: response('The server takes no request of this size (413).', 'Send less in one request.'),
  unprocessable: response(
    'The server understood the request and cannot carry it out (422).',
    'Read `serverMessage()`.',
  ),
  precondition_required: response('The server wants `ifMatch` (428).', 'Read the resource, and pass its `etagOf`.'),
  rate_limited: response(
    'Too many requests (429), and waiting as long as the server asked did not help.',
    'Lower `rateLimit`; look for another program that uses the same key.',
  ),
  server_error: response(
    'The service failed (5xx), several times.',
    'Start again later: a reader of logs goes on from its checkpoint, a plan from its journal.',
  ),
  not_implemented: response(
    'The server does not support this (501): often a filter or an order.',
    'Read the whole list and choose with `matchesFilter`. `find` does so by itself.',
  ),
  unexpected_redirect: response(
    'The server redirects. The credential was not sent there.',
    'If that address is right, use it as the URL. Else look for a sign-in page of your network.',
  ),
  unexpected_status: response('A status that has no meaning of its own here.', 'Read `status` and `serverMessage()`.'),
  incomplete_list: {
    of: 'IncompleteListError',
    cause:
      'The list was read to its end, and something may be missing: rows moved while it was read, or the count does not fit.',
    remedy: 'Read it again. Do not conclude from it that somebody is not there.',
  },
  pagination_stuck: {
    of: 'IncompleteListError',
    cause: 'The list was not read to its end: to go on would repeat for ever or leave something out.',
    remedy: 'Read it again. If it stays so, report it to whoever runs the server: `reason` says what its pages do.',
  },
  invalid_filter: {
    of: 'ScimSyntaxError',
    cause: 'The filter is not one of RFC 7644 §3.4.2.2.',
    remedy: '`position` points at the place. Build filters with the `filter` tag.',
  },
  invalid_path: {
    of: 'ScimSyntaxError',
    cause: 'The path is not one of RFC 7644 §3.5.2.',
    remedy: '`position` points at the place.',
  },
  not_applied: {
    of: 'WriteNotConfirmedError',
    cause: 'The server answered with success, and shows something else.',
    remedy: '`attributes` names what differs. Look at the resource before you write again.',
  },
  write_pending: {
    of: 'WriteNotConfirmedError',
    cause: 'The server accepted the write (202) and has not carried it out yet.',
    remedy: 'Read the resource later to see it.',
  },
  invalid_checkpoint: {
    of: 'CheckpointError',
    cause: 'It was changed or cut short, or is no checkpoint.',
    remedy:
      'Use the last one that was saved whole. Without one, begin at a time: what comes twice has the same `event_id`.',
  },
  unknown_checkpoint_version: {
    of: 'CheckpointError',
    cause: 'It was written by a later version of the library.',
    remedy: 'Update the library.',
  },
  retention_gap: {
    of: 'CheckpointError',
    cause: 'The files to be read next are no longer kept (30 days).',
    remedy: '`gaps()` says of whom, and from when to when. Set `onRetentionGap` to note it and go on behind it.',
  },
  hash_mismatch: file(
    'The SHA-256 of the file is not the one that the list gives.',
    'Resume from the checkpoint. If it happens again, look for a proxy that changes what passes, or report the file to OpenAI.',
  ),
  size_mismatch: file(
    'The size of the file is not the one that the list gives.',
    'Resume from the checkpoint. If it happens again, look for a proxy that changes what passes, or report the file to OpenAI.',
  ),
  file_too_large: file('It is larger than `maxFileBytes`.', 'Raise `maxFileBytes` if there is memory for it.'),
  download_failed: file(
    'It could not be downloaded; `cause` says why.',
    'Resume from the checkpoint, or set `onFailedFile` to go on without it: the checkpoint remembers it.',
  ),
  invalid_row: file(
    'The list names it without an id or a time.',
    'Set `onFailedFile` to go on with the other files, and report the list to OpenAI.',
  ),
  invalid_line: file(
    'A line of it is no record; `line` says which.',
    "Set `invalidLine: 'skip'`, or a function, to go on after it, and report the file to OpenAI.",
  ),
  lease_lost: {
    of: 'ExportError',
    cause: 'Another process has the lease now; the store refused what came from this one.',
    remedy: 'Nothing is lost: the other goes on. If none was meant to, raise `leaseMs`.',
  },
  unknown_schema: {
    of: 'ExportError',
    cause: 'The tables or files were made by a later version.',
    remedy: 'Update the library, or give this one another place.',
  },
  store_damaged: {
    of: 'ExportError',
    cause: 'What the store holds contradicts its own record.',
    remedy:
      'Restore what is missing; or empty the store, checkpoint included, and export again what the service still keeps.',
  },
  store_failed: {
    of: 'ExportError',
    cause: 'The driver or the file system failed; `storeCode` says how.',
    remedy: 'Look at the store: is it reachable, is there room, may this program write? Then start again.',
  },
  plan_redacted: plan('It is what `redactPlan` returned.', 'Give the plan that `planDirectory` returned.'),
  plan_version: plan('It is of a format that this version does not know.', 'Make a new plan with this version.'),
  plan_changed: plan(
    'Its content does not have its hash.',
    'Make a new plan; change the policy or the desired state instead of the plan.',
  ),
  not_approved: plan('`approve` is not its hash.', 'Look at the plan, and give its own `hash`.'),
  plan_too_old: plan('It was read longer ago than `maxAgeMinutes`.', 'Make a new plan, look at it, and apply it soon.'),
  other_directory: plan(
    'It was made for another directory than the client’s.',
    'Give the client of the SCIM URL that it was made with.',
  ),
  other_policy: plan('It was made by another policy.', 'Make a new plan by this policy, or leave `policy` out.'),
  brake_holds: plan(
    'It goes beyond a limit; `brakes` names which.',
    'Find out why. If it is right, approve a higher limit for this one hash: see [the brakes](sync-users.md).',
  ),
  other_journal: plan('The journal is that of another plan.', 'Give each plan a journal of its own.'),
  journal_unreadable: plan(
    'The journal was damaged.',
    'Do not mend it: keep it, look at the directory, make a new plan with a new journal.',
  ),
  journal_locked: plan(
    'Somebody else applies the plan now; `expiresAt` says until when the lock holds.',
    'Wait until the other is done, or until its lock has expired if it died.',
  ),
  lock_lost: plan(
    'Somebody else has taken over. Nothing more is sent.',
    'Look at the result of the other, and not at this one.',
  ),
  unhandled_request: emulator(
    'No route of the emulator answers the request.',
    'Check the URL; the message names the nearest route.',
  ),
  unused_fault: emulator(
    'A planned fault met fewer requests than it should have.',
    'Check its route, or that the code under test sends the request.',
  ),
  leaked_credential: emulator(
    'A token or key was sent to the host of the signed download URLs.',
    'Send no `Authorization` with a signed URL.',
  ),
  emulator_closed: emulator('The emulator was closed before the request.', 'Close it after what uses it.'),
  invalid_world: emulator(
    'An impossible change, such as an update of a user who does not exist.',
    'Add what is missing first.',
  ),
};
