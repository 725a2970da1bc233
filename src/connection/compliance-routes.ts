import type { OptionNames } from '../errors/check-options.js';
import { checkText } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { checkCall, checkQuery, type RequestOptions } from '../transport/options.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import { namingPrincipal } from '../transport/principal-tag.js';
import { readAnswer } from '../transport/read-answer.js';
import { meantBy, type RouteParameters, type RouteValues, readRoute } from '../transport/route.js';
import type { Transport } from '../transport/transport.js';

/** A route of the Compliance API, as its document spells it. The first braces are filled in. */
export type ComplianceRoute =
  | `/compliance/workspaces/{workspace_id}/${string}`
  | `/compliance/organizations/{organization_id}/${string}`;

/** What a route of the Compliance API is asked with. */
export interface ComplianceRouteQuery extends RouteValues {
  /** Which of the connection's workspaces is asked. It has to be given where they are several. */
  readonly workspaceId?: string | undefined;
}

/** What is asked of a route, and how: the query can be left out where the route has no braces of its own. */
export type ComplianceRouteArguments<Route extends string> =
  object extends RouteParameters<Route>
    ? [query?: ComplianceRouteQuery & RouteParameters<Route>, options?: RequestOptions]
    : [query: ComplianceRouteQuery & RouteParameters<Route>, options?: RequestOptions];

const queryNames: OptionNames<ComplianceRouteQuery> = { workspaceId: true, params: true, query: true };

const rule = {
  pattern:
    /^\/compliance\/(?:workspaces\/\{workspace_id\}|organizations\/\{organization_id\})((?:\/(?:[\w-]+|\{\w+\}))+)$/,
  what: 'a route of the Compliance API, of a workspace or of the organization',
  remedy:
    'Give the template, with braces for what differs: `/compliance/workspaces/{workspace_id}/users/{user_id}`, or one below `/compliance/organizations/{organization_id}`.',
};

/** The Compliance API as far as this library has no methods for it: read-only, with the keys of the connection. */
export class ComplianceRoutes {
  readonly #principals: readonly AuditLogPrincipal[];
  readonly #open: (principal: AuditLogPrincipal) => Transport;
  readonly #transports = new Map<AuditLogPrincipal, Transport>();

  /** @hidden */
  constructor(principals: readonly AuditLogPrincipal[], open: (principal: AuditLogPrincipal) => Transport) {
    this.#principals = principals;
    this.#open = open;
  }

  /**
   * Asks a route that this library has no method for yet, with the same key, limits and errors as the audit logs; GET only.
   * Returns the JSON of the answer, unchecked: whether it is whole, and about what was asked for, is yours to see. Log files
   * are read with `auditLogs`, which sees to it that none is lost.
   *
   * @throws InputError for a route that is not below `/compliance`, a parameter that could lead to another one, or a workspace
   * that is missing or is not of this connection; ResponseError, ConnectionError, ResponseValidationError, or the signal's
   * own reason.
   * @example
   * ```ts
   * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['compliance'] }));
   * const answer = await connection.compliance.get('/compliance/workspaces/{workspace_id}/projects', { query: { limit: 10 } });
   * ```
   */
  async get<const Route extends ComplianceRoute>(
    route: Route,
    ...[query, options]: ComplianceRouteArguments<Route>
  ): Promise<unknown> {
    const own = checkQuery<ComplianceRouteQuery>('get()', query, queryNames);
    const how = checkCall('get()', options, queryNames);
    const { params, meant, ...request } = readRoute(route, own, rule);
    const principal = route.startsWith('/compliance/organizations/')
      ? this.#organization(own.workspaceId, meant)
      : this.#workspace(meantBy(own.workspaceId, meant));
    const whole = { ...how, ...request, params: { ...params, [`${principal.type}_id`]: principal.id } };
    return namingPrincipal(principal, () => readAnswer(this.#transportOf(principal), whole, ({ body }) => body));
  }

  #organization(workspaceId: string | undefined, meant: string | undefined): AuditLogPrincipal {
    if (workspaceId !== undefined) {
      throw new InputError('`workspaceId` is given for a route of the organization.', {
        path: ['workspaceId'],
        remedy: 'Leave it out, or give a route below `/compliance/workspaces/{workspace_id}`.',
      });
    }
    const organization = this.#principals.find(({ type }) => type === 'organization');
    if (organization !== undefined && meant !== undefined && organization.id !== meant.trim()) {
      throw new InputError('`organization_id` is not the organization of this connection.', {
        path: ['organization_id'],
        remedy: 'Leave it out: the organization of the form is asked.',
      });
    }
    if (organization !== undefined) return organization;
    throw new InputError('This connection has no organization.', {
      path: ['route'],
      remedy: 'Enter the organization ID in the form, or give a route below `/compliance/workspaces/{workspace_id}`.',
    });
  }

  #workspace(workspaceId: string | undefined): AuditLogPrincipal {
    const path = ['workspaceId'];
    const workspaces = this.#principals.filter(({ type }) => type === 'workspace');
    if (workspaceId === undefined) {
      const [only, ...others] = workspaces;
      if (only !== undefined && others.length === 0) return only;
      throw new InputError(
        only === undefined
          ? 'This connection has no workspace.'
          : '`workspaceId` is missing: this connection has several workspaces.',
        {
          path,
          remedy:
            only === undefined
              ? 'Enter a workspace ID in the form, or give a route below `/compliance/organizations/{organization_id}`.'
              : 'Give the one that is meant in the query: `{ workspaceId }`. `connection.auditLogs.principals` has all of them.',
        },
      );
    }
    checkText('workspaceId', workspaceId);
    const wanted = workspaceId.trim().toLowerCase();
    const found = workspaces.find(({ id }) => id.toLowerCase() === wanted);
    if (found !== undefined) return found;
    throw new InputError('`workspaceId` is not one of the workspaces of this connection.', {
      path,
      remedy: 'Give one of `connection.auditLogs.principals`, or enter this one in the form too.',
    });
  }

  #transportOf(principal: AuditLogPrincipal): Transport {
    const known = this.#transports.get(principal);
    if (known !== undefined) return known;
    const transport = this.#open(principal);
    this.#transports.set(principal, transport);
    return transport;
  }
}
