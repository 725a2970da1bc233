// Runs a program of a guide as it stands: its form comes from the environment, its requests go to an emulator.
import { pathToFileURL } from 'node:url';
import { createEmulator, personOf } from 'chatgpt-enterprise-sdk/testing';

const [program = '', access = '', part = ''] = process.argv.splice(2, 3);
const emulator = createEmulator();
globalThis.fetch = emulator.fetch;
process.env.CHATGPT_SCIM_BASE_URL = emulator.scim.baseUrl;
process.env.CHATGPT_SCIM_TOKEN = emulator.scim.token;
process.env.CHATGPT_PROVISIONING = process.env.CHATGPT_DEPROVISIONING = access;
if (part !== '') {
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  process.env.CHATGPT_COMPLIANCE_API_KEY = emulator.compliance.apiKey;
  process.env.CHATGPT_COMPLIANCE_BASE_URL = emulator.compliance.baseUrl;
  const unknown = '99999999-9999-4999-8999-999999999999';
  const parts: Record<string, string> = { 'with one unread': `${workspaceId},${unknown}`, 'with none read': unknown };
  process.env.CHATGPT_WORKSPACE_IDS = parts[part] ?? workspaceId;
  // The eleventh is an owner, and so is somebody whom the directory does not know.
  const owners = [personOf(10).email, 'by-hand@northwind.example'];
  const everybody = ['with members', 'with doubts', 'with an unknown role'].includes(part);
  const others = everybody ? Array.from({ length: 12 }, (_none, number) => personOf(number).email) : [];
  const members: [email: string, role: string][] = [...new Set([...owners, ...others])].map((email) => [
    email,
    owners.includes(email) && part !== 'without owners' ? 'account-owner' : 'standard-user',
  ]);
  if (part === 'with an unknown role' || part === 'with doubts') {
    for (const member of members) if (member[0] === personOf(11).email) member[1] = 'account-custodian';
  }
  if (part === 'with a nameless owner') members.push(['', 'account-owner']);
  if (part === 'with doubts') {
    // Two entries share an address, and two accounts; one is only invited.
    const [shared, twice] = ['both@northwind.example', 'twice@northwind.example'];
    for (const userName of ['one@northwind.example', 'two@northwind.example']) {
      emulator.store.users.add({ userName, active: true, emails: [{ value: shared, primary: true }] });
    }
    emulator.store.users.add({ userName: twice, active: true });
    for (const email of [shared, twice, twice]) members.push([email, 'standard-user']);
    emulator.store.workspaces.invite(workspaceId, 'guest@northwind.example');
  }
  emulator.store.workspaces.setUsers(
    workspaceId,
    members.map(([email, role], number) => ({
      ...{ id: `user-${number}`, email, name: email, created_at: 1_760_000_000, status: 'active' as const },
      role,
    })),
  );
  const robot = { active: true, userType: 'ServiceAccount' };
  emulator.store.users.add({ ...robot, userName: 'svc-build@northwind.example', displayName: 'Build robot' });
  emulator.store.users.add({ ...robot, userName: 'svc-hr@northwind.example', externalId: 'hr-robot' });
}
const before = new Map(emulator.store.users.list().map((user) => [user.id, JSON.stringify(user)]));
try {
  await import(pathToFileURL(program).href);
} catch (error) {
  // As Node reports it; what was written is told all the same.
  console.error(error);
  process.exitCode = 1;
}
const all = emulator.store.users.list();
const users = all.map(({ userName, active, title }) => ({ userName, active, title }));
const touched = all.flatMap((user) => (JSON.stringify(user) === before.get(user.id) ? [] : [user.userName]));
const writes = emulator.requests.list().filter(({ method }) => method !== 'GET').length;
console.log(JSON.stringify({ users, touched, writes }));
await emulator.close();
