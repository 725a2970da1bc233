import { ResponseError, type ResponseErrorFacts } from './response-errors.js';
import {
  type ResponseErrorCode,
  type ScimSyntaxErrorCode,
  SdkError,
  type WriteNotConfirmedErrorCode,
} from './sdk-error.js';

/** `scimType` of RFC 7644 §3.12 and RFC 9865 §2.1. Open, as servers send others. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'
  | (string & {});

/** A SCIM server answered with an error (RFC 7644 §3.12), in whatever shape. */
export class ScimError extends ResponseError {
  override readonly name = 'ScimError';
  /** The server's keyword for the failure, such as `uniqueness` or `invalidFilter`. */
  declare readonly scimType?: ScimType;
  readonly #detail: string | undefined;

  /** @hidden */
  constructor(
    code: ResponseErrorCode,
    message: string,
    facts: ResponseErrorFacts & { readonly scimType?: ScimType | undefined; readonly detail?: string | undefined },
  ) {
    super(code, message, facts);
    if (facts.scimType !== undefined) this.scimType = facts.scimType;
    this.#detail = facts.detail;
  }

  /** The server's `detail` as it came. It may name a person: it is never printed with the error. */
  detail(): string | undefined {
    return this.#detail;
  }
}

/** Why a change cannot be made (RFC 7644 §3.5.2, §3.12). */
export type PatchScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget';

/** A PATCH operation that cannot be applied. Nothing was changed. */
export class PatchError extends SdkError<'invalid_patch'> {
  override readonly name = 'PatchError';
  /** What a SCIM server answers to such an operation. */
  readonly scimType: PatchScimType;
  /** Index of the operation, from 0. */
  readonly operation: number;
  /** Path of the operation, where it has one, with its literals masked. */
  declare readonly path?: string;

  /** @hidden */
  constructor(
    scimType: PatchScimType,
    message: string,
    facts: { readonly operation: number; readonly path?: string | undefined; readonly remedy?: string | undefined },
  ) {
    super('invalid_patch', message, facts);
    this.scimType = scimType;
    this.operation = facts.operation;
    if (facts.path !== undefined) this.path = facts.path;
  }
}

/** An invalid filter or path (RFC 7644 §3.4.2.2, §3.5.2). */
export class ScimSyntaxError extends SdkError<ScimSyntaxErrorCode> {
  override readonly name = 'ScimSyntaxError';
  /** What a SCIM server answers to such a filter or path. */
  readonly scimType: 'invalidFilter' | 'invalidPath';
  /** Where in the text, in UTF-16 units from 0. Absent where the input was not text. */
  declare readonly position?: number;

  /** @hidden */
  constructor(
    code: ScimSyntaxErrorCode,
    message: string,
    facts: { readonly position?: number | undefined; readonly remedy?: string | undefined } = {},
  ) {
    super(code, message, facts);
    this.scimType = code === 'invalid_filter' ? 'invalidFilter' : 'invalidPath';
    if (facts.position !== undefined) this.position = facts.position;
  }
}

/**
 * A write is not known to have taken effect. `write_pending`: the server accepted it and has not carried it out yet (202).
 * `not_applied` (with `verify: true`, or where the answer held something else than the resource): it was answered with
 * success, and reading the resource back shows otherwise.
 */
export class WriteNotConfirmedError extends SdkError<WriteNotConfirmedErrorCode> {
  override readonly name = 'WriteNotConfirmedError';
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;
  /** Attributes that do not have the value written. Empty with `write_pending`. */
  readonly attributes: readonly string[];

  /** @hidden */
  constructor(
    code: WriteNotConfirmedErrorCode,
    facts: { readonly method: string; readonly route: string; readonly attributes?: readonly string[] },
  ) {
    const { method, route, attributes = [] } = facts;
    super(
      code,
      code === 'write_pending'
        ? `${method} ${route} was accepted but has not been carried out yet.`
        : `${method} ${route} was answered with success but did not take effect on ${attributes.join(', ')}.`,
      {
        remedy:
          code === 'write_pending'
            ? 'Read the resource later to see what became of it. Do not send the request again until then.'
            : 'The server may ignore or change these attributes, or need more time. Read the resource before writing again.',
      },
    );
    this.method = method;
    this.route = route;
    this.attributes = attributes;
  }
}

/** Why it is not certain which resource is meant. */
export type NaturalKeyConflictReason =
  /** The one that has a name has another `externalId`: it may be another person's. */
  | 'other_external_id'
  /** Of what was given and the one that was found, only one is a service account. */
  | 'service_account'
  /** A service account was found, and has another `userName` or `displayName`: no upsert renames one. */
  | 'service_account_name'
  /** A service account was found, and `active` would switch it off: no upsert does. */
  | 'service_account_active'
  /** There are several, such as one with the `userName` and another with the `externalId`. */
  | 'several'
  /** One has a key that differs only in case, spaces, letters or a domain before it, or does not show the key at all. */
  | 'alike'
  /** A creation was answered with one that has none of the keys. */
  | 'other_resource'
  /** One was created, and with `verify: true` another was seen to have one of its keys. */
  | 'doubled'
  /** Several members of a workspace have the address. */
  | 'shared_address';

const whatConflicts: Record<NaturalKeyConflictReason, string> = {
  other_external_id: 'one with the same name has another `externalId`.',
  service_account: 'of what was given and what has its natural key, only one is a service account.',
  service_account_name: 'what was found is a service account, and has another `userName` or `displayName`.',
  service_account_active: 'what was found is a service account, and this would switch it off.',
  several: 'the natural keys belong to more than one.',
  alike: 'one has a natural key like it, or does not show the key that it was found by.',
  other_resource: 'the server answered with one that has none of the natural keys.',
  doubled: 'one was created, and another has a natural key of it too.',
  shared_address: 'several have the address.',
};

const remediesForKeys: Record<NaturalKeyConflictReason, string> = {
  other_external_id:
    'See `ids()`. Give the other one a new name if it is another person; pass `takeOver: true` only if it is the same.',
  service_account:
    'See `ids()`. Give one of them another name if they are two; `takeOver` does not help. If it is the same account, give the `userType` that the directory shows, or write to it by its `id`.',
  service_account_name:
    'See `ids()`. Rename it with `patch` by its `id` if it is the same one, or give the names that it has; `takeOver` does not help. Give another `externalId` if they are two.',
  service_account_active:
    'See `ids()`. Call `deactivate` with its `id` if it is to be switched off: no `upsert` does that to a service account. Otherwise leave out `active`.',
  several: 'See `ids()`. Correct or deactivate the wrong one: `takeOver` does not choose between them.',
  alike:
    'See `ids()`. If it is the same one, give the key as the server shows it, or write to it by its `id`; `takeOver` does not choose.',
  other_resource: 'See `ids()`. Find out why the server takes it for the same one before writing to it.',
  shared_address: 'See `ids()`. Find out whose address it is, and go on with the `id` of that member.',
  doubled:
    'See `ids()`: the first was just created. Do not create it again. If they are the same one, keep one and remove the rest, in one place: who created another may have been told too.',
};

/** It cannot be known which resource is meant. None that was found was changed or deleted; with `doubled` one was created. */
export class NaturalKeyConflictError extends SdkError<'conflict'> {
  override readonly name = 'NaturalKeyConflictError';
  /** Route template, such as `/Users`. */
  readonly route: string;
  readonly reason: NaturalKeyConflictReason;
  readonly #ids: readonly string[];
  readonly #externalIds: readonly string[];

  /** @hidden */
  constructor(
    reason: NaturalKeyConflictReason,
    facts: Pick<NaturalKeyConflictError, 'route'> & {
      readonly ids: readonly string[];
      readonly externalIds: readonly string[];
      readonly cause?: unknown;
    },
  ) {
    const { route, ids, externalIds, cause } = facts;
    const message = `It is not certain which resource of ${route} is meant: ${whatConflicts[reason]}`;
    super('conflict', message, { remedy: remediesForKeys[reason], cause });
    this.route = route;
    this.reason = reason;
    this.#ids = ids;
    this.#externalIds = externalIds;
  }

  /** The ids of the resources found; with `doubled` that of the one created comes first. Some servers use addresses as ids: they are never printed with the error. */
  ids(): readonly string[] {
    return this.#ids;
  }

  /** The `externalId` that was given, then those of the resources found, where they have one. Never printed either. */
  externalIds(): readonly string[] {
    return this.#externalIds;
  }
}

/** @internal */
export function isPending(error: unknown): error is WriteNotConfirmedError {
  return error instanceof WriteNotConfirmedError && error.code === 'write_pending';
}
