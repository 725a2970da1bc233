import { checkOptions, checkText } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { adminKeys } from '../errors/menus.js';
import type { OtherKeys } from '../errors/remedies/other-keys.js';
import { type ResponseIssue, ResponseValidationError } from '../errors/response-errors.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { ownCopy } from '../internal/json.js';
import { createPrivateTag } from '../internal/private-tag.js';
import { chatgptBaseUrl, checkChatgptBaseUrl, documentedRateLimit } from '../transport/chatgpt-api.js';
import type { Credential, RequestOptions } from '../transport/options.js';
import { otherKeysOf } from '../transport/other-keys.js';
import { type AuditLogPrincipal, readPrincipals } from '../transport/principal.js';
import { readKeys, workspacesWithKey } from '../transport/principal-keys.js';
import { namingPrincipal } from '../transport/principal-tag.js';
import { readAnswer } from '../transport/read-answer.js';
import { Cooldown } from '../transport/request-gate.js';
import { shareDeadline } from '../transport/shared-deadline.js';
import { Transport } from '../transport/transport.js';
import { explainAdminFailure } from './explain-admin-failure.js';
import { readingOnly } from './guard.js';
import { type AdminClientOptions, adminClientOptionNames } from './options.js';

/** One GET of the Admin API. `workspace_id` is filled in. */
export interface AdminRequest {
  /** Template, such as `/manage/workspaces/{workspace_id}/users`. */
  readonly route: string;
  /** What the template has beside the workspace. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Names of `query` that are about people. */
  readonly personalQuery?: readonly string[] | undefined;
}

/** A success, and what is needed to say that it is not the right one. */
export interface AdminAnswer {
  readonly body: unknown;
  readonly route: string;
  readonly status: number;
  readonly requestId: string | undefined;
  /** Of the workspace that was asked. */
  readonly workspaceId: string;
}

/** An answer that cannot be right. One that is another's is not asked for again: the service says so. */
export function wrongAdminAnswer(
  { route, status }: AdminAnswer,
  what: string,
  issue: ResponseIssue,
  { retryable = true, remedy }: { readonly retryable?: boolean; readonly remedy?: string } = {},
): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} ${what}`, {
    method: 'GET',
    route,
    status,
    issues: [issue],
    retryable,
    remedy:
      remedy ??
      'Try again later. If it happens again, look for a proxy that answers in place of OpenAI, or report it to OpenAI.',
  });
}

interface AdminTransportOptions extends Omit<AdminClientOptions, 'apiKey' | 'workspaceIds'> {
  readonly apiKey: Credential;
  /** What a limiter of the caller's is told. */
  readonly principal?: AuditLogPrincipal | undefined;
  readonly cooldown?: Cooldown | undefined;
  /** What is known of the keys of the other workspaces. */
  readonly otherKeys?: OtherKeys | undefined;
}

/** Opens a way to the Admin API that lets nothing through but reading. */
export function openAdminTransport({
  apiKey,
  baseUrl = chatgptBaseUrl,
  rateLimit = documentedRateLimit,
  otherKeys,
  ...options
}: AdminTransportOptions): Transport {
  checkChatgptBaseUrl(baseUrl);
  return new Transport({
    ...options,
    service: 'admin',
    baseUrl,
    rateLimit,
    credential: apiKey,
    explain: explainAdminFailure(apiKey, otherKeys),
    guard: readingOnly(baseUrl),
  });
}

/** The Admin API of one workspace. The service counts requests by route, and so does this. */
export class WorkspaceApi {
  readonly workspaceId: string;
  /** Until when the service asks for patience, on whatever route of this workspace. */
  readonly cooldown = new Cooldown();
  readonly #principal: AuditLogPrincipal;
  readonly #clock: Clock;
  readonly #deadlineMs: number | undefined;
  readonly #open: () => Transport;
  readonly #transports = new Map<string, Transport>();

  constructor(
    principal: AuditLogPrincipal,
    options: Omit<AdminClientOptions, 'apiKey'> & Pick<AdminTransportOptions, 'apiKey' | 'otherKeys'>,
  ) {
    const { workspaceIds: _, ...rest } = options;
    // A service that asks for patience means all routes of this workspace.
    const { cooldown } = this;
    this.workspaceId = principal.id;
    this.#principal = principal;
    this.#clock = options.clock ?? systemClock;
    this.#deadlineMs = options.deadlineMs;
    this.#open = () => openAdminTransport({ ...rest, cooldown, principal });
    // Options that make no sense are told of at once.
    this.#transports.set('', this.#open());
  }

  /** The options of several requests that are one call. */
  shared(options: RequestOptions): RequestOptions {
    return shareDeadline(options, this.#deadlineMs, this.#clock);
  }

  /** Sends a request, counted with those of the same `kind`; the client's own routes are few, a caller's may be any number. */
  get<T>(
    given: AdminRequest,
    options: RequestOptions,
    read: (answer: AdminAnswer) => T,
    kind = given.route,
  ): Promise<T> {
    const { workspaceId } = this;
    const { params, ...request } = ownCopy(given, ['params', 'query', 'personalQuery']);
    const { route } = request;
    const whole = { ...options, ...request, params: { ...params, workspace_id: workspaceId } };
    return namingPrincipal(this.#principal, () =>
      readAnswer(this.transportOf(kind), whole, ({ body, status, requestId }) =>
        read({ body, status, requestId, route, workspaceId }),
      ),
    );
  }

  /** The way for requests of a kind, which are counted together. */
  transportOf(kind: string): Transport {
    const known = this.#transports.get(kind);
    if (known !== undefined) return known;
    const transport = this.#open();
    this.#transports.set(kind, transport);
    return transport;
  }
}

/** On a client: the ways to one of its workspaces, for what asks it otherwise than by the methods. */
export const workspaceApisTag = /* @__PURE__ */ createPrivateTag<(workspaceId: string) => WorkspaceApi>();

/** On a client: to be told of workspaces that its owner reads too, and that it has no Admin key for. */
export const withoutAdminKeyTag = /* @__PURE__ */ createPrivateTag<(workspaceIds: readonly string[]) => void>();

/** The workspaces of a client. */
export class Workspaces {
  readonly ids: readonly string[];
  readonly #apis: readonly WorkspaceApi[];
  /** Of the same form, with keys that are no Admin keys. */
  withoutAdminKey: readonly string[] = [];

  constructor(given: AdminClientOptions) {
    if (typeof given !== 'object' || given === null)
      throw new InputError('The options must be an object with `apiKey` and `workspaceIds`.');
    const options = checkOptions<AdminClientOptions>('AdminClient', given, adminClientOptionNames);
    const { apiKey, workspaceIds } = options;
    const principals = readPrincipals(workspaceIds ?? workspacesWithKey(apiKey));
    const keyOf = readKeys(apiKey, principals, false);
    this.#apis = principals.map((principal) => {
      const otherKeys = otherKeysOf(principal, principals, keyOf);
      return new WorkspaceApi(principal, { ...options, apiKey: keyOf(principal), otherKeys });
    });
    this.ids = this.#apis.map(({ workspaceId }) => workspaceId);
  }

  /** @throws InputError where it is not one of the client's, or is not said although there are several. */
  of(workspaceId: string | undefined): WorkspaceApi {
    const path = ['workspaceId'];
    if (workspaceId === undefined) {
      const [only, ...others] = this.#apis;
      if (only !== undefined && others.length === 0 && this.withoutAdminKey.length === 0) return only;
      throw new InputError('`workspaceId` is missing: there are several workspaces.', {
        path,
        remedy: 'Give the one that is meant in the query: `{ workspaceId }`. `client.workspaceIds` has all of them.',
      });
    }
    checkText('workspaceId', workspaceId);
    const found = this.#apis.find((api) => api.workspaceId.toLowerCase() === workspaceId.trim().toLowerCase());
    if (found !== undefined) return found;
    if (this.withoutAdminKey.some((id) => id.toLowerCase() === workspaceId.trim().toLowerCase())) {
      throw new InputError(`The key of workspace ${workspaceId.trim()} is no Admin key (sk-admin-…).`, {
        path,
        remedy: `Create an Admin key in that workspace under ${adminKeys}, and enter it in the form in place of the key that is there.`,
      });
    }
    throw new InputError('`workspaceId` is not one of the workspaces of this client.', {
      path,
      remedy: 'Give one of `client.workspaceIds`, or make the client with this one too, and its key.',
    });
  }
}
