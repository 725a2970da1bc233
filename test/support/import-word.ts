import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `--import` takes of a module: on Windows a path is no address, as `D:` would be its scheme. */
export function importWords(...modules: readonly string[]): string[] {
  return modules.flatMap((module) => ['--import', isAbsolute(module) ? pathToFileURL(module).href : module]);
}
