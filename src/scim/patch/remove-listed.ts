import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { coerceValues } from './coerce-value.js';
import { asList, isUnassigned } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import { entryText, isKeyedByValue, keyOf, typeOf, valueText } from './value-identity.js';

type Rules = AttributeCharacteristics | undefined;

/**
 * Entra ID lists the values to remove; by the RFC the whole attribute is meant, which is refused as too likely a mistake.
 * One that is listed with its type is that one; without, all with that value are meant.
 */
export function withoutListed(current: unknown, listed: unknown, rules: Rules, context: PatchContext): unknown {
  if (!context.tolerant) {
    throw new PatchProblem('invalidValue', 'remove takes no value: a filter in the path chooses what to remove');
  }
  if (isUnassigned(listed)) return current;
  const isKeyed = isKeyedByValue(rules);
  const gone = new Set(
    coerceValues(listed, rules, context).map((item) =>
      !isUnassigned(keyOf(item)) && (isKeyed || typeOf(item) === undefined)
        ? `value ${valueText(item, rules)}`
        : `entry ${entryText(item, rules)}`,
    ),
  );
  const values = asList(current);
  const kept = values.filter(
    (element) => !(gone.has(`value ${valueText(element, rules)}`) || gone.has(`entry ${entryText(element, rules)}`)),
  );
  return kept.length === values.length ? current : kept;
}
