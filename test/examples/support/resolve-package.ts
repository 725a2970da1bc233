// Leads the package's own name to src, so that the examples run on what is being worked on, without a build.
import { registerHooks } from 'node:module';
import '../../../scripts/resolve-sources.ts';

const root = new URL('../../../src/', import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const entry = /^chatgpt-enterprise-sdk(?:\/([\w-]+))?$/.exec(specifier);
    if (entry === null) return nextResolve(specifier, context);
    return nextResolve(new URL(`${entry[1] === undefined ? '' : `${entry[1]}/`}index.ts`, root).href, context);
  },
});
