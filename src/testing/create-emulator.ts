import { EmulatorError } from '../errors/emulator-error.js';
import { systemClock } from '../internal/clock.js';
import { ActivityLedger } from './admin/activity.js';
import { documentedAdminBehaviour } from './admin/behaviour.js';
import { ManualGroups } from './admin/groups.js';
import { UsageLimits } from './admin/limits.js';
import type { AdminParts } from './admin/parts.js';
import { AdminService } from './admin/service.js';
import { checkConnectionConfig, checkEmulatorOptions, checkListenOptions } from './check-emulator-options.js';
import { createEmulatorClock, type EmulatorClock } from './clock.js';
import { type ComplianceParts, ComplianceService } from './compliance/service.js';
import { StorageService } from './compliance/storage.js';
import { Workspaces } from './compliance/workspaces.js';
import type {
  Emulator,
  EmulatorAdmin,
  EmulatorClientOptions,
  EmulatorCompliance,
  EmulatorConnectionConfig,
  EmulatorOptions,
  EmulatorScim,
  EmulatorServer,
  EmulatorSnapshot,
  ListenOptions,
} from './emulator.js';
import { Exchange } from './exchange.js';
import { FaultPlan } from './fault-plan.js';
import { createMswHandlers, fetchInProcess, type MswHttp } from './fetch-in-process.js';
import { type Listening, listen } from './listen.js';
import { type PlatformParts, PlatformService } from './platform/service.js';
import { createPlatform, createPlatformSide, type EmulatorPlatform } from './platform/side.js';
import { createRandom } from './random.js';
import { RequestLog } from './request-log.js';
import type { Origins } from './routes.js';
import { tokenPath } from './scim/oauth.js';
import { ScimService } from './scim/service.js';
import { createAdmin, createComplianceSide, createScimSide } from './sides.js';
import { createStore, type EmulatorStore } from './store.js';
import { fillDefaultWorld } from './world/default-world.js';
import { addWorkspaces, createKeys } from './world/new-workspace.js';

const origins = {
  scim: 'https://scim.emulator.test',
  compliance: 'https://api.chatgpt.emulator.test',
  platform: 'https://api.openai.emulator.test',
  storage: 'https://storage.emulator.test',
} as const;

/**
 * Starts an emulator of ChatGPT Enterprise's SCIM endpoint, Compliance API and Admin API, and of the API Platform's audit log, in this process. Nothing is intercepted:
 * hand {@link Emulator.fetch} to whatever should talk to it. {@link Emulator.close} tells what went wrong.
 *
 * @throws InputError for an option, a quirk or a value of one that there is not.
 * @throws RangeError when the clock does not tell a time.
 *
 * @example
 * import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator();
 * const answer = await emulator.fetch(`${emulator.scim.baseUrl}/Users`, {
 *   headers: { authorization: `Bearer ${emulator.scim.token}` },
 * });
 * console.log((await answer.json()).totalResults);
 * await emulator.close();
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new InProcessEmulator(checkEmulatorOptions(options));
}

class InProcessEmulator implements Emulator {
  readonly clock: EmulatorClock;
  readonly scim: EmulatorScim;
  readonly compliance: EmulatorCompliance;
  readonly admin: EmulatorAdmin;
  readonly platform: EmulatorPlatform;
  readonly store: EmulatorStore;
  readonly faults = new FaultPlan();
  readonly requests: RequestLog;
  readonly #complaints: EmulatorError[] = [];
  readonly #scimSide: ReturnType<typeof createScimSide>;
  readonly #complianceSide: ComplianceParts;
  readonly #adminSide: AdminParts;
  readonly #platformSide: PlatformParts;
  readonly #exchange: Exchange;
  readonly #servers: Listening[] = [];
  #isClosed = false;

  constructor(options: EmulatorOptions) {
    const seed = options.seed ?? 1;
    const random = createRandom(seed);
    const base = options.clock ?? systemClock;
    const clock = 'advance' in base ? (base as EmulatorClock) : createEmulatorClock(base);
    const now = () => clock.now();
    this.clock = clock;
    const quirks = { ...documentedAdminBehaviour, ...options.admin?.quirks };
    const workspaces = new Workspaces(now, quirks.staleMembersMs);
    this.#scimSide = createScimSide(options, random, now, workspaces);
    this.#complianceSide = createComplianceSide(options.compliance, random, now, workspaces, this.#scimSide.directory);
    const { logs, keys } = this.#complianceSide;
    const { directory, behaviour, basePath, tokens, held, oauth } = this.#scimSide;
    this.#adminSide = {
      access: this.#complianceSide,
      audit: this.#complianceSide.audit,
      directory,
      sync: options.scim?.sync ?? 'tenant',
      groups: new ManualGroups(workspaces, now),
      limits: new UsageLimits(workspaces, now),
      activity: new ActivityLedger(logs, workspaces, now),
      quirks,
      now,
    };
    this.#platformSide = createPlatformSide(options.platform, keys, seed, now);
    this.requests = new RequestLog(options.maxRecordedRequests ?? 10_000);
    this.#exchange = new Exchange({
      services: {
        scim: new ScimService(this.#scimSide),
        compliance: new ComplianceService(this.#complianceSide),
        admin: new AdminService(this.#adminSide),
        platform: new PlatformService(this.#platformSide),
        storage: new StorageService(this.#complianceSide.urls, () => this.#complaints.push(leaked())),
      },
      faults: this.faults,
      requests: this.requests,
      clock,
      onUnhandled: (error) => this.#complaints.push(error),
    });

    const scimBaseUrl = `${origins.scim}${basePath}`;
    this.store = createStore(directory, behaviour, scimBaseUrl, {
      workspaces,
      logs,
      platform: this.#platformSide.log,
      admin: { groups: this.#adminSide.groups, limits: this.#adminSide.limits },
    });
    const organizationId = `org-${random.text(24)}`;
    if (options.world !== 'empty') fillDefaultWorld({ store: this.store, random, clock, organizationId, seed });
    const keysOf = addWorkspaces({ workspaces, random, organizationId }, options.workspaces ?? []);

    this.scim = {
      baseUrl: scimBaseUrl,
      token: tokens.create(),
      createToken: () => tokens.create(),
      revokeToken: (token) => {
        tokens.revoke(token);
        oauth?.revoke(token);
      },
      oauth: oauth && {
        tokenUrl: `${origins.scim}${tokenPath}`,
        clientId: oauth.clientId,
        clientSecret: oauth.clientSecret,
        revokeTokens: () => oauth.revoke(),
      },
      heldUsers: () => held.list(),
    };
    this.compliance = {
      baseUrl: `${origins.compliance}/v1`,
      apiKey: keys.create({ keyClass: 'legacy_compliance' }),
      apiKeys: createKeys({ workspaces, keys }, keysOf),
      keys,
      workspaceIds: [...workspaces].map((workspace) => workspace.id),
      organizationId,
    };
    this.admin = createAdmin(`${origins.compliance}/v1`, this.#complianceSide, seed);
    this.platform = createPlatform(`${origins.platform}/v1`, this.#platformSide, seed);
  }

  // A property: it is handed over without the emulator.
  readonly fetch: typeof globalThis.fetch = (input, init) => {
    if (this.#isClosed) return Promise.reject(new EmulatorError('emulator_closed', 'The emulator is closed.'));
    return fetchInProcess(this.#exchange, origins, this.clock, input, init);
  };

  get clientOptions(): EmulatorClientOptions {
    return { fetch: this.fetch, clock: this.clock, rateLimit: false };
  }

  handlers<Handler>(http: MswHttp<Handler>): Handler[] {
    return createMswHandlers(http, Object.values(origins), this.fetch);
  }

  async listen(options: ListenOptions = {}): Promise<EmulatorServer> {
    const { port = 0, storagePort = 0 } = checkListenOptions(options);
    const listening = await listen(this.#exchange, this.clock, { port, storagePort });
    this.#servers.push(listening);
    return {
      scimBaseUrl: `${listening.origins.scim}${this.#scimSide.basePath}`,
      complianceBaseUrl: `${listening.origins.compliance}/v1`,
      platformBaseUrl: `${listening.origins.platform}/v1`,
      storageOrigin: listening.origins.storage,
      oauthTokenUrl: this.scim.oauth && `${listening.origins.scim}${tokenPath}`,
      connectionConfig: (overrides) => this.#connectionConfigAt(listening.origins, overrides),
      close: listening.close,
      [Symbol.asyncDispose]: listening.close,
    };
  }

  connectionConfig(overrides?: Partial<EmulatorConnectionConfig>): EmulatorConnectionConfig {
    return this.#connectionConfigAt(origins, overrides);
  }

  #connectionConfigAt(at: Origins, overrides: Partial<EmulatorConnectionConfig> = {}): EmulatorConnectionConfig {
    checkConnectionConfig(overrides);
    return {
      scimBaseUrl: `${at.scim}${this.#scimSide.basePath}`,
      scimToken: this.scim.token,
      complianceApiKey: this.compliance.apiKey,
      workspaceIds: this.compliance.workspaceIds.join(','),
      complianceBaseUrl: `${at.compliance}/v1`,
      provisioning: false,
      deprovisioning: false,
      ...(overrides.platformApiKey !== undefined && {
        platformOrganizationId: this.compliance.organizationId,
        platformBaseUrl: `${at.platform}/v1`,
      }),
      ...overrides,
    };
  }

  snapshot(): EmulatorSnapshot {
    const kept = Object.entries(this.#worldParts()).map(([name, part]) => [name, part.snapshot()] as const);
    // Opaque on purpose: what is inside is nobody's business.
    return Object.fromEntries(kept) as unknown as EmulatorSnapshot;
  }

  restore(snapshot: EmulatorSnapshot): void {
    const kept = snapshot as unknown as Readonly<Record<string, unknown>>;
    for (const [name, part] of Object.entries(this.#worldParts())) part.restore(kept[name] as never);
    const { urls, limiter } = this.#complianceSide;
    for (const part of [this.#scimSide.cursors, urls, limiter, this.#platformSide.limiter]) part.clear();
  }

  #worldParts(): Readonly<Record<string, WorldPart>> {
    const { directory, tokens, held, oauth } = this.#scimSide;
    const { workspaces, logs, keys } = this.#complianceSide;
    const { groups, limits } = this.#adminSide;
    const { log: platform } = this.#platformSide;
    return { directory, workspaces, logs, platform, keys, tokens, held, groups, limits, ...(oauth && { oauth }) };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all(this.#servers.map((server) => server.close()));
    const complaints = [...this.#complaints, ...this.faults.complaints()];
    if (complaints.length === 1) throw complaints[0];
    if (complaints.length > 1)
      throw new AggregateError(complaints, complaints.map(({ message }) => message).join('\n'));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A part of the world that can be kept and brought back: `restore` takes what its own `snapshot` gave. */
interface WorldPart {
  snapshot(): unknown;
  restore(kept: never): void;
}

function leaked(): EmulatorError {
  return new EmulatorError('leaked_credential', 'A credential was sent to the storage host of a signed URL.', {
    remedy: 'Follow the redirect of a log file download without the Authorization header.',
  });
}
