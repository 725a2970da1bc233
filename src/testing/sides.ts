import { checkText } from '../errors/check-options.js';
import { documentedBehaviour } from './compliance/behaviour.js';
import { ComplianceKeys } from './compliance/keys.js';
import { LogStore } from './compliance/log-store.js';
import { RateLimiter } from './compliance/rate-limits.js';
import { adminScopes } from './compliance/scopes.js';
import { type Audit, auditEventOf, type ComplianceParts } from './compliance/service.js';
import { SignedUrls } from './compliance/storage.js';
import type { Workspaces } from './compliance/workspaces.js';
import type { ComplianceOptions, EmulatorAdmin, EmulatorOptions } from './emulator.js';
import { createRandom, type Random, seedOf } from './random.js';
import { rfcBehaviour, workosBehaviour } from './scim/behaviour.js';
import { CursorStore } from './scim/cursors.js';
import { Directory, ScimTokens, StaleView } from './scim/directory.js';
import { OAuthServer } from './scim/oauth.js';
import type { ScimParts } from './scim/resource-endpoint.js';
import type { Row } from './scim/resource-table.js';
import { RfcRules } from './scim/rfc-rules.js';
import { HeldUsers, WorkosRules } from './scim/workos-rules.js';
import { syncedTo } from './world/workspace-sync.js';

/** The directory, and who may ask for it. */
export function createScimSide(
  { scim, createId }: EmulatorOptions,
  random: Random,
  now: () => number,
  workspaces: Workspaces,
) {
  const behaviour = { ...(scim?.mode === 'rfc' ? rfcBehaviour : workosBehaviour), ...scim?.quirks };
  const basePath = `/scim/v2.0/${random.text(16)}`;
  let count = 0;
  const makeId = behaviour.idType === 'number' ? () => String(++count) : () => random.uuid();
  const onChange = scim?.sync === 'workspace' ? syncedTo(workspaces) : undefined;
  const ownId = createId && ((type: 'User' | 'Group') => checkId(createId(type)));
  const directory = new Directory(now, ownId ?? makeId, onChange);
  const held = new HeldUsers(random);
  return {
    basePath,
    behaviour,
    directory,
    held,
    stale: new StaleView(directory, now, behaviour.staleReadMs),
    rules: behaviour.workosRules ? new WorkosRules(directory, behaviour, held) : new RfcRules(directory, behaviour),
    cursors: new CursorStore<Row>(random, now, behaviour.cursorTimeout, behaviour.cursorType),
    tokens: new ScimTokens(random),
    oauth: scim?.oauth && new OAuthServer(random, now, scim.oauth),
    me: scim?.me,
  } satisfies ScimParts & { readonly held: HeldUsers };
}

/** Resources are found by it: what is no text would be found by nothing. */
function checkId(id: string): string {
  checkText('createId()', id);
  return id;
}

/** Workspaces and their logs, the keys to them, and the limits of asking. */
export function createComplianceSide(
  { rateLimits, selfAudit, logs: logOptions, quirks }: ComplianceOptions = {},
  random: Random,
  now: () => number,
  workspaces: Workspaces,
  { users }: Directory,
): ComplianceParts {
  const logs = new LogStore(workspaces, now, random.integer(1, 2 ** 31), logOptions);
  const audit: Audit = (request, route, about) => {
    const event = auditEventOf(request, route, about, random, now());
    if (event !== undefined) logs.append(about.id, [event]);
  };
  return {
    behaviour: { ...documentedBehaviour, ...quirks },
    keys: new ComplianceKeys(random, {
      now,
      workspaces,
      directory: {
        idOf: (email) => (users.find('email', email)[0] ?? users.find('name', email)[0])?.id,
        isActive: (id) => (users.get(id)?.attributes.active ?? false) !== false,
      },
    }),
    workspaces,
    logs,
    urls: new SignedUrls(random, now),
    limiter: new RateLimiter(now),
    rateLimits: rateLimits === 'documented' ? { downloadsPerMinute: 50, requestsPerMinute: 100 } : (rateLimits ?? {}),
    audit: selfAudit === true ? audit : undefined,
  };
}

/** An Admin key for each workspace, with a random of its own: the ids of everything else stay as they are. */
export function createAdmin(baseUrl: string, { workspaces, keys }: ComplianceParts, seed: number): EmulatorAdmin {
  const random = createRandom(seedOf(`admin keys ${seed}`));
  const scopes = adminScopes;
  const made = [...workspaces].map(({ id }) => [id, keys.createWith(random, { workspaceId: id, scopes })] as const);
  const apiKey = made[0]?.[1] ?? `sk-admin-${random.text(40)}`;
  return { baseUrl, apiKey, apiKeys: Object.fromEntries(made), workspaceIds: made.map(([id]) => id) };
}
