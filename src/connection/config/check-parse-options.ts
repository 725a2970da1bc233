import { InputError } from '../../errors/input-errors.js';
import { checkOptions, checkWord } from '../check-options.js';

/**
 * Refuses what is no option of reading a form: with a `requires` that is passed over, nothing would be required.
 *
 * @throws InputError
 */
export function checkParseOptions(of: string, options: { readonly require?: unknown }): void {
  checkOptions(of, options, 'require allowUnknownWorkspaceIdForms dangerouslyAllowHttpLoopback onWarning');
  const parts = options.require ?? [];
  if (!Array.isArray(parts)) {
    throw new InputError('`require` is not a list.', { path: ['require'], remedy: "Write `require: ['scim']`." });
  }
  for (const [index, part] of parts.entries()) {
    checkWord('a part that can be required', part, 'scim compliance', ['require', index]);
  }
}
