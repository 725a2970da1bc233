import { checkChoice, checkList, checkOptions } from '../../errors/check-options.js';
import type { Random } from '../random.js';

/** What a key may do. The names are OpenAI's. */
export type ComplianceScope =
  | 'chatgpt.enterprise.compliance_logs_platform.read'
  | 'chatgpt.enterprise.compliance_export.read'
  | 'chatgpt.enterprise.compliance_export.delete'
  | `chatgpt.enterprise.compliance_logs_platform.${string}.read`
  | (string & {});

/** How a key was made, which decides whether this service knows it at all. */
export type ComplianceKeyClass =
  /** Workspace-scoped admin key of admin.openai.com, `sk-admin-…`. */
  | 'workspace_admin'
  /** Secret key that OpenAI has given the compliance scopes, `sk-proj-…`. */
  | 'legacy_compliance'
  /** Admin key of platform.openai.com, `sk-admin-…`: another object, refused with 401. */
  | 'platform_admin'
  /** Ordinary project key, `sk-proj-…`: refused with 401. */
  | 'project';

/** A key of the Compliance API. */
export interface ComplianceKey {
  readonly keyClass: ComplianceKeyClass;
  readonly scopes: ReadonlySet<string>;
  /** Workspaces and organizations the key may see; `all` of them when absent. */
  readonly principalIds: ReadonlySet<string> | undefined;
}

/** What {@link ComplianceKeys.create} takes. */
export interface NewComplianceKey {
  /** @default 'workspace_admin' */
  readonly keyClass?: ComplianceKeyClass | undefined;
  /** @default ['chatgpt.enterprise.compliance_logs_platform.read', 'chatgpt.enterprise.compliance_export.read'] */
  readonly scopes?: readonly ComplianceScope[] | undefined;
  /** Workspace and organization ids. Every one of the emulator's when absent. */
  readonly principalIds?: readonly string[] | undefined;
}

/** The keys the service knows. */
export class ComplianceKeys {
  // Replaced, never changed.
  #keys: ReadonlyMap<string, ComplianceKey> = new Map();
  readonly #random: Random;

  /** @internal */
  constructor(random: Random) {
    this.#random = random;
  }

  /** Makes a key and gives its secret. @throws InputError for an option there is not. */
  create(options: NewComplianceKey = {}): string {
    const key = checkOptions('keys.create()', options, { keyClass: true, scopes: true, principalIds: true });
    if (key.scopes !== undefined) checkList('scopes', key.scopes);
    if (key.principalIds !== undefined) checkList('principalIds', key.principalIds);
    checkChoice('keyClass', key.keyClass, [undefined, ...keyClasses]);
    const keyClass = key.keyClass ?? 'workspace_admin';
    const prefix = keyClass === 'workspace_admin' || keyClass === 'platform_admin' ? 'sk-admin-' : 'sk-proj-';
    const secret = `${prefix}${this.#random.text(40)}`;
    const principalIds = key.principalIds && new Set(key.principalIds);
    this.#keys = new Map([
      ...this.#keys,
      [secret, { keyClass, scopes: new Set(key.scopes ?? readScopes), principalIds }],
    ]);
    return secret;
  }

  /** The key is refused with 401 from now on. */
  revoke(secret: string): void {
    this.#keys = new Map([...this.#keys].filter(([known]) => known !== secret));
  }

  /** @internal */
  get(secret: string): ComplianceKey | undefined {
    return this.#keys.get(secret);
  }

  /** @internal */
  snapshot(): ReadonlyMap<string, ComplianceKey> {
    return this.#keys;
  }

  /** @internal */
  restore(snapshot: ReadonlyMap<string, ComplianceKey>): void {
    this.#keys = snapshot;
  }
}

const keyClasses: readonly ComplianceKeyClass[] = ['workspace_admin', 'legacy_compliance', 'platform_admin', 'project'];

const readScopes = ['chatgpt.enterprise.compliance_logs_platform.read', 'chatgpt.enterprise.compliance_export.read'];

/** Whether the key may read log files of a type. */
export function mayReadLog(key: ComplianceKey, eventType: string): boolean {
  return (
    key.scopes.has('chatgpt.enterprise.compliance_logs_platform.read') ||
    key.scopes.has('chatgpt.enterprise.compliance_export.read') ||
    key.scopes.has(`chatgpt.enterprise.compliance_logs_platform.${scopeName(eventType)}.read`)
  );
}

// The four analytics types share one scope.
function scopeName(eventType: string): string {
  return eventType.endsWith('_ANALYTICS') ? 'workspace_analytics' : eventType.toLowerCase();
}
