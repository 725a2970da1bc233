import { refusal } from '../compliance/log-query.js';
import { createRandom, seedOf } from '../random.js';
import type { Row } from '../scim/resource-table.js';
import { serviceAccount } from '../scim/workos-rules.js';
import { unpublishedPage } from './members.js';
import type { AdminCall } from './parts.js';

const codexScope = 'chatgpt.workspace.feature.allow-codex-local-access.access';
const lifetimeSeconds = 90 * 86_400;

export function listServiceAccounts(call: AdminCall): unknown {
  return unpublishedPage(
    call,
    accountsOf(call).map((row) => accountRow(call, row)),
  );
}

export function readServiceAccount(call: AdminCall): unknown {
  return accountRow(call, accountOf(call));
}

/** What tokens there are, and nothing of the tokens: switched off, an account has none. */
export function listCredentials(call: AdminCall): unknown {
  const row = accountOf(call);
  const created_at = Math.floor(Date.parse(row.created) / 1000);
  const id = `cred-${createRandom(seedOf(`credential ${row.id}`)).text(24)}`;
  const credential = {
    object: 'workspace.service_account.credential',
    id,
    service_account_id: idOf(row),
    workspace_id: call.workspace.id,
    name: 'main',
    scopes: [codexScope],
    created_at,
    expires_at: created_at + lifetimeSeconds,
  };
  return unpublishedPage(call, isEnabled(row) ? [credential] : []);
}

/** The service accounts of the directory. They belong to the first workspace, of which they are no members. */
function accountsOf({ parts, workspace }: AdminCall): readonly Row[] {
  const [first] = parts.access.workspaces;
  if (first !== workspace) return [];
  return parts.directory.users.list().filter(({ attributes }) => isServiceAccount(attributes.userType));
}

function isServiceAccount(userType: unknown): boolean {
  return typeof userType === 'string' && userType.toLowerCase() === serviceAccount.toLowerCase();
}

function accountOf(call: AdminCall): Row {
  const [id] = call.ids;
  const row = accountsOf(call).find((one) => idOf(one) === id);
  if (row === undefined) throw refusal(404, 'Service account not found.', { param: 'service_account_id' });
  return row;
}

// OpenAI names `id`, `workspace_id` and `enabled`: the rest is a guess.
function accountRow({ workspace }: AdminCall, row: Row) {
  const { displayName, userName } = row.attributes;
  return {
    object: 'workspace.service_account',
    id: idOf(row),
    workspace_id: workspace.id,
    name: displayName ?? userName ?? null,
    enabled: isEnabled(row),
    is_scim_managed: true,
  };
}

function idOf(row: Row): string {
  return `sa-${createRandom(seedOf(`service account ${row.id}`)).text(24)}`;
}

function isEnabled({ attributes }: Row): boolean {
  return attributes.active !== false;
}
