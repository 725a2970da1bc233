import { checkList, checkOptions, checkText, checkWord } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';

/** What is left out unless it is asked for. */
export type Sensitive = 'content' | 'emails';

/** What both {@link toOcsf} and {@link toEcs} take. */
export interface NormalizeOptions {
  /**
   * What else to tell: `content` is prompts, messages, inputs, outputs and titles; `emails` is addresses of people, wherever
   * they stand. What is left out is named by its path. @default none of them
   */
  readonly include?: readonly Sensitive[] | undefined;
  /**
   * Whose log a record of the API Platform is of, which no field of it says: `organization.id` in ECS, `metadata.tenant_uid` in OCSF.
   * Records of the Compliance Logs Platform have it in themselves.
   */
  readonly organizationId?: string | undefined;
}

/** What is told of a record. */
export interface Included {
  readonly content: boolean;
  readonly emails: boolean;
  readonly organizationId: string | undefined;
}

export const normalizeOptionNames = { include: true, organizationId: true } as const;

export const nothingMore: Included = { content: false, emails: false, organizationId: undefined };

/** @throws InputError for an unknown name in `include`, and for an organization without one. */
export function checkInclude({ include = [], organizationId }: NormalizeOptions): Included {
  if (organizationId !== undefined) {
    checkText('organizationId', organizationId);
    if (organizationId.trim() === '') {
      throw new InputError('`organizationId` is empty: name the organization, or leave it out.', {
        path: ['organizationId'],
      });
    }
  }
  checkList('include', include);
  for (const word of include) checkWord('something to include', word, ['content', 'emails']);
  return { content: include.includes('content'), emails: include.includes('emails'), organizationId };
}

/** @throws InputError for an unknown name, of an option or in `include`. */
export function checkNormalizeOptions(of: string, options: NormalizeOptions | undefined): Included {
  if (options === undefined) return nothingMore;
  return checkInclude(checkOptions<NormalizeOptions>(of, options, normalizeOptionNames));
}
