import { checkList, checkOptions, checkWord } from '../errors/check-options.js';

/** What is left out unless it is asked for. */
export type Sensitive = 'content' | 'emails';

/** What both {@link toOcsf} and {@link toEcs} take. */
export interface NormalizeOptions {
  /**
   * What else to tell: `content` is prompts, messages, inputs, outputs and titles; `emails` is addresses of people, wherever
   * they stand. What is left out is named by its path. @default none of them
   */
  readonly include?: readonly Sensitive[] | undefined;
}

/** What is told of a record. */
export interface Included {
  readonly content: boolean;
  readonly emails: boolean;
}

export const normalizeOptionNames = { include: true } as const;

const nothingMore: Included = { content: false, emails: false };

/** @throws InputError for an unknown name, of an option or in `include`. */
export function checkInclude(include: NormalizeOptions['include']): Included {
  if (include === undefined) return nothingMore;
  checkList('include', include);
  for (const word of include) checkWord('something to include', word, ['content', 'emails']);
  return { content: include.includes('content'), emails: include.includes('emails') };
}

/** @throws InputError for an unknown name, of an option or in `include`. */
export function checkNormalizeOptions(of: string, options: NormalizeOptions | undefined): Included {
  if (options === undefined) return nothingMore;
  return checkInclude(checkOptions<NormalizeOptions>(of, options, normalizeOptionNames).include);
}
