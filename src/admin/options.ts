import type { OptionNames } from '../errors/check-options.js';
import { type ClientOptions, clientOptionNames, type RequestOptions } from '../transport/options.js';
import type { AuditLogKey, AuditLogKeys } from '../transport/principal-keys.js';

/** What an {@link AdminClient} is made with. */
export interface AdminClientOptions extends ClientOptions {
  /**
   * An Admin key (`sk-admin-…`), or a function that gives it, told whose key is wanted and asked before each attempt. Each opens
   * exactly one workspace: give several as an object, `{ [workspaceId]: key }`, each of whose values may be a function too.
   */
  readonly apiKey: AuditLogKey | AuditLogKeys;
  /**
   * UUIDs of workspaces, in an array, or separated by commas, semicolons or line breaks.
   * @default those that `apiKey` has a key for
   */
  readonly workspaceIds?: string | readonly string[] | undefined;
  /** Where the Admin API is. @default 'https://api.chatgpt.com/v1' */
  readonly baseUrl?: string | undefined;
  /** How often requests start, for each workspace and route; `false` for no limit. @default 100 in 60_000 ms */
  readonly rateLimit?: ClientOptions['rateLimit'];
}

export const adminClientOptionNames: Readonly<Record<keyof AdminClientOptions, true>> = {
  ...clientOptionNames,
  apiKey: true,
  workspaceIds: true,
  baseUrl: true,
};

/** All that the type of a client knows of its options: the compiler would check no others, were they a part of it. */
export type WorkspaceNames = Pick<AdminClientOptions, 'workspaceIds'>;

/** Whether options name several workspaces, as far as the compiler can see. */
export type NamesSeveral<Options> = Options extends { readonly workspaceIds: infer Ids }
  ? Ids extends readonly [string, string, ...string[]]
    ? true
    : Ids extends `${string}${',' | ';' | '|' | '\n'}${infer Rest}`
      ? Rest extends ''
        ? false
        : true
      : false
  : false;

/** Which workspace is asked. */
export interface WorkspaceQuery {
  /** One of those that the client was made with. It has to be given where they are several. */
  readonly workspaceId?: string | undefined;
}

export const workspaceNames: OptionNames<WorkspaceQuery> = { workspaceId: true };

/** The last arguments of each method: what is asked for, with the workspace where the client has `Several`, and how. */
export type QueryArguments<Query extends WorkspaceQuery, Several extends boolean> = Several extends true
  ? [query: Query & { readonly workspaceId: string }, options?: RequestOptions]
  : [query?: Query, options?: RequestOptions];
