/**
 * To be imported before an example: the emulated workspace, in which the first of three people is an owner, one more is
 * provisioned and no member, one is invited by hand, one was switched off while invited, and programs have accounts, one of them under the address of a member.
 */
import { personOf } from 'chatgpt-enterprise-sdk/testing';
import { emulator, workspaceId } from './emulated-workspace.ts';

const robot = { active: true, userType: 'ServiceAccount' };
emulator.store.users.add({ ...robot, userName: 'svc-build@northwind.example', displayName: 'Build robot' });
emulator.store.users.add({ ...robot, userName: 'svc-shown@northwind.example', displayName: 'Shown robot' });
emulator.store.users.add({ userName: 'new@northwind.example', active: true });
emulator.store.users.add({ userName: 'left@northwind.example', active: false });
for (const name of ['left', 'guest']) emulator.store.workspaces.invite(workspaceId, `${name}@northwind.example`);
const emails = [...[0, 1, 2].map((number) => personOf(number).email), 'svc-shown@northwind.example'];
emulator.store.workspaces.setUsers(
  workspaceId,
  emails.map((email, number) => ({
    id: `user-${number}`,
    email,
    name: email,
    created_at: 1_760_000_000,
    role: number === 0 ? 'account-owner' : 'standard-user',
    status: 'active' as const,
  })),
);
