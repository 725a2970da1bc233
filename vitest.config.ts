import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// .ci/run names a file to count the tests from.
const results = process.env.TEST_RESULTS;

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^chatgpt-enterprise-sdk$/, replacement: source('index.ts') },
      {
        find: /^chatgpt-enterprise-sdk\/(scim|audit-logs|admin|provisioning|export|normalize|testing)$/,
        replacement: source('$1/index.ts'),
      },
    ],
  },
  test: {
    testTimeout: 60_000,
    maxWorkers: '100%',
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results && { outputFile: { json: results } }),
    projects: [
      {
        extends: true,
        test: {
          name: 'library',
          include: ['test/**/*.test.ts', 'test/**/*.test-prop.ts'],
          exclude: ['test/packaging/**', 'test/command/**', 'test/site/**'],
          globalSetup: ['test/support/find-services.ts', 'test/support/bundle-package.ts'],
        },
      },
      {
        // Looks at what `npm run docs` has made.
        extends: true,
        test: {
          name: 'site',
          include: ['test/site/**/*.test.ts'],
          globalSetup: 'test/site/support/find-browser.ts',
          testTimeout: 180_000,
        },
      },
      {
        // Looks at the packed tarball, and runs the built command, so it needs `npm run build` first.
        extends: true,
        test: {
          name: 'packaging',
          include: ['test/{packaging,command}/**/*.test.ts'],
          globalSetup: 'test/packaging/support/pack.ts',
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
