/** One thing about a record that is not as documented. Never quotes the record's values. */
export interface EventIssue {
  /** Where in the record, such as `['action_data', 'user_id']`. Empty for the record itself. */
  readonly path: readonly (string | number)[];
  /** What was expected there. */
  readonly message: string;
}

/**
 * Looks at a record and says what is not as documented; nothing when all is well. It never throws and never changes the
 * record: whatever it says, the record is delivered.
 */
export type EventValidator = (record: Readonly<Record<string, unknown>>) => readonly EventIssue[] | undefined;
