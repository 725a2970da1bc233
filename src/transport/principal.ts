import { InputError } from '../errors/input-errors.js';
import { copyOrganizationId, copyWorkspaceId } from '../errors/menus.js';
import { has } from '../internal/json.js';
import { readWorkspaceId } from './workspace-id.js';

/** Whose logs: a workspace, the organization that owns workspaces, or an organization of the API Platform. */
export interface AuditLogPrincipal {
  /** Which of them it is. */
  readonly type: 'workspace' | 'organization' | 'platform';
  /** The workspace's UUID, the organization's `org-…`, or what the client's options call the one of the API Platform. */
  readonly id: string;
}

/**
 * Reads the ids of a client's options. Without `organizationId` among them, the client reads workspaces alone.
 *
 * @throws InputError when there is none, or one belongs in the other field.
 */
export function readPrincipals(
  workspaceIds: string | readonly string[] | undefined,
  ...organization: readonly [organizationId: string | undefined] | readonly []
): readonly AuditLogPrincipal[] {
  const [organizationId] = organization;
  const takesOrganization = organization.length > 0;
  const principals = new Map<string, AuditLogPrincipal>();
  for (const { index, id } of splitIds(workspaceIds)) {
    const path = ['workspaceIds', index];
    if (id.startsWith('org-')) {
      throw new InputError('`workspaceIds` contains an organization id.', {
        path,
        remedy: takesOrganization ? `Give it as \`organizationId\`. ${copyWorkspaceId}` : copyWorkspaceId,
      });
    }
    checkWorkspaceId(id, path);
    principals.set(id.toLowerCase(), { type: 'workspace', id });
  }
  if (organizationId !== undefined) {
    const id = organizationId.trim();
    if (!id.startsWith('org-')) {
      throw new InputError('`organizationId` must begin with "org-".', {
        path: ['organizationId'],
        remedy: `${copyOrganizationId} A workspace UUID belongs in \`workspaceIds\`.`,
      });
    }
    checkId(id, ['organizationId'], copyOrganizationId);
    principals.set(id, { type: 'organization', id });
  }
  if (principals.size === 0) {
    throw new InputError(`Give at least one workspace${takesOrganization ? ' or an organization' : ''}.`, {
      path: ['workspaceIds'],
      remedy: copyWorkspaceId,
    });
  }
  return [...principals.values()];
}

/** As the form does: a comma or a semicolon too many is no id, in an array too. In an array each has the place of its element. */
function splitIds(given: string | readonly string[] | undefined): { readonly index: number; readonly id: string }[] {
  const isOneText = typeof given === 'string';
  const texts: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const ids = texts.flatMap((text, index) => {
    if (typeof text !== 'string') {
      const path = Array.isArray(given) ? ['workspaceIds', index] : ['workspaceIds'];
      throw new InputError('A workspace id must be text.', { path, remedy: copyWorkspaceId });
    }
    return text.split(separators).flatMap((part) => (part.trim() === '' ? [] : { index, id: part.trim() }));
  });
  return isOneText ? ids.map(({ id }, index) => ({ index, id })) : ids;
}

const separators = /[,;|\r\n\t]+/;

function checkId(id: string, path: readonly (string | number)[], copyIt = copyWorkspaceId): void {
  if (/^[\w-]{1,128}$/.test(id)) return;
  throw new InputError('An id must be 1 to 128 letters, digits, `-` or `_`.', {
    path,
    remedy: `Give the id, not the name. ${copyIt}`,
  });
}

/**
 * Refuses what is known to be something else, as the form does. Not held to be a UUID: the documents show other spellings, and a
 * wrong id is answered with 404 and its remedy. @throws InputError
 */
export function checkWorkspaceId(id: string, path: readonly (string | number)[]): void {
  const wrong = readWorkspaceId(id, true);
  if (!has(wrong, 'code')) {
    checkId(id, path);
    return;
  }
  const { code, what, remedy = copyWorkspaceId } = wrong;
  const [option = '', entry] = path;
  const where = typeof entry === 'number' ? `Entry ${entry + 1} of \`${option}\`` : `\`${option}\``;
  throw new InputError(`${where} ${what}.`, {
    path,
    remedy: code === 'secret_in_workspace_ids' ? `${giveSecretThere} ${copyWorkspaceId}` : remedy,
  });
}

const giveSecretThere = 'Give a key as `apiKey`, and a SCIM token as `token` of ScimClient.';

export function samePrincipal(one: AuditLogPrincipal, other: AuditLogPrincipal): boolean {
  return principalKey(one) === principalKey(other);
}

/** The same for each spelling of a principal: such as `workspace:2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11`. */
export function principalKey({ type, id }: AuditLogPrincipal): string {
  return `${type}:${id.toLowerCase()}`;
}
