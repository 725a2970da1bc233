import { openAbortScope } from '../../internal/abort-scope.js';
import { systemClock } from '../../internal/clock.js';
import { checkPositive } from '../../transport/resolve-options.js';
import { checkOptions } from '../check-options.js';
import { readConnectionForm } from '../config/read-connection-form.js';
import type { ConnectOptions } from '../connect-options.js';
import type { ConnectionConfig } from '../connection-config.js';
import { checkCompliance } from './check-compliance.js';
import type { CheckContext } from './check-context.js';
import type { CheckOptions, CheckReport } from './check-report.js';
import { checkScim } from './check-scim.js';
import { FindingList } from './finding-list.js';
import { watchClock } from './watch-clock.js';

const defaultDeadlineMs = 20_000;
const toleratedSkewMs = 60_000;

/** Checks both halves side by side. What is wrong with one hides nothing about the other. */
export async function checkConnection(
  config: ConnectionConfig,
  options: ConnectOptions,
  given: CheckOptions,
): Promise<CheckReport> {
  checkOptions('check()', given, 'deadlineMs eventTypes probeUser signal');
  const { deadlineMs = defaultDeadlineMs, eventTypes, probeUser, signal } = given;
  checkPositive('deadlineMs', deadlineMs);
  const clock = options.clock ?? systemClock;
  const startMs = clock.now();
  const findings = new FindingList();
  const form = readConnectionForm(config, {
    allowUnknownWorkspaceIdForms: true,
    dangerouslyAllowHttpLoopback: options.dangerouslyAllowHttpLoopback,
  });
  for (const issue of form.issues) findings.addIssue(issue);

  const parents = [signal, options.signal];
  for (const parent of parents) parent?.throwIfAborted();
  const scope = openAbortScope(parents, deadlineMs, clock);
  try {
    const watches = {
      scim: watchClock(options.scim?.fetch ?? options.fetch, clock),
      compliance: watchClock(options.auditLogs?.fetch ?? options.fetch, clock),
    };
    const contextFor = (service: 'scim' | 'compliance'): CheckContext => ({
      options,
      scope,
      deadlineMs,
      findings,
      fetch: watches[service].fetch,
    });
    const [scim, compliance] = await Promise.all([
      config.scimToken === undefined ? undefined : checkScim(contextFor('scim'), config, probeUser),
      config.complianceApiKey === undefined ? undefined : checkCompliance(contextFor('compliance'), config, eventTypes),
    ]);
    for (const service of ['scim', 'compliance'] as const) {
      const { skewMs = 0 } = watches[service];
      if (Math.abs(skewMs) > toleratedSkewMs) findings.add('clock_skew', { service }, undefined, { skewMs });
    }
    const workspaces = compliance?.workspaces ?? [];
    const types = new Set(workspaces.flatMap(({ logs }) => logs.map(({ eventType }) => eventType)));
    const found = findings.list(workspaces.length, types.size);
    return {
      verdict: found[0]?.severity === 'error' ? 'failed' : found[0]?.severity === 'warning' ? 'warning' : 'ok',
      startedAt: new Date(startMs).toISOString(),
      durationMs: clock.now() - startMs,
      credentials: [scim, compliance].flatMap((half) => (half === undefined ? [] : [half.credential])),
      permissions: [scim, compliance].flatMap((half) => half?.permissions ?? []),
      workspaces,
      findings: found,
    };
  } finally {
    scope.end();
  }
}
