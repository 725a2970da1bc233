import { checkOptions, read } from '../../errors/check-options.js';
import { networkRemedies } from '../../errors/remedies/network.js';
import { nameThem as listThem } from '../name-them.js';
import { worstOf } from './outcome.js';
import {
  type AdminVerdict,
  type CheckFinding,
  type CheckReport,
  type CredentialVerdict,
  notCheckedCodes,
  notReachedCodes,
  type PermissionVerdict,
  type Verdict,
  type WorkspaceVerdict,
} from './report.js';

/** How a report is printed. */
export interface FormatCheckReportOptions {
  /** Colours, for a terminal that shows them. @default false */
  readonly color?: boolean | undefined;
}

type Mark = PermissionVerdict['verdict'] | CheckFinding['severity'];

/** What stands before a line, and the colour it has in a terminal. */
const marks: Readonly<Record<Mark, readonly [sign: string, color: number]>> = {
  ok: ['✓', 32],
  warning: ['!', 33],
  failed: ['✗', 31],
  error: ['✗', 31],
  unknown: ['?', 33],
  partial: ['~', 33],
  off: ['-', 90],
  info: ['i', 36],
};

/** Prints a report for a terminal: one line for each verdict, then what was found and what to do. */
export function formatCheckReport(report: CheckReport, options: FormatCheckReportOptions = {}): string {
  const { color = false } = checkOptions('formatCheckReport()', options, { color: true });
  return read('The report', () => format(report, color));
}

function format(report: CheckReport, color: boolean): string {
  const paint = (text: string, code: number) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const line = (mark: Mark, text: string) => `  ${paint(...marks[mark])} ${text}`;
  const bold = (text: string) => paint(text, 1);

  const lines = [bold(headline(report))];
  for (const [credential, { title, word, permissions }] of Object.entries(parts)) {
    const credentials = report.credentials.filter((one) => one.credential === credential);
    if (credentials.length === 0) continue;
    lines.push('', bold(title));
    lines.push(line(...answersOf(credentials)));
    for (const { authenticated, principals = [] } of credentials) {
      const of = credentials.length > 1 ? ` of ${nameThem(principals)}` : '';
      lines.push(line(authenticated, `accepts the ${word}${of}`));
    }
    for (const { permission, verdict } of report.permissions) {
      const lists = permission === 'read_members' ? listsOf(report.workspaces) : '';
      if (!permissions.includes(permission)) continue;
      lines.push(line(verdict, `${permission.replaceAll('_', ' ')}${lists}${asides[verdict] ?? ''}`));
    }
  }
  for (const { principal, opened, logs, admin = [] } of report.workspaces) {
    lines.push('', bold(`${principal.type === 'workspace' ? 'Workspace' : 'Organization'} ${principal.id}`));
    lines.push(line(opened, 'its key opens it'), ...logs.map((log) => line(log.verdict, describeLog(log))));
    lines.push(...describeAdmin(admin).map((one) => line(...one)));
  }
  if (report.findings.length > 0) lines.push('', bold('Findings'));
  for (const finding of report.findings) {
    lines.push(line(finding.severity, `${finding.message}${where(finding)} [${finding.code}]`));
    const evidence = describeEvidence(finding);
    if (evidence !== '') lines.push(`    ${paint(evidence, 90)}`);
    lines.push(`    → ${finding.remedy}`);
    if (finding.link !== undefined) lines.push(`    ${paint(finding.link, 90)}`);
  }
  return lines.join('\n');
}

interface ReportPart {
  readonly title: string;
  readonly word: string;
  readonly permissions: readonly PermissionVerdict['permission'][];
}

const parts: Readonly<Record<CredentialVerdict['credential'], ReportPart>> = {
  scim_token: {
    title: 'SCIM',
    word: 'token',
    permissions: ['read_users', 'read_groups', 'provisioning', 'deprovisioning'],
  },
  compliance_api_key: { title: 'Compliance API', word: 'key', permissions: ['read_logs', 'read_members'] },
  platform_api_key: { title: 'API Platform', word: 'key', permissions: ['read_platform_log'] },
};

/** A service that answers one key answers. */
function answersOf(credentials: readonly CredentialVerdict[]): [mark: Verdict, text: string] {
  const all = credentials.map(({ reachable }) => reachable);
  const mark = all.includes('ok') ? 'ok' : worstOf(all);
  const times = credentials.flatMap(({ latencyMs }) => latencyMs ?? []);
  return [mark, `answers${times.length === 0 ? '' : ` (${Math.round(Math.max(...times))} ms)`}`];
}

const mostNames = 3;

function nameThem(principals: NonNullable<CredentialVerdict['principals']>): string {
  const names = principals.slice(0, mostNames).map(({ type, id }) => `${type} ${id}`);
  const more = principals.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const asides: Partial<Record<Mark, string>> = {
  off: ': not ticked',
  unknown: ': unknown',
  partial: ': in part (see below)',
};

function headline({ verdict, permissions, findings, durationMs }: CheckReport): string {
  const isProven = permissions.every((permission) => permission.verdict !== 'unknown');
  const errors = findings.filter(({ severity }) => severity === 'error');
  const isUnknown = errors.length > 0 && errors.every(({ code }) => notCheckedCodes.includes(code));
  const isPartly = permissions.some((permission) => /ok|partial/.test(permission.verdict));
  const words = {
    ok: isProven ? 'Everything works' : 'Everything that was tried works',
    warning: 'Works, with warnings',
    failed: isUnknown
      ? `Could not be checked${isPartly ? ' in full' : ''}`
      : `${isPartly ? 'Works in part' : 'Does not work'}: something needs attention`,
  };
  return `${words[verdict]} (checked in ${(durationMs / 1_000).toFixed(1)} s).`;
}

function describeLog({ eventType, newestEventAt, lagMs }: WorkspaceVerdict['logs'][number]): string {
  if (newestEventAt === null) return `${eventType}: no events yet`;
  return lagMs === undefined ? eventType : `${eventType}: newest event ${describeTime(lagMs)} ago`;
}

/** Where people are listed, where that could be seen. */
function listsOf(workspaces: CheckReport['workspaces']): string {
  const lists = (['admin', 'compliance'] as const).filter((list) =>
    workspaces.some(({ membersListedBy }) => membersListedBy === list),
  );
  return lists.length === 0 ? '' : ` (${lists.map((list) => serviceNames[list]).join(', ')})`;
}

/** A line for each category; one for all where they say the same of the Admin API as a whole. */
function describeAdmin(admin: readonly AdminVerdict[]): [mark: Verdict, text: string][] {
  const [first, ...others] = admin;
  const isOfWhole =
    first?.code !== undefined &&
    !/_(?:permission|feature)_missing$/.test(first.code) &&
    others.length > 0 &&
    others.every(({ verdict, code }) => verdict === first.verdict && code === first.code);
  if (isOfWhole) return [[first.verdict, `Admin API: ${whyNotOk(first)}`]];
  return admin.map((one) => [
    one.verdict,
    `Admin API, ${one.permission}${one.verdict === 'ok' ? '' : `: ${whyNotOk(one)}`}`,
  ]);
}

function whyNotOk({ verdict, code }: AdminVerdict): string {
  if (notReachedCodes.includes(code)) return 'not reached';
  if (verdict === 'unknown') return code === 'no_admin_api' ? 'not known whether there is one' : 'unknown';
  if (code !== undefined && Object.hasOwn(networkRemedies, code)) return 'not reached';
  return (code && whyNot[code]) ?? 'refused';
}

const whyNot: Readonly<Record<string, string>> = {
  admin_permission_missing: 'not ticked',
  admin_feature_missing: 'not there',
  no_admin_api: 'not found',
};

function describeTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}

const serviceNames = {
  scim: 'SCIM',
  compliance: 'Compliance API',
  admin: 'Admin API',
  platform: 'API Platform',
} as const;

function where({ service, principals = [], eventTypes = [], message }: CheckFinding): string {
  const parts = [
    ...(service === undefined ? [] : [serviceNames[service]]),
    // What the message names already is not named again.
    ...namesOutside(
      message,
      principals.map(({ id }) => id),
    ),
    ...namesOutside(message, eventTypes),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function namesOutside(message: string, names: readonly string[]): readonly string[] {
  // A message that names some of many says how many more there are.
  return names.length === 0 || names.some((name) => message.includes(name)) ? [] : [listThem(names)];
}

function describeEvidence({ evidence }: CheckFinding): string {
  const { method, route, status, innerStatus, reason, serverCode, requestId, skewMs, durationMs } = evidence;
  const parts = [
    method !== undefined && route !== undefined && `${method} ${route}`,
    status !== undefined && `status ${status}`,
    innerStatus !== undefined && `status ${innerStatus} inside`,
    reason,
    serverCode,
    requestId !== undefined && `request id ${requestId}`,
    skewMs !== undefined && `${Math.round(skewMs / 1_000)} s`,
    durationMs !== undefined && `${Math.round(durationMs)} ms`,
  ];
  return parts.filter((part) => part !== false && part !== undefined).join(' · ');
}
