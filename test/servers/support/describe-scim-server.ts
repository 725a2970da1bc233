import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { ScimServer } from './scim-server.js';
import { type Bench, openBench } from './server-bench.js';
import type { ServerTraits } from './server-traits.js';
import { testFaults } from './test-faults.js';
import { testProvisioning } from './test-provisioning.js';
import { testReading } from './test-reading.js';
import { testWriting } from './test-writing.js';

/**
 * The behaviours every server must get from the client. Each test starts a server of its own, reaches it through a
 * proxy that can break things, and judges by the server's state as read by plain HTTP.
 */
export function describeScimServer(name: string, start: () => Promise<ScimServer>, traits: ServerTraits): void {
  describe(name, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench(start, traits);
    });
    afterEach(async () => {
      expect(bench.proxy.unmet, 'faults that no request met').toBe(0);
      await bench.proxy.close();
      await bench.server.close();
    });
    testReading(() => bench, traits);
    testWriting(() => bench, traits);
    testProvisioning(() => bench, traits);
    testFaults(() => bench, traits);
  });
}
