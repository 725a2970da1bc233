// Lets Node run an example before the package is built: its entries are the sources.
import '../../../scripts/resolve-sources.ts';
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const [, entry] = /^chatgpt-enterprise-sdk(\/[\w-]+)?$/.exec(specifier) ?? [];
    if (!specifier.startsWith('chatgpt-enterprise-sdk')) return nextResolve(specifier, context);
    return nextResolve(new URL(`../../../src${entry ?? ''}/index.ts`, import.meta.url).href, context);
  },
});
