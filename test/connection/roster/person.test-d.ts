import { expectTypeOf, test } from 'vitest';
import type {
  ConflictFacts,
  Invitation,
  Person,
  PersonConflict,
  PersonUsage,
  RosterProgress,
  RosterQuery,
  RosterUsageTotals,
  WorkspaceMembership,
} from '../../../src/index.js';

type Facts<Code extends ConflictFacts['code']> = Extract<ConflictFacts, { readonly code: Code }>;

test('the statuses of a person can be told apart without a default', () => {
  expectTypeOf<Person['status']>().toEqualTypeOf<'active' | 'invited' | 'provisioned' | 'inactive' | 'unknown'>();
});

test('an invitation promises an address and a workspace, and the rest of the row as something unknown', () => {
  expectTypeOf<Person['invitations']>().toEqualTypeOf<readonly Invitation[]>();
  expectTypeOf<Invitation['email']>().toEqualTypeOf<string>();
  expectTypeOf<Invitation['workspaceId']>().toEqualTypeOf<string>();
  expectTypeOf<Invitation['isPending']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Invitation['raw'][string]>().toEqualTypeOf<unknown>();
});

test('a conflict about an invitation names workspaces, one about a missing access nothing', () => {
  for (const code of ['invitation_pending', 'invited_but_not_in_directory', 'inactive_but_invited'] as const) {
    expectTypeOf<Facts<typeof code>['workspaceIds']>().toEqualTypeOf<readonly string[]>();
  }
  expectTypeOf<keyof Facts<'no_access' | 'not_in_workspace'>>().toEqualTypeOf<'code'>();
  expectTypeOf<PersonConflict['remedy']>().toEqualTypeOf<string>();
});

test('the progress counts invitations, and the lists of them that were not whole', () => {
  expectTypeOf<RosterProgress['invitations' | 'unreadInvitations']>().toEqualTypeOf<number>();
});

test('whether a member is an owner can be unknown, which is neither yes nor no', () => {
  expectTypeOf<WorkspaceMembership['isOwner']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<WorkspaceMembership['listedBy']>().toEqualTypeOf<'admin' | 'compliance'>();
});

test('the seat of a member is one of two words, or a newer one, and may not be known', () => {
  type Seat = Person['workspaces'][number]['seatType'];
  expectTypeOf<Seat>().toEqualTypeOf<'chatgpt' | 'codex' | (string & {}) | undefined>();
  expectTypeOf<'codex'>().toExtend<Seat>();
  expectTypeOf<1>().not.toExtend<Seat>();
  expectTypeOf<Pick<Person['workspaces'][number], 'seatType'>>().toEqualTypeOf<Pick<WorkspaceMembership, 'seatType'>>();
});

test('amounts are text, with their unit, and may be missing', () => {
  type Cost = NonNullable<PersonUsage['cost']>;
  expectTypeOf<Cost['amounts'][number]['amount']>().toEqualTypeOf<string>();
  expectTypeOf<undefined>().toExtend<PersonUsage['cost']>();
  expectTypeOf<Person['usageIncomplete']>().toEqualTypeOf<true | undefined>();
  expectTypeOf<RosterUsageTotals['daily'][number]['status']>().toEqualTypeOf<'read' | 'incomplete' | 'refused'>();
  expectTypeOf<{ sources: ['costs'] }>().not.toExtend<RosterQuery['usage']>();
});
