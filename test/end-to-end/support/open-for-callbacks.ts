import { connect } from '../../../src/connection/connect.js';
import type { ConnectOptions } from '../../../src/connection/connect-options.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { type ApplyOptions, applyPlan } from '../../../src/provisioning/apply-plan.js';
import { memoryJournal, type PlanJournal } from '../../../src/provisioning/journal.js';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';

export const eventTypes = ['AUTH_LOG'] as const;

export function open(options: ConnectOptions = {}) {
  const emulator = createEmulator();
  const config = parseConnectionConfig(emulator.connectionConfig(), { require: ['scim', 'compliance'] });
  return connect(config, { fetch: emulator.fetch, ...options });
}

/** Applies a plan that makes one person. */
export async function applyOne(
  options: Partial<ApplyOptions>,
  store: (journal: PlanJournal) => PlanJournal = (journal) => journal,
) {
  const emulator = createEmulator();
  const form = { ...emulator.connectionConfig(), provisioning: true };
  const { scim } = connect(parseConnectionConfig(form, { require: ['scim'] }), { fetch: emulator.fetch });
  const users = [
    { userName: 'mira@north.example', externalId: '1', emails: [{ value: 'mira@north.example', primary: true }] },
  ];
  const plan = await planDirectory(scim, { users }, { removal: 'none' });
  return applyPlan(scim, plan, { approve: plan.hash, journal: store(memoryJournal()), ...options });
}

/** The form names the organization, which has costs. */
export function openWithCosts() {
  const emulator = createEmulator();
  const { organizationId } = emulator.compliance;
  const config = parseConnectionConfig({ ...emulator.connectionConfig(), organizationId }, { require: ['compliance'] });
  return connect(config, { fetch: emulator.fetch });
}

/** Lists every log file as one of another type. */
export function openWithOtherTypes() {
  const { fetch } = createEmulator();
  const renaming: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!response.headers.get('content-type')?.includes('json')) return response;
    return new Response((await response.text()).replaceAll('"AUTH_LOG"', '"APP_LOG"'), response);
  };
  return open({ fetch: renaming });
}

/** Every key is refused. */
export function openWithWrongKey() {
  const emulator = createEmulator();
  const config = parseConnectionConfig(
    { ...emulator.connectionConfig(), complianceApiKey: 'sk-admin-of-nobody-at-all-1234567890' },
    { require: ['scim', 'compliance'] },
  );
  return connect(config, { fetch: emulator.fetch });
}

export async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}
