import type { ConfigIssue } from '../../errors/input-errors.js';
import { adminRemedies } from '../../errors/remedies/admin.js';
import { complianceRemedies } from '../../errors/remedies/compliance.js';
import { connectionRemedies } from '../../errors/remedies/connection.js';
import { networkRemedies } from '../../errors/remedies/network.js';
import type { Remedy } from '../../errors/remedies/remedy.js';
import { scimRemedies } from '../../errors/remedies/scim.js';
import type { AbortScope } from '../../internal/abort.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { isOrganizationId } from '../compliance-keys.js';
import type { ConnectOptions } from '../connect-options.js';
import { evidenceOf, type Outcome } from './outcome.js';
import {
  type CheckCode,
  type CheckEvidence,
  type CheckFinding,
  type CredentialVerdict,
  notCheckedCodes,
  type ObservedCode,
  type PermissionVerdict,
} from './report.js';

/** Where something was found. */
export interface FindingPlace {
  readonly service?: 'scim' | 'compliance' | 'admin';
  readonly principal?: AuditLogPrincipal;
  readonly eventType?: string | undefined;
  /** Whether the principal stands in the field of the keys by workspace, and not among the workspace ids alone. */
  readonly hasOwnKey?: boolean;
  /** The workspace that the key of the principal opens instead. */
  readonly opened?: string | undefined;
  /** The permission of an Admin key, as the console names it. */
  readonly permission?: string | undefined;
  /** Nobody asked for it: it is good to know, and nothing is wrong. */
  readonly isOptional?: boolean;
}

interface Gathered {
  readonly finding: CheckFinding;
  readonly principals: Map<string, AuditLogPrincipal>;
  readonly eventTypes: Set<string>;
  readonly permissions: Set<string>;
  /** Said too where several entries of the field of keys by workspace fail so. */
  readonly several: string | undefined;
}

// In one table, since codes are told apart by name alone.
const remedies: Readonly<Record<ObservedCode, Remedy>> = {
  ...networkRemedies,
  ...scimRemedies,
  ...complianceRemedies,
  ...adminRemedies,
  ...connectionRemedies,
};

function isObserved(code: CheckCode): code is ObservedCode {
  return Object.hasOwn(remedies, code);
}

const rank = { error: 0, warning: 1, info: 2 };

/** Gathers findings: the same thing found in several places is one finding that names them. */
export class FindingList {
  readonly #gathered = new Map<string, Gathered>();

  add(code: ObservedCode, place: FindingPlace, outcome?: Outcome, evidence: CheckEvidence = {}): void {
    const { service, principal, eventType, permission, opened = '' } = place;
    const { several, ...words } = describe(remedies[code], place);
    const message = words.message.replace('{opened}', () => opened);
    // The id of an organization has a field of its own.
    const isOfOrganization = principal?.type === 'organization' && remedies[code].field === 'workspaceIds';
    const field = isOfOrganization ? 'organizationId' : words.field;
    const key = [code, service, field, message].join(' ');
    const gathered =
      this.#gathered.get(key) ??
      this.#open(
        key,
        {
          code,
          ...words,
          message,
          ...(field !== undefined && { field }),
          ...(service !== undefined && { service }),
          evidence: { ...(outcome !== undefined && evidenceOf(outcome)), ...evidence },
        },
        several,
      );
    if (principal !== undefined) gathered.principals.set(principal.id, principal);
    if (eventType !== undefined) gathered.eventTypes.add(eventType);
    if (permission !== undefined) gathered.permissions.add(permission);
  }

  /** Adds what the form itself shows, in its own words. */
  addIssue({ code, field, path, message, remedy }: ConfigIssue): void {
    const service = field === undefined ? undefined : /^(?:scim|prov|deprov)/.test(field) ? 'scim' : 'compliance';
    const key = [code, service, field].join(' ');
    const id = field === 'complianceApiKeys' ? path[1] : undefined;
    const of = typeof id === 'string' && isOrganizationId(id) ? 'organization' : 'workspace';
    const known = this.#gathered.get(key);
    if (typeof id === 'string') known?.principals.set(id, { type: of, id });
    if (known !== undefined) return;
    const { principals } = this.#open(key, {
      code,
      severity: 'error',
      ...(service !== undefined && { service }),
      ...(field !== undefined && { field }),
      // It may be about several.
      message: typeof id === 'string' && isObserved(code) ? remedies[code].message : message,
      remedy,
      evidence: {},
    });
    if (typeof id === 'string') principals.set(id, { type: of, id });
  }

  has(code: CheckCode): boolean {
    return [...this.#gathered.values()].some(({ finding }) => finding.code === code);
  }

  /**
   * The findings, the worst first, and of those the directory's: which service answered first must not show. Places are
   * left out of those that are found everywhere. What kept all of a service from being checked is an error: nothing of it
   * was seen to work.
   */
  list(
    allPrincipals: number,
    allEventTypes: number,
    isUnseen: Readonly<Record<NonNullable<FindingPlace['service']>, boolean>>,
  ): CheckFinding[] {
    return [...this.#gathered.values()]
      .map(({ finding, principals, eventTypes, permissions, several }) => ({
        ...finding,
        ...(several !== undefined &&
          isOfSeveralKeys(finding, principals) && { remedy: `${several} ${finding.remedy}` }),
        ...(finding.service !== undefined &&
          isUnseen[finding.service] &&
          notCheckedCodes.includes(finding.code) && { severity: 'error' as const }),
        message: finding.message
          .replace('{principals}', () => nameThem(principals))
          .replace('{eventTypes}', () => nameThem(eventTypes))
          .replace('{permissions}', () => nameThem(permissions)),
        ...(principals.size > 0 && principals.size < allPrincipals && { principals: [...principals.values()] }),
        ...(eventTypes.size > 0 && eventTypes.size < allEventTypes && { eventTypes: [...eventTypes] }),
      }))
      .sort((one, other) => rank[one.severity] - rank[other.severity] || place(one) - place(other));
  }

  #open(key: string, finding: CheckFinding, several?: string): Gathered {
    const places = { principals: new Map(), eventTypes: new Set<string>(), permissions: new Set<string>() };
    const gathered: Gathered = { finding, ...places, several };
    this.#gathered.set(key, gathered);
    return gathered;
  }
}

function isOfSeveralKeys({ field }: CheckFinding, principals: Gathered['principals']): boolean {
  return field === 'complianceApiKeys' && principals.size > 1;
}

const order = ['scim', 'compliance', 'admin'];
const place = ({ service = 'scim' }: CheckFinding) => order.indexOf(service);

/** Where a person can do something about it: an address is another field for each service, a key of its own has its field. */
function describe({ field, severity, unnamed: _, ...words }: Remedy, { service, hasOwnKey, isOptional }: FindingPlace) {
  const baseUrl = service === 'scim' ? 'scimBaseUrl' : 'complianceBaseUrl';
  const isOfKey = field === 'complianceApiKey' || field === 'workspaceIds';
  const here = hasOwnKey === true && isOfKey ? 'complianceApiKeys' : field;
  const shown = here !== 'baseUrl' ? here : service === undefined ? undefined : baseUrl;
  return {
    ...words,
    severity: isOptional === true ? ('info' as const) : (severity ?? ('error' as const)),
    ...(shown !== undefined && ({ field: shown } as const)),
  };
}

const mostNames = 5;

function nameThem(things: ReadonlySet<string> | ReadonlyMap<string, unknown>): string {
  const names = [...things.keys()];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `${names.slice(0, mostNames).join(', ')}${more}`;
}

/** What the parts of one check share. */
export interface CheckContext {
  readonly options: ConnectOptions;
  readonly scope: AbortScope;
  readonly deadlineMs: number;
  /** What each request is sent with. */
  readonly call: RequestOptions;
  readonly findings: FindingList;
  /** `fetch` of the connection, watched. */
  readonly fetch: typeof globalThis.fetch;
}

/** What was found out about one half of the connection. */
export interface CheckedHalf {
  readonly credentials: readonly CredentialVerdict[];
  readonly permissions: readonly PermissionVerdict[];
}
