/**
 * To be imported before an example: the emulated workspace, in which the first of three people is an owner, the second an admin,
 * and the third has a role that nobody knows. One more is a plain member, and two entries of the directory share the address of a
 * member who has just been seen.
 */
import { personOf } from 'chatgpt-enterprise-sdk/testing';
import { emulator, workspaceId } from './emulated-workspace.ts';

const shared = 'both@northwind.example';
for (const userName of ['one@northwind.example', 'two@northwind.example']) {
  emulator.store.users.add({ userName, active: true, emails: [{ value: shared, primary: true }] });
}
emulator.store.users.add({ userName: 'plain@northwind.example', active: true });
const roles: readonly (readonly [email: string, role: string])[] = [
  [personOf(0).email, 'owner'],
  [personOf(1).email, 'account-admin'],
  [personOf(2).email, 'account-custodian'],
  ['plain@northwind.example', 'standard-user'],
  [shared, 'standard-user'],
];
emulator.store.workspaces.setUsers(
  workspaceId,
  roles.map(([email, role], number) => ({
    id: `user-${number}`,
    email,
    name: email,
    created_at: 1_760_000_000,
    role,
    status: 'active' as const,
  })),
);
const endTime = new Date(Date.now() - 1_800_000).toISOString();
emulator.store.logs.addFile(workspaceId, {
  eventType: 'AUTH_LOG',
  endTime,
  events: [shared, 'plain@northwind.example'].map((email, number) => ({
    event_id: `seen-${number}`,
    type: 'AUTH_LOG',
    timestamp: endTime,
    principal: { id: workspaceId, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'ACCOUNT_USER', user_id: `user-${4 - number}`, user_email: email },
  })),
});
