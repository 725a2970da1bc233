/** Fields one after the other, of which the first that has a value counts; `data.role` is a field of an object in it. */
export type Fields = string | readonly string[];

/** The classes of OCSF 1.5.0 that are used, by their names there: their numbers, and those of their activities. */
export const classes = {
  account_change: {
    uid: 3001,
    activities: { create: 1, enable: 2, password_change: 3, password_reset: 4, disable: 5, delete: 6, other: 99 },
  },
  authentication: { uid: 3002, activities: { logon: 1, logoff: 2, preauth: 6, other: 99 } },
  entity_management: {
    uid: 3004,
    activities: {
      create: 1,
      read: 2,
      update: 3,
      delete: 4,
      enroll: 6,
      unenroll: 7,
      enable: 8,
      disable: 9,
      activate: 10,
      other: 99,
    },
  },
  user_access: { uid: 3005, activities: { assign: 1, revoke: 2 } },
  group_management: {
    uid: 3006,
    activities: { assign: 1, revoke: 2, add_user: 3, remove_user: 4, delete: 5, create: 6, other: 99 },
  },
  web_resources_activity: { uid: 6001, activities: { read: 2, export: 7, share: 8 } },
  api_activity: { uid: 6003, activities: { create: 1, read: 2, update: 3, delete: 4, other: 99 } },
  application_security_posture_finding: { uid: 2007, activities: { create: 1, update: 2, close: 3 } },
} as const;

/** What is acted on: its type, and the fields in which its id and its name stand. */
export type Thing = readonly [type: string, uid: Fields, name?: Fields | undefined];

/** In which fields a person stands. A list gives an event for each; nothing, that the actor is meant. */
export interface Person {
  readonly id?: Fields;
  readonly email?: Fields;
  /** Of a key or a token. */
  readonly credential?: Fields;
  /** What kind of account it is, where it is not a person's. */
  readonly type?: 'API key' | 'service account';
}

/** 0 unknown, 1 success, 2 failure, 99 other. */
export type Status = 0 | 1 | 2 | 99;

interface Common {
  /** Told by the action, where the record has no outcome of its own. */
  readonly status?: Status;
  /** The rule is for records that have a text in this field. */
  readonly where?: Fields;
  /** The text that it is. */
  readonly is?: string;
}

type ActivityOf<Class extends keyof typeof classes> = keyof (typeof classes)[Class]['activities'];

/** How a record becomes events: the class, the activity, and in which fields of its data the rest stands. */
export type Rule = Common &
  (
    | {
        readonly class: 'account_change';
        readonly activity: ActivityOf<'account_change'>;
        readonly user: Person | 'actor';
      }
    | {
        readonly class: 'authentication';
        readonly activity: ActivityOf<'authentication'>;
        readonly user: Person | 'actor';
        readonly session?: Fields;
      }
    | {
        readonly class: 'entity_management';
        readonly activity: ActivityOf<'entity_management'>;
        readonly entity: Thing;
        /** A list in which each entry is an entity of its own, by `id` and `name`. */
        readonly each?: string;
        readonly user?: Person;
        readonly group?: Fields;
      }
    | {
        readonly class: 'user_access';
        readonly activity: ActivityOf<'user_access'>;
        readonly user: Person;
        readonly privileges: Fields;
      }
    | {
        readonly class: 'group_management';
        readonly activity: ActivityOf<'group_management'>;
        readonly group: { readonly id: Fields; readonly name?: Fields };
        readonly user?: Person;
        readonly privileges?: Fields;
      }
    | {
        readonly class: 'web_resources_activity';
        readonly activity: ActivityOf<'web_resources_activity'>;
        readonly resource: Thing;
      }
    | {
        readonly class: 'api_activity';
        readonly activity: ActivityOf<'api_activity'>;
        readonly resources?: readonly Thing[];
        readonly service?: Thing;
        /** What the operation is called, where it is not by the action. */
        readonly operation?: string;
      }
    | {
        readonly class: 'application_security_posture_finding';
        readonly activity: ActivityOf<'application_security_posture_finding'>;
      }
  );

/** The rules of an action: the first whose `where` has a value counts. */
export type Rules = Rule | readonly Rule[];

/** What a class is about. */
export type RuleOf<Class extends Rule['class']> = Extract<Rule, { readonly class: Class }>;

/** A call of an API, and what it is about. */
export function api(activity: ActivityOf<'api_activity'>, ...resources: readonly Thing[]): Rule {
  return resources.length === 0 ? { class: 'api_activity', activity } : { class: 'api_activity', activity, resources };
}

/** What becomes of all that is not known. */
export const unknownRule: Rule = api('other');
