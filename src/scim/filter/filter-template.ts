import type { Filter, FilterValue } from './filter.js';

/** filter`userName eq ${name}` */
export function filter(
  template: TemplateStringsArray,
  ...values: readonly (FilterValue | Date | Filter)[]
): Filter<unknown> {
  throw new Error(`not implemented yet: ${template.length} ${values.length}`);
}
