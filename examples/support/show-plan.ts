import { connect, isServiceAccount, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { formatPlan, planDirectory } from 'chatgpt-enterprise-sdk/provisioning';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

/** A plan of three changes: somebody joins, somebody has another title, somebody leaves. It is printed, and not applied. */
export async function showPlan(): Promise<void> {
  await using emulator = createEmulator();
  const form = emulator.connectionConfig({ provisioning: true, deprovisioning: true });
  const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });
  await using connection = connect(config, emulator.clientOptions);
  const users = [];
  for await (const user of connection.scim.users.iterate()) {
    const { userName, externalId = '', displayName = '', title = '' } = user;
    if (!isServiceAccount(user)) users.push({ userName, externalId, displayName, title });
  }
  // What a system of the HR department would say tonight. Owners come first in this world, and are never removed.
  const [promoted, ...others] = users.slice(0, -1);
  const joins = { userName: 'nora.lind@northwind.example', externalId: 'hr-2001', displayName: 'Nora Lind' };
  const desired = { users: [...(promoted ? [{ ...promoted, title: 'Head of sales' }] : []), ...others, joins] };
  const plan = await planDirectory(
    connection.scim,
    desired,
    { protect: { keyCreator: promoted?.userName } },
    { people: connection.roster() },
  );
  console.log(formatPlan(plan, { color: process.stdout.isTTY === true }));
  console.log('\nNothing was changed: `applyPlan` does it, for whoever names this hash.');
}
