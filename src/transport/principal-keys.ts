import { read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { adminKeys, copyWorkspaceId } from '../errors/menus.js';
import { secretKind } from '../errors/remedies/key-kind.js';
import { isRecord } from '../internal/json.js';
import { checkSecret } from './headers.js';
import type { Credential } from './options.js';
import { type AuditLogPrincipal, checkWorkspaceId } from './principal.js';
import { tagKeyFailure } from './principal-tag.js';

/**
 * A secret, or a function that gives it: told whose key is wanted, called before each attempt, and once more where the
 * service refused what it gave (401), so that a new key is picked up.
 */
export type AuditLogKey = string | ((principal: AuditLogPrincipal) => string | Promise<string>);

/** A key for each workspace, by its id; that of an organization by its `org-…`. */
export type AuditLogKeys = Readonly<Record<string, AuditLogKey>>;

/** The workspaces that have a key of their own. @throws InputError for what is no id. */
export function workspacesWithKey(apiKey: AuditLogKey | AuditLogKeys): string[] | undefined {
  if (typeof apiKey === 'string') checkIsKey(apiKey, '`apiKey`', ['apiKey']);
  return isRecord(apiKey) ? entriesOf(apiKey).flatMap(({ id }) => (isOrganization(id) ? [] : [id])) : undefined;
}

/** Finds each principal's key. @throws InputError where one has none, or a key is nobody's. */
export function readKeys(
  apiKey: AuditLogKey | AuditLogKeys,
  principals: readonly AuditLogPrincipal[],
  takesOrganization = true,
): (principal: AuditLogPrincipal) => Credential {
  if (!isRecord(apiKey)) {
    if (typeof apiKey !== 'function') {
      checkIsKey(apiKey, '`apiKey`', ['apiKey']);
      checkSecret(apiKey, 'compliance');
    }
    return (principal) => (typeof apiKey === 'function' ? () => ask(apiKey, principal) : apiKey);
  }
  const byId = new Map(principals.map((principal) => [principal.id.toLowerCase(), principal]));
  const keys = new Map<string, AuditLogKey>();
  for (const { id, index, key } of entriesOf(apiKey)) {
    const place = ['apiKey', isShownId(id) ? id : index];
    const principal = byId.get(id.toLowerCase());
    if (principal === undefined) {
      const isOrg = isOrganization(id);
      throw new InputError(
        `\`apiKey\` has a key for ${isOrg ? 'an organization' : 'a workspace'} that this client does not read.`,
        {
          path: place,
          remedy:
            isOrg && !takesOrganization
              ? 'Remove the key: what this client reads is of workspaces.'
              : isOrg
                ? 'Give the id as `organizationId` too, or remove the key.'
                : `Give the id in \`workspaceIds\` too, or remove the key. If the key stands under a name, put the id there. ${copyWorkspaceId}`,
        },
      );
    }
    if (keys.has(principal.id)) {
      throw new InputError(`\`apiKey\` has two keys for ${nameOf(principal)}.`, {
        path: place,
        remedy: 'Remove one: capital letters make no other id.',
      });
    }
    if (typeof key !== 'function') {
      checkIsKey(key, `\`apiKey['${principal.id}']\``, ['apiKey', principal.id]);
      checkSecret(key, 'compliance', principal.id);
    }
    keys.set(principal.id, key);
  }
  for (const principal of principals) {
    if (keys.has(principal.id)) continue;
    throw new InputError(`\`apiKey\` has no key for ${nameOf(principal)}.`, {
      path: ['apiKey', principal.id],
      remedy: 'Add it: where keys are given one by one, each workspace and the organization needs its own.',
    });
  }
  return (principal) => {
    const key = keys.get(principal.id);
    // Each of them has one, which the compiler cannot see.
    if (typeof key !== 'function') return key as string;
    return async () => {
      const secret = await ask(key, principal);
      checkSecret(secret, 'compliance', principal.id, true);
      return secret;
    };
  };
}

const listOfKeys = /(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|org-[a-z0-9]+)["'\s]*[=:|]/i;

/**
 * Refuses what is known to be no key, before it is sent: a SCIM token opens another service, of another company, where it may
 * do much. What is no text is told of elsewhere. @throws InputError
 */
function checkIsKey(secret: unknown, what: string, path: readonly string[]): void {
  if (typeof secret !== 'string') return;
  const remedyOfKey = `Here give an Admin key, which is made under ${adminKeys}.`;
  if (secretKind(secret.trim()) === 'scim_token') {
    const remedy = `Give it to ScimClient as \`token\`. ${remedyOfKey}`;
    throw new InputError(`${what} starts like a SCIM token (se_…).`, { path, remedy });
  }
  if (isShownId(secret.trim())) {
    const option = isOrganization(secret.trim()) ? 'organizationId' : 'workspaceIds';
    throw new InputError(`${what} is an ID, not a key.`, { path, remedy: `Give it as \`${option}\`. ${remedyOfKey}` });
  }
  if (!listOfKeys.test(secret)) return;
  throw new InputError(`${what} is a list of keys by workspace, as text.`, {
    path,
    remedy:
      'Give an object, `{ [workspaceId]: key }`. Text with one `workspace-id = key` a line is read by the form: `connect(parseConnectionConfig({ complianceApiKeys }))`.',
  });
}

/** What it throws tells whose key it was: nothing of it is this library's. */
async function ask(key: Exclude<AuditLogKey, string>, principal: AuditLogPrincipal): Promise<string> {
  try {
    const secret = await key({ ...principal });
    checkIsKey(secret, 'What the function for `apiKey` gave', ['apiKey']);
    return secret;
  } catch (error) {
    throw tagKeyFailure(error, principal);
  }
}

interface KeyEntry {
  readonly id: string;
  readonly index: number;
  readonly key: AuditLogKey;
}

// Read once: a getter may give another key the next time.
function entriesOf(apiKey: AuditLogKeys): readonly KeyEntry[] {
  return read('`apiKey`', () => Object.entries(apiKey)).map(([id, key], index) => {
    if (/^(?:sk-|se_)/i.test(id)) {
      throw new InputError('`apiKey` has a secret where the id of a workspace belongs.', {
        path: ['apiKey', index],
        remedy: 'Write the id in front of the key: `{ [workspaceId]: key }`.',
      });
    }
    if (!isOrganization(id)) checkWorkspaceId(id, ['apiKey', index]);
    return { id, index, key };
  });
}

function isOrganization(id: string): boolean {
  return id.startsWith('org-');
}

/** Whether an id may be named in a path: what is like none may be a secret of a form that nobody knows. */
export function isShownId(id: string): boolean {
  return /^(?:org-[a-z0-9]{1,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(id);
}

function nameOf({ type, id }: AuditLogPrincipal): string {
  return `${type} ${id}`;
}
