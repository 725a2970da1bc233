import type {
  AttributePath,
  ComparisonArguments,
  ElementFilter,
  LiteralInput,
  MultiValuedPath,
} from './attribute-types.js';
import type { Filter } from './filter.js';

const TODO = (): never => {
  throw new Error('not implemented yet');
};

export function eq<R = unknown>(...comparison: ComparisonArguments<R, LiteralInput>): Filter<R> {
  return TODO();
}
export function ne<R = unknown>(...comparison: ComparisonArguments<R, LiteralInput>): Filter<R> {
  return TODO();
}
export function co<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return TODO();
}
export function sw<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return TODO();
}
export function ew<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return TODO();
}
export function gt<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return TODO();
}
export function ge<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return TODO();
}
export function lt<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return TODO();
}
export function le<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return TODO();
}
export function present<R = unknown>(path: AttributePath<R>): Filter<R> {
  return TODO();
}
export function and<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return TODO();
}
export function or<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return TODO();
}
export function not<R = unknown>(filter: Filter<R>): Filter<R> {
  return TODO();
}
export function valuePath<R = unknown, P extends MultiValuedPath<R> = MultiValuedPath<R>>(
  path: P,
  filter: ElementFilter<R, P>,
): Filter<R> {
  return TODO();
}
