import { checkEventTypes } from '../../audit-logs/plan.js';
import { checkChoice, checkText, type OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { openAbortScope } from '../../internal/abort.js';
import { type Clock, monotonicNow, systemClock } from '../../internal/clock.js';
import { parseHttpDate } from '../../internal/dates.js';
import type { ScimClient } from '../../scim/client.js';
import { checkCall, checkQuery, type RequestOptions } from '../../transport/options.js';
import { hasCompliance, hasPlatform } from '../compliance-keys.js';
import type { ConnectOptions } from '../connect-options.js';
import type { ConnectionConfig } from '../form.js';
import { readConnectionForm } from '../read-form.js';
import { readAdminCheck } from './check-admin.js';
import { checkCompliance } from './check-compliance.js';
import { checkPlatform, type PlatformContext, tellRefusedKey } from './check-platform.js';
import { checkScim } from './check-scim.js';
import { tellFailed } from './failed-principals.js';
import { type CheckedHalf, FindingList } from './findings.js';
import type { ComplianceContext } from './probe-compliance.js';
import type { CheckQuery, CheckReport, PermissionVerdict } from './report.js';

const defaultDeadlineMs = 20_000;
const toleratedSkewMs = 60_000;

const queryNames: OptionNames<CheckQuery> = {
  eventTypes: true,
  admin: true,
  probeUser: true,
  onFailedPrincipal: true,
};

interface CheckedConnection {
  readonly config: ConnectionConfig;
  readonly options: ConnectOptions;
  /** The connection's own client: writing is tried by it, if at all. */
  readonly scim: ScimClient | undefined;
  /** Of the connection's own clients, for each workspace. */
  readonly cooldownOf: ComplianceContext['cooldownOf'];
  readonly adminCooldownOf: ComplianceContext['adminCooldownOf'];
  readonly platform: Pick<PlatformContext, 'cooldown' | 'includesTenant' | 'baseUrl'>;
}

/** Checks both halves side by side. What is wrong with one hides nothing about the other. */
export async function checkConnection(
  { config, options, scim: client, cooldownOf, adminCooldownOf, platform: ofPlatform }: CheckedConnection,
  query: CheckQuery | undefined,
  requestOptions: RequestOptions | undefined,
): Promise<CheckReport> {
  const { eventTypes, admin, probeUser, onFailedPrincipal } = checkQuery('check()', query, queryNames);
  const own = checkCall('check()', requestOptions, queryNames);
  const { signal, deadlineMs = defaultDeadlineMs, ...call } = own;
  if (eventTypes !== undefined) checkEventTypes(eventTypes);
  const adminCheck = readAdminCheck(admin);
  if (adminCheck.isRequired && !hasCompliance(config)) {
    throw new InputError('`admin` asks for the Admin API, and the config has no key for it.', {
      path: ['admin'],
      remedy: 'Enter an Admin key as the Compliance API key, or leave `admin` out.',
    });
  }
  if (probeUser !== undefined) checkText('probeUser', probeUser);
  // A check throws nothing of what fails: its report says it.
  checkChoice('onFailedPrincipal', onFailedPrincipal, [undefined], true);
  const clock = options.clock ?? systemClock;
  const startedAtMs = clock.now();
  const startMs = monotonicNow(clock);
  const findings = new FindingList();
  const form = readConnectionForm(config, {
    allowUnknownWorkspaceIdForms: true,
    dangerouslyAllowHttpLoopback: options.dangerouslyAllowHttpLoopback,
  });
  // The token of the form is not used where another one is given in its place.
  const isReplaced = options.scim?.token !== undefined;
  for (const issue of form.issues) if (!isReplaced || issue.field !== 'scimToken') findings.addIssue(issue);

  const parents = [signal, options.signal];
  for (const parent of parents) parent?.throwIfAborted();
  const scope = openAbortScope(parents, deadlineMs, clock);
  try {
    const watches = {
      scim: watchClock(options.scim?.fetch ?? options.fetch, clock),
      compliance: watchClock(options.auditLogs?.fetch ?? options.fetch, clock),
      platform: watchClock(options.auditLogs?.fetch ?? options.fetch, clock),
    };
    const context = { options, scope, deadlineMs, call: { ...call, signal: scope.signal }, findings };
    const scimContext = { ...context, fetch: watches.scim.fetch };
    const complianceContext = { ...context, fetch: watches.compliance.fetch, cooldownOf, adminCooldownOf };
    const platformContext = { ...context, fetch: watches.platform.fetch, ...ofPlatform };
    const [scim, compliance, platform] = await Promise.all([
      config.scimToken === undefined || client === undefined
        ? undefined
        : checkScim(scimContext, config, client as ScimClient<'provisioning'>, probeUser),
      hasCompliance(config) ? checkCompliance(complianceContext, config, eventTypes, adminCheck) : undefined,
      hasPlatform(config) ? checkPlatform(platformContext, config) : undefined,
    ]);
    const credentials = [scim, compliance, platform].flatMap((half) => half?.credentials ?? []);
    tellRefusedKey(findings, platform?.refused, credentials);
    for (const service of ['scim', 'compliance', 'platform'] as const) {
      const { skewMs = 0 } = watches[service];
      if (Math.abs(skewMs) > toleratedSkewMs) findings.add('clock_skew', { service }, undefined, { skewMs });
    }
    const workspaces = compliance?.workspaces ?? [];
    const types = new Set(workspaces.flatMap(({ logs }) => logs.map(({ eventType }) => eventType)));
    const isSeen = (half: CheckedHalf | undefined) => half?.permissions.some(isSeenVerdict);
    const isSeenOfAdmin = workspaces.some(({ admin }) => admin.some(isSeenVerdict));
    const unseen = {
      scim: !isSeen(scim),
      compliance: !isSeen(compliance),
      platform: !isSeen(platform),
      admin: adminCheck.isRequired && !isSeenOfAdmin,
    };
    const found = findings.list(workspaces.length, types.size, unseen);
    const report: CheckReport = {
      verdict: found[0]?.severity === 'error' ? 'failed' : found[0]?.severity === 'warning' ? 'warning' : 'ok',
      startedAt: new Date(startedAtMs).toISOString(),
      durationMs: Math.round(monotonicNow(clock) - startMs),
      credentials,
      permissions: [scim, compliance, platform].flatMap((half) => half?.permissions ?? []),
      workspaces,
      findings: found,
    };
    await tellFailed(compliance?.failed ?? [], onFailedPrincipal, parents);
    return report;
  } finally {
    scope.end();
  }
}

function isSeenVerdict({ verdict }: Pick<PermissionVerdict, 'verdict'>): boolean {
  return verdict !== 'unknown' && verdict !== 'off';
}

/** Looks at the `Date` of each answer (RFC 9110 §6.6.1). `skewMs`: how far the server's clock is ahead, once one has come. */
function watchClock(
  fetch: typeof globalThis.fetch | undefined,
  clock: Clock,
): { readonly fetch: typeof globalThis.fetch; readonly skewMs: number | undefined } {
  let skewMs: number | undefined;
  return {
    get skewMs() {
      return skewMs;
    },
    fetch: async (input, init) => {
      const sentMs = clock.now();
      const response = await (fetch ?? globalThis.fetch)(input, init);
      const receivedMs = clock.now();
      const date = parseHttpDate(response.headers.get('date') ?? '', receivedMs);
      if (date !== undefined) {
        // The date is cut to the second, and was written somewhere between sending and receiving.
        const ahead = date - receivedMs;
        const behind = sentMs - (date + 999);
        const skew = ahead > 0 ? ahead : behind > 0 ? -behind : 0;
        // A cache in between may send an old one; the smallest difference is the nearest to the truth.
        if (skewMs === undefined || Math.abs(skew) < Math.abs(skewMs)) skewMs = skew;
      }
      return response;
    },
  };
}
