import { EmulatorError } from '../errors/emulator-error.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { createEmulatorClock, type EmulatorClock } from './clock.js';
import { ComplianceKeys } from './compliance/keys.js';
import { LogStore } from './compliance/log-store.js';
import { type Audit, auditEventOf, ComplianceService, RateLimiter, type RateLimits } from './compliance/service.js';
import { SignedUrls, StorageService } from './compliance/storage.js';
import { Workspaces } from './compliance/workspaces.js';
import type { Emulator, EmulatorConnectionConfig, EmulatorOptions, EmulatorSnapshot } from './emulator.js';
import { createExchange } from './exchange.js';
import { FaultPlan } from './faults.js';
import { createInProcessFetch, createMswHandlers, type Listening, listen } from './http.js';
import { createRandom } from './random.js';
import { RequestLog } from './request-log.js';
import type { Origins } from './routes.js';
import { rfcBehaviour, workosBehaviour } from './scim/behaviour.js';
import { CursorStore } from './scim/cursors.js';
import { Directory, ScimTokens, StaleView } from './scim/directory.js';
import type { ListedRow } from './scim/list.js';
import { ResourceRenderer } from './scim/render.js';
import { groupKind, userKind } from './scim/resource-table.js';
import { createRfcRules } from './scim/rfc-rules.js';
import { ScimService } from './scim/service.js';
import { createWorkosRules, HeldUsers } from './scim/workos-rules.js';
import { createStore } from './store.js';
import { fillDefaultWorld } from './world/default-world.js';

const origins = {
  scim: 'https://scim.emulator.test',
  compliance: 'https://api.chatgpt.emulator.test',
  storage: 'https://storage.emulator.test',
} as const;

/**
 * Starts an emulator of ChatGPT Enterprise's SCIM endpoint and Compliance API in this process. Nothing is intercepted:
 * hand {@link Emulator.fetch} to whatever should talk to it.
 *
 * @throws RangeError when the clock does not say a time. What goes wrong later is said by {@link Emulator.close}.
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
  const random = createRandom(options.seed ?? 1);
  const clock = toEmulatorClock(options.clock ?? systemClock);
  const now = () => clock.now();

  const behaviour = { ...(options.scim?.mode === 'rfc' ? rfcBehaviour : workosBehaviour), ...options.scim?.quirks };
  const basePath = `/scim/v2.0/${random.text(16)}`;
  const scimBaseUrl = `${origins.scim}${basePath}`;
  const directory = new Directory(now, options.createId ?? (() => random.uuid()));
  const renderer = new ResourceRenderer(directory, behaviour);
  const cursors = new CursorStore<ListedRow>(random, now, behaviour.cursorTimeout);
  const tokens = new ScimTokens(random);
  const held = new HeldUsers(random);
  const stale = new StaleView(directory, now, behaviour.staleReadMs);
  const rules = behaviour.workosRules
    ? createWorkosRules(directory, behaviour, held)
    : createRfcRules(directory, behaviour);

  const workspaces = new Workspaces();
  const keys = new ComplianceKeys(random);
  const logs = new LogStore(now, random.integer(1, 2 ** 31), options.compliance?.logs);
  const urls = new SignedUrls(random, now);
  const limiter = new RateLimiter(now);
  const rateLimits = toRateLimits(options.compliance?.rateLimits);

  const audit: Audit = (request, route, about) => {
    const event = about.kind === 'workspace' ? auditEventOf(request, route, about, random, now()) : undefined;
    if (event !== undefined) logs.append(about.id, [event]);
  };

  const faults = new FaultPlan();
  const requests = new RequestLog(options.maxRecordedRequests ?? 10_000);
  const complaints: EmulatorError[] = [];
  const services = {
    scim: new ScimService({ basePath, behaviour, directory, stale, rules, cursors, tokens, me: options.scim?.me }),
    compliance: new ComplianceService({
      keys,
      workspaces,
      logs,
      urls,
      limiter,
      rateLimits,
      audit: options.compliance?.selfAudit === true ? audit : undefined,
    }),
    storage: new StorageService(urls, () => complaints.push(leaked())),
  };
  const exchange = createExchange({
    services,
    faults,
    requests,
    clock,
    onUnhandled: (error) => complaints.push(error),
  });

  const store = createStore({ directory, renderer, baseUrl: scimBaseUrl, workspaces, logs, userKind, groupKind });
  const organizationId = `org-${random.text(24)}`;
  const world = { store, random, clock, organizationId, seed: options.seed ?? 1 };
  if (options.world !== 'empty') fillDefaultWorld(world);

  const scim = {
    baseUrl: scimBaseUrl,
    token: tokens.create(),
    createToken: () => tokens.create(),
    revokeToken: (token: string) => tokens.revoke(token),
    heldUsers: () => held.list(),
  };
  const compliance = {
    baseUrl: `${origins.compliance}/v1`,
    apiKey: keys.create(),
    keys,
    workspaceIds: [...workspaces].map((workspace) => workspace.id),
    organizationId,
  };

  const details = {
    basePath,
    scimToken: scim.token,
    complianceApiKey: compliance.apiKey,
    workspaceIds: compliance.workspaceIds,
  };

  const servers: Listening[] = [];
  let isClosed = false;
  const inProcess = createInProcessFetch(exchange, origins, clock);
  const fetch: typeof globalThis.fetch = (input, init) =>
    isClosed ? Promise.reject(closed()) : inProcess(input, init);
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await Promise.all(servers.map((server) => server.close()));
    throwComplaints([...complaints, ...faults.complaints()]);
  };

  return {
    fetch,
    scim,
    compliance,
    store,
    faults,
    requests,
    clock,
    handlers: (http) => createMswHandlers(http, Object.values(origins), fetch),
    listen: async ({ port = 0, storagePort = 0 } = {}) => {
      const listening = await listen(exchange, clock, { port, storagePort });
      servers.push(listening);
      return {
        scimBaseUrl: `${listening.origins.scim}${basePath}`,
        complianceBaseUrl: `${listening.origins.compliance}/v1`,
        storageOrigin: listening.origins.storage,
        connectionConfig: (overrides) => connectionConfigOf(details, listening.origins, overrides),
        close: listening.close,
        [Symbol.asyncDispose]: listening.close,
      };
    },
    connectionConfig: (overrides) => connectionConfigOf(details, origins, overrides),
    ...createSnapshots({ directory, workspaces, logs, keys, tokens, held }, [cursors, urls, limiter]),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function toEmulatorClock(clock: Clock): EmulatorClock {
  return 'advance' in clock ? (clock as EmulatorClock) : createEmulatorClock(clock);
}

function toRateLimits(limits: RateLimits | 'documented' | undefined): RateLimits {
  return limits === 'documented' ? { downloadsPerMinute: 50, requestsPerMinute: 100 } : (limits ?? {});
}

function throwComplaints(complaints: readonly EmulatorError[]): void {
  const [first] = complaints;
  if (first === undefined) return;
  if (complaints.length === 1) throw first;
  throw new AggregateError(complaints, complaints.map((complaint) => complaint.message).join('\n'));
}

function leaked(): EmulatorError {
  return new EmulatorError('leaked_credential', 'A credential was sent to the storage host of a signed URL.', {
    remedy: 'Follow the redirect of a log file download without the Authorization header.',
  });
}

function closed(): EmulatorError {
  return new EmulatorError('emulator_closed', 'The emulator was closed before this request.');
}

/** What makes up a connection to the emulator, wherever it is reached. */
export interface ConnectionDetails {
  readonly basePath: string;
  readonly scimToken: string;
  readonly complianceApiKey: string;
  readonly workspaceIds: readonly string[];
}

/** The connection form for these origins. */
export function connectionConfigOf(
  details: ConnectionDetails,
  origins: Origins,
  overrides: Partial<EmulatorConnectionConfig> = {},
): EmulatorConnectionConfig {
  return {
    scimBaseUrl: `${origins.scim}${details.basePath}`,
    scimToken: details.scimToken,
    complianceApiKey: details.complianceApiKey,
    workspaceIds: details.workspaceIds.join(','),
    complianceBaseUrl: `${origins.compliance}/v1`,
    provisioning: false,
    deprovisioning: false,
    ...overrides,
  };
}

/** A part of the world that can be kept and brought back. */
interface Keepable {
  snapshot(): unknown;
  /** Takes what its own `snapshot` gave. */
  restore(kept: never): void;
}

/** Something that only makes sense within one world: cursors, signed URLs, counts. */
interface Passing {
  clear(): void;
}

/** Keeps and brings back all parts of the world together. */
export function createSnapshots(
  parts: Readonly<Record<string, Keepable>>,
  passing: readonly Passing[],
): Pick<Emulator, 'snapshot' | 'restore'> {
  return {
    snapshot: () => {
      const kept = Object.entries(parts).map(([name, part]) => [name, part.snapshot()] as const);
      // Opaque on purpose: what is inside is nobody's business.
      return Object.fromEntries(kept) as unknown as EmulatorSnapshot;
    },
    restore: (snapshot) => {
      // Each part gets back what it gave under its own name.
      const kept = snapshot as unknown as Readonly<Record<string, never>>;
      for (const [name, part] of Object.entries(parts)) part.restore(kept[name] as never);
      for (const part of passing) part.clear();
    },
  };
}
