/** Something to know before approving. */
export interface PlanNote {
  readonly code: PlanNoteCode;
  /** It names nobody. */
  readonly message: string;
}

/** What a note is about. */
export type PlanNoteCode =
  | 'key_creator_unnamed'
  | 'key_creator_not_found'
  | 'protected_id_not_found'
  | 'owners_unknown'
  | 'owner_not_in_directory'
  | 'list_incomplete'
  | 'attribute_not_shown'
  | 'members_hidden'
  | 'members_unknown_to_directory'
  | 'cannot_be_undone'
  | 'absent_left_alone'
  | 'meant_to_stay'
  | 'still_member'
  | 'in_no_group'
  | 'group_may_exist'
  | 'direct_access';
