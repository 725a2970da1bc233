import type { ConfigIssue, FormFieldName } from '../../errors/input-errors.js';
import { adminRemedies } from '../../errors/remedies/admin.js';
import { complianceRemedies } from '../../errors/remedies/compliance.js';
import { connectionRemedies } from '../../errors/remedies/connection.js';
import { type KeyKind, keyKind } from '../../errors/remedies/key-kind.js';
import { networkRemedies } from '../../errors/remedies/network.js';
import { ofSeveral } from '../../errors/remedies/other-keys.js';
import { platformFindings } from '../../errors/remedies/platform-findings.js';
import { explain, nameKeys, ofKind, type Remedy } from '../../errors/remedies/remedy.js';
import { scimRemedies } from '../../errors/remedies/scim.js';
import type { AbortScope } from '../../internal/abort.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { isOrganizationId } from '../compliance-keys.js';
import type { ConnectOptions } from '../connect-options.js';
import { nameThem } from '../name-them.js';
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
  readonly service?: 'scim' | 'compliance' | 'admin' | 'platform';
  readonly principal?: AuditLogPrincipal;
  readonly eventType?: string | undefined;
  /** That the principal was asked for with. It tells keys apart, and is not kept for anything else. */
  readonly apiKey?: string | undefined;
  /** What is said of keys that start so is said of it. */
  readonly kind?: KeyKind | undefined;
  /** Whether the principal stands in the field of the keys by workspace, and not among the workspace ids alone. */
  readonly hasOwnKey?: boolean;
  /** Whether its key is entered once, for several workspaces. */
  readonly isShared?: boolean;
  /** Whether something of the workspace answers to the key. */
  readonly isAlive?: boolean;
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
  /** By the id of whom they are for. */
  readonly apiKeys: Map<string, string>;
  /** Said too where several keys fail so. */
  readonly several: string | undefined;
}

// In one table, since codes are told apart by name alone.
const remedies: Readonly<Record<ObservedCode, Remedy>> = {
  ...networkRemedies,
  ...scimRemedies,
  ...complianceRemedies,
  ...adminRemedies,
  ...connectionRemedies,
  ...platformFindings,
};

/** What an error says of the same: it names nobody. `around` is what is known of the other keys. */
export function explainFinding(code: ObservedCode, apiKey: string, around: 'exchanged' | 'same' | undefined): string {
  const kind = keyKind(apiKey);
  const remedy = ofKind(remedies[code], kind);
  const isOfKeys = remedy.several !== undefined && around !== undefined;
  const beside = around === 'same' ? ofSeveral(kind) : remedy.several?.replace('{principals}', 'the workspaces');
  return [(isOfKeys ? beside : undefined) ?? [], explain(remedy)].flat().join(' ');
}

function isObserved(code: CheckCode): code is ObservedCode {
  return Object.hasOwn(remedies, code);
}

const rank = { error: 0, warning: 1, info: 2 };

/** Gathers findings: the same thing found in several places is one finding that names them. */
export class FindingList {
  readonly #gathered = new Map<string, Gathered>();

  add(code: ObservedCode, place: FindingPlace, outcome?: Outcome, evidence: CheckEvidence = {}): void {
    const { service, principal, eventType, permission, apiKey, opened = '' } = place;
    const { several, ...words } = describe(ofKind(remedies[code], place.kind), place);
    const message = words.message.replace('{opened}', () => opened);
    // The id of an organization has a field of its own.
    const isOfOrganization = principal?.type === 'organization' && remedies[code].field === 'workspaceIds';
    const field = isOfOrganization ? 'organizationId' : words.field;
    const key = [code, service, field, message, words.remedy].join(' ');
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
    if (apiKey !== undefined && principal !== undefined) gathered.apiKeys.set(principal.id, apiKey);
  }

  /** Adds what the form itself shows, in its own words. */
  addIssue({ code, field, path, message, remedy }: ConfigIssue): void {
    const service = field && serviceOfField(field);
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

  /** Whether several keys fail so, each of a workspace of its own, whichever field they stand in. */
  failAlike(code: ObservedCode): boolean {
    const [one] = [...this.#gathered.values()].filter(({ finding }) => finding.code === code);
    return one !== undefined && this.#whoFailsAlike(one).length > 0;
  }

  #whoFailsAlike({ finding: { code, service }, several }: Gathered): readonly string[] {
    if (several === undefined) return [];
    const alike = [...this.#gathered.values()].filter(
      ({ finding: one }) => one.code === code && one.service === service && one.field !== 'organizationId',
    );
    const keys = new Map(alike.flatMap(({ apiKeys }) => [...apiKeys]));
    return new Set(keys.values()).size > 1 ? [...keys.keys()] : [];
  }

  /**
   * The findings, the worst first, and of those the directory's: which service answered first must not show. Event types are
   * left out of those that are found of all. What kept all of a service from being checked is an error: nothing of it
   * was seen to work.
   */
  list(
    allPrincipals: number,
    allEventTypes: number,
    isUnseen: Readonly<Record<NonNullable<FindingPlace['service']>, boolean>>,
  ): CheckFinding[] {
    return [...this.#gathered.values()]
      .map((gathered) => {
        const { finding, principals, eventTypes, permissions, apiKeys, several = '' } = gathered;
        const names = nameThem(principals.keys());
        const areSeveral = new Set(apiKeys.values()).size > 1;
        const alike = this.#whoFailsAlike(gathered);
        const beside = alike.length > 0 ? `${several.replace('{principals}', () => nameThem(alike))} ` : '';
        return {
          ...finding,
          remedy: beside + finding.remedy.replace('{principals}', () => names),
          ...(finding.service !== undefined &&
            isUnseen[finding.service] &&
            notCheckedCodes.includes(finding.code) && { severity: 'error' as const }),
          // Of a form with one workspace there is nobody else.
          message: nameKeys(finding.message, allPrincipals > 1 ? names : '', areSeveral)
            .replace('{principals}', () => names)
            .replace('{eventTypes}', () => nameThem(eventTypes))
            .replace('{permissions}', () => nameThem(permissions)),
          ...(principals.size > 0 && { principals: [...principals.values()] }),
          ...(eventTypes.size > 0 && eventTypes.size < allEventTypes && { eventTypes: [...eventTypes] }),
        };
      })
      .sort((one, other) => rank[one.severity] - rank[other.severity] || place(one) - place(other));
  }

  #open(key: string, finding: CheckFinding, several?: string): Gathered {
    const places = {
      eventTypes: new Set<string>(),
      permissions: new Set<string>(),
      apiKeys: new Map<string, string>(),
    };
    const gathered: Gathered = { finding, principals: new Map(), ...places, several };
    this.#gathered.set(key, gathered);
    return gathered;
  }
}

const order = ['scim', 'compliance', 'admin', 'platform'];
const place = ({ service = 'scim' }: CheckFinding) => order.indexOf(service);

function serviceOfField(field: FormFieldName): 'scim' | 'compliance' | 'platform' {
  if (field.startsWith('platform')) return 'platform';
  return /^(?:scim|prov|deprov)/.test(field) ? 'scim' : 'compliance';
}

/** Where a person can do something about it: an address is another field for each service, a key of its own has its field. */
function describe(
  { field: ofRemedy, severity, unnamed: _, of: __, shared, alive, ...words }: Remedy,
  { service, hasOwnKey, isShared, isAlive, isOptional }: FindingPlace,
) {
  const right = isAlive === true ? alive : undefined;
  const field = right === undefined ? ofRemedy : undefined;
  const baseUrl = baseUrls[service ?? 'compliance'];
  const isOfKey = field === 'complianceApiKey' || field === 'workspaceIds';
  const here = hasOwnKey === true && isOfKey ? 'complianceApiKeys' : field;
  const shown = here !== 'baseUrl' ? here : service === undefined ? undefined : baseUrl;
  return {
    ...words,
    ...(isShared === true && shared !== undefined && { remedy: shared }),
    ...right,
    severity: isOptional === true ? ('info' as const) : (severity ?? ('error' as const)),
    ...(shown !== undefined && ({ field: shown } as const)),
  };
}

const baseUrls = {
  scim: 'scimBaseUrl',
  compliance: 'complianceBaseUrl',
  admin: 'complianceBaseUrl',
  platform: 'platformBaseUrl',
} as const;

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
