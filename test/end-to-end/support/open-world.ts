import {
  type Connection,
  type ConnectOptions,
  connect,
  type FullConfig,
  parseConnectionConfig,
} from 'chatgpt-enterprise-sdk';
import {
  createEmulator,
  createTestClock,
  type Emulator,
  type EmulatorClock,
  type EmulatorOptions,
} from 'chatgpt-enterprise-sdk/testing';

/** An emulator and a connection to it, on a clock where every wait is over at once. */
export interface World<Config extends FullConfig = FullConfig> {
  readonly clock: EmulatorClock;
  readonly emulator: Emulator;
  readonly config: FullConfig;
  readonly connection: Connection<Config>;
}

interface WorldOptions {
  readonly provisioning?: boolean | undefined;
  readonly deprovisioning?: boolean | undefined;
  readonly emulator?: EmulatorOptions | undefined;
  readonly connect?: ConnectOptions | undefined;
}

/** Both checkboxes ticked: for the type checker the connection can do everything; at run time what the options say. */
export type EverythingConfig = FullConfig & { readonly provisioning: true; readonly deprovisioning: true };

/** The workspace of a world that has none. */
const emptyWorkspaceId = '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11';

export function openWorld(options: WorldOptions = {}): World<EverythingConfig> {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock, ...options.emulator });
  const { provisioning = false, deprovisioning = false } = options;
  const [somewhere] = emulator.compliance.workspaceIds;
  if (somewhere === undefined)
    emulator.store.workspaces.add({ id: emptyWorkspaceId, name: 'Empty', organizationId: 'org-empty' });
  const workspaceIds = [...emulator.store.workspaces].map(({ id }) => id).join(',');
  const config = parseConnectionConfig(emulator.connectionConfig({ provisioning, deprovisioning, workspaceIds }), {
    require: ['scim', 'compliance'],
  });
  const connection = connect(config, {
    fetch: emulator.fetch,
    clock,
    random: () => 0.5,
    scim: { rateLimit: false },
    auditLogs: { rateLimit: false },
    ...options.connect,
  });
  // What a program in JavaScript, or with a cast, would hold.
  return { clock, emulator, config, connection: connection as unknown as Connection<EverythingConfig> };
}
