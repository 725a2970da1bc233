import { expectTypeOf } from 'vitest';
import type { EventsByType, KnownEventType } from '../../../src/audit-logs/events/event-types.js';

/** The names of an object that has room for others. */
type Named<T> = keyof { [Name in keyof T as string extends Name ? never : Name]: T[Name] } & string;

/** The paths of all fields that a type says are always there, at any depth. */
type AlwaysThere<T, Path extends string = ''> = T extends readonly (infer Item)[]
  ? AlwaysThere<Item, `${Path}[].`>
  : T extends object
    ? {
        [Name in Named<T>]-?:
          | (Partial<Pick<T, Name>> extends Pick<T, Name> ? never : `${Path}${Name}`)
          | AlwaysThere<T[Name], `${Path}${Name}.`>;
      }[Named<T>]
    : never;

/** What {@link AlwaysThere} may find: a record without an id or a time is refused, and the rest tells one shape from another. */
interface MayBeFound extends Record<KnownEventType, string> {
  readonly AUDIT_LOG: 'action';
  readonly CODEX_LOG: 'event_type';
  readonly CODEX_SECURITY_LOG: 'event_type';
  readonly CHATGPT_PLUGIN_SPREADSHEET: 'event_type';
  readonly CUSTOM_AGENTS_LOG: 'event_type';
  readonly CONVERSATION_MESSAGE: `message.${'author' | 'content' | 'content.annotations.[]'}.type`;
}

// Nobody looks at what a server sends unless asked to: whatever is documented to be there may be missing all the same.
expectTypeOf<{ [Type in KnownEventType]: AlwaysThere<EventsByType[Type]> }>().toEqualTypeOf<{
  [Type in KnownEventType]:
    | ('event_id' | 'timestamp' | 'type' | 'actor.type')
    | (string extends MayBeFound[Type] ? never : MayBeFound[Type]);
}>();
