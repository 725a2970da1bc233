import { networkRemedies } from '../errors/remedies/network.js';
import { explain } from '../errors/remedies/remedy.js';
import { scimRemedies, scimRequestRemedies } from '../errors/remedies/scim.js';
import { type ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import type { ResponseErrorCode } from '../errors/sdk-error.js';
import { untilAborted } from '../internal/abort.js';
import { ownCopy } from '../internal/json.js';
import { failureIn } from '../transport/error-body.js';
import {
  type RequestOptions,
  requestNames,
  type SharedDeadline,
  type TransportRequest,
  type TransportResponse,
} from '../transport/options.js';
import { sensitiveValues } from '../transport/redact.js';
import { type Explain, responseToError } from '../transport/response-failure.js';
import { shareDeadline } from '../transport/shared-deadline.js';
import { Transport } from '../transport/transport.js';
import { addressRemedy } from './error-body.js';
import { type GrantedAccess, type ProviderProfile, resolveProfile, type ScimClientOptions } from './options.js';
import { ProvenFilters } from './proven-filters.js';
import type { PatchOperation } from './schemas/common.js';
import type { ServiceProviderConfig } from './schemas/discovery.js';
import { guardAccess } from './write/guard.js';

/** One SCIM server, as one client reaches it: what every request to it goes by, and what it has shown of itself. */
export class Server {
  readonly knowledge = new ServerKnowledge();
  readonly transport: Transport;
  readonly profile: ProviderProfile;
  readonly access: GrantedAccess;
  /** Stops a request that the access does not allow. The transport asks it too; this is for asking ahead. */
  readonly guard = (request: TransportRequest): void => guardAccess(this.access, request);
  /** How many times a failed write may be made again after it was looked up. */
  readonly maxRetries: number;
  /** Work under way by key: the last piece, after which the next may begin. */
  readonly locks: Locks = new Map();
  /** Paths in lower case of the server's own attributes that look like slips of others. */
  readonly customAttributes: ReadonlySet<string>;
  readonly #deadlineMs: number | undefined;

  constructor({ baseUrl, token, access, profile = 'workos', customAttributes = [], ...options }: ScimClientOptions) {
    this.access = Object.freeze({
      provisioning: access?.provisioning === true,
      deprovisioning: access?.deprovisioning === true,
    });
    this.profile = resolveProfile(profile);
    this.customAttributes = new Set(customAttributes.map((path) => path.toLowerCase()));
    this.maxRetries = options.maxRetries ?? 3;
    this.#deadlineMs = options.deadlineMs;
    this.transport = new Transport({
      ...options,
      service: 'scim',
      baseUrl,
      credential: token,
      guard: this.guard,
      explain: explainScimFailure,
    });
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    const response = await this.transport.send({ contentType: this.profile.contentType, ...request });
    // What a read was answered with is looked at by who reads it.
    if (request.method !== 'GET' && response.status < 300) refuseFailure(request, response);
    return response;
  }

  /** The options of a call of several requests, which share one deadline, where the call or the client has one. */
  sharedOptions(options: RequestOptions | undefined): RequestOptions {
    return shareDeadline(requestOptionsOf(options), this.#deadlineMs, this.transport.clock);
  }
}

/** What the administrator of a SCIM connection can do about a failure, where the general advice is not enough. */
export const explainScimFailure: Explain = ({ code, scimType, bodyKind, method, route }, params) => {
  if (bodyKind === 'html' && (code === 'forbidden' || code === 'not_found')) {
    return { remedy: explain(networkRemedies.web_page_answered) };
  }
  const isList = method === 'GET' && !route.includes('{');
  if (code === 'not_implemented' && isList) return { remedy: scimRequestRemedies.list_not_implemented };
  if (code === 'not_found' && isList) return { remedy: explain(scimRemedies.directory_unknown) };
  const { remedy } = code === 'not_found' ? addressRemedy(params?.id) : {};
  if (remedy !== undefined) return { remedy };
  return { remedy: scimType === 'invalidFilter' ? scimRequestRemedies.invalid_filter : remedyFor(code) };
};

function remedyFor(code: ResponseErrorCode): string | undefined {
  if (code === 'unauthorized') return explain(scimRemedies.scim_token_refused);
  if (code === 'forbidden') return explain(scimRemedies.scim_forbidden);
  const remedies: Partial<Record<ResponseErrorCode, string>> = scimRequestRemedies;
  return remedies[code === 'uniqueness' ? 'conflict' : code];
}

/** Some servers, and gateways before them, answer with a success whose body says that there was none. */
export function refuseFailure(request: TransportRequest, response: TransportResponse): void {
  const { body, headers, requestId } = response;
  const failure = failureIn(body);
  if (failure === undefined) return;
  const { method, route } = request;
  const { status } = failure;
  if (status !== undefined && status < 600) {
    const text = JSON.stringify(body);
    const known = sensitiveValues(request);
    const explainFailure: Explain = (said) => explainScimFailure(said, request.params);
    const facts = { method, route, status, headers, text, requestId, known, explain: explainFailure };
    throw responseToError({ ...facts, service: 'scim', url: '', attempts: 1, retryAfterMs: undefined });
  }
  const isRead = method === 'GET' || request.safeToRepeat === true;
  throw new ResponseValidationError(`${method} ${route} was answered ${response.status} with an error.`, {
    method,
    route,
    status: response.status,
    issues: [{ path: [], message: 'expected no error in a success' }],
    remedy: isRead
      ? 'Take nothing in it for the truth, least of all that there is nobody. Read it again later.'
      : 'Take it for not done. Read the resource before the write is repeated.',
  });
}

/** The part of any call's options that says how a request is made. */
export function requestOptionsOf(
  options: (RequestOptions & SharedDeadline) | undefined,
): RequestOptions & SharedDeadline {
  const given = ownCopy<RequestOptions & SharedDeadline>(options ?? {}, [...requestNames, 'wholeDeadlineMs']);
  const { signal, timeoutMs, deadlineMs, wholeDeadlineMs, maxRetries, headers } = given;
  return { signal, timeoutMs, deadlineMs, wholeDeadlineMs, maxRetries, headers };
}

type Locks = Map<string, Promise<unknown>>;

/**
 * Runs pieces of work that share a key one after the other, in the order they came. One that fails does not stop the
 * next; one that is aborted while it waits is never begun. All keys are taken at once, so no two wait for each other.
 */
export async function withLock<T>(
  locks: Locks,
  keys: readonly string[],
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const before = Promise.all(keys.map((key) => locks.get(key)));
  let end = () => {};
  const own = new Promise<void>((resolve) => {
    end = resolve;
  });
  const ended = before.then(() => own);
  for (const key of keys) locks.set(key, ended);
  try {
    await (signal === undefined ? before : untilAborted(before, signal));
    signal?.throwIfAborted();
    // Awaited here, so that the stack of what fails leads to the caller.
    return await work();
  } finally {
    end();
    void ended.then(() => {
      for (const key of keys) if (locks.get(key) === ended) locks.delete(key);
    });
  }
}

const isPlainValue = (value: unknown): boolean => typeof value !== 'string' || /^[\w.@-]{1,64}$/.test(value);

/** Values refused in a row that show that the server takes no such filter: a single one may be about the value. */
const refusalsBelieved = 2;

/** Limits of bulk requests. */
export interface BulkLimits {
  readonly maxOperations: number;
  /** Bytes. */
  readonly maxPayloadSize: number;
}

/** What one client found out about its server, by asking and by being refused. Never shared between clients. */
export class ServerKnowledge {
  /** Whether to page by cursor (RFC 9865): the server says so, or shows it. */
  pagesByCursor = false;
  /** Whether the server turns an index into the number of a page, so that no page can begin with the last row of another. */
  countsWholePages: boolean | undefined;
  /** Whether the first row was seen to have index 1, which some servers call 0. */
  countsFromOne = false;
  /** Whether to search by `POST /.search`: ServiceProviderConfig has no word for it. */
  hasSearch = true;
  /** What the server says of bulk requests; `false` where it has none, `undefined` where it has said nothing. */
  bulk: false | BulkLimits | undefined;
  /** Which of its filters were seen to find what is there. */
  readonly provenFilters = new ProvenFilters();
  /** Groups that were seen to show members. Others may be too large for the server to show theirs. */
  readonly groupsShown = new Set<string>();
  /** Groups that this client created without members, or emptied by PUT, and has not written to nor seen members of since. */
  readonly emptyGroups = new Set<string>();
  /** Routes where the server refused a write without a version (428). */
  readonly versionedRoutes = new Set<string>();
  #maxCount = Infinity;
  #provenCount = 0;
  #hasPatch = true;
  #hasFilters = true;
  readonly #refusedPatches = new Set<string>();
  readonly #refusedFilters = new Map<string, { readonly refusals: number; readonly value: string }>();

  /** Takes note of what a server says it can do, field by field: one that is missing says nothing of the others. */
  rememberConfig({ patch, bulk, filter, pagination }: ServiceProviderConfig): void {
    if (patch?.supported === false) this.#hasPatch = false;
    if (filter?.supported === false) this.#hasFilters = false;
    this.#maxCount = Math.min(limit(filter?.maxResults), limit(pagination?.maxPageSize), this.#maxCount);
    if (bulk?.supported === false) this.bulk = false;
    if (bulk?.supported === true) {
      this.bulk ??= { maxOperations: limit(bulk.maxOperations), maxPayloadSize: limit(bulk.maxPayloadSize) };
    }
    if (pagination?.cursor === true) {
      this.pagesByCursor = pagination.index === false || pagination.defaultPaginationMethod === 'cursor';
    }
  }

  /** Rows to ask for in a page where `wanted` are wanted: the server says so, or refused more. */
  pageSize(wanted: number): number {
    return Math.min(wanted, this.#maxCount);
  }

  isProvenPageSize(count: number): boolean {
    return count <= this.#provenCount;
  }

  /** Takes note of a page size that was taken; `wanted` is what was refused before, if anything was. */
  notePageSize(count: number, wanted: number): void {
    this.#provenCount = Math.max(this.#provenCount, count);
    if (count < wanted) this.#maxCount = count;
  }

  /** Whether it is worth asking a route for resources by the values of these attributes. */
  mayFilter(route: string, criteria: object): boolean {
    return this.#hasFilters && (this.#refusedFilters.get(filterKey(route, criteria))?.refusals ?? 0) < refusalsBelieved;
  }

  /** Takes note of how the server answered such a filter. */
  noteFilter(route: string, criteria: object, refusal?: ResponseError): void {
    const key = filterKey(route, criteria);
    if (refusal === undefined) {
      this.#refusedFilters.delete(key);
      return;
    }
    // A value that is unusual may be what was refused. It says nothing of the others.
    if (!Object.values(criteria).every(isPlainValue)) return;
    const before = this.#refusedFilters.get(key);
    const value = Object.values(criteria).join();
    if (refusal.status !== 501 && before?.value === value) return;
    const refusals = refusal.status === 501 ? refusalsBelieved : (before?.refusals ?? 0) + 1;
    this.#refusedFilters.set(key, { refusals, value });
  }

  /** Whether a route takes such a PATCH. Some servers have PATCH and no filters in its paths. */
  mayPatch(route: string, operations: readonly PatchOperation[]): boolean {
    return this.#hasPatch && !this.#refusedPatches.has(route) && !this.#refusedPatches.has(patchKey(route, operations));
  }

  /** Takes note of a PATCH that the server does not have (405) or has not for such paths (501). */
  notePatchRefusal(route: string, operations: readonly PatchOperation[], status: number): void {
    this.#refusedPatches.add(status === 405 ? route : patchKey(route, operations));
  }
}

const filterKey = (route: string, criteria: object): string => `${route} ${Object.keys(criteria)}`;

const patchKey = (route: string, operations: readonly PatchOperation[]): string =>
  operations.some(({ path }) => path?.includes('[')) ? `${route}[]` : route;

function limit(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : Infinity;
}
