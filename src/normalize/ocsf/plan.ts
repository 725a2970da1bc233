import { type FieldKind, kindOf } from '../sensitive.js';
import { classes, type Fields, type Person, type Rule, type Status, type Thing } from './rule.js';

/** What becomes of a field: the number of its slot, what is looked for in the object that it is, or what a name says. */
type Place = number | Tree | FieldKind;

/** Names of fields that are looked for in an object, and of those that were met there: what they hold is looked up once. */
export class Tree {
  readonly #places = new Map<string, Place>();
  #room = 100;

  placeOf(field: string): Place {
    const known = this.#places.get(field);
    if (known !== undefined) return known;
    const kind = kindOf(field);
    // Made-up ones do not fill the memory.
    if (this.#room > 0 && field.length < 60) {
      this.#room -= 1;
      this.#places.set(field, kind);
    }
    return kind;
  }

  isContent(field: string): void {
    this.#places.set(field, 'content');
  }

  /** The number of its slot: this one, unless it has one. */
  slotOf(field: string, next: number): number {
    const known = this.#places.get(field);
    if (typeof known === 'number') return known;
    this.#places.set(field, next);
    return next;
  }

  /** What is looked for in the object that a field is. No field is looked for both as that and as a text. */
  within(field: string): Tree {
    const known = this.#places.get(field);
    if (known instanceof Tree) return known;
    const tree = new Tree();
    this.#places.set(field, tree);
    return tree;
  }
}

type Slots = readonly number[];

const noSlots: Slots = [];

/**
 * Which fields are looked for in an object, worked out once: then it is walked once, and what is looked for is put into slots, one
 * for each field.
 */
export class Plan {
  readonly tree = new Tree();
  /** The names that lead to each slot. */
  readonly paths: (readonly string[])[] = [];
  /** The slots before anything is found. */
  readonly nothing: undefined[] = [];
  readonly #slots = new Map<Fields, Slots>();

  constructor(wanted: readonly Fields[]) {
    for (const fields of wanted) this.look(fields);
  }

  slotsOf(fields: Fields): Slots {
    return this.#slots.get(fields) ?? noSlots;
  }

  /** Looks for these too: in the object `of` in it, where there is one. */
  protected look(fields: Fields, of?: string): Slots {
    const paths = (typeof fields === 'string' ? [fields] : fields).map((field) =>
      of === undefined ? field : `${of}.${field}`,
    );
    const slots = this.#add(paths);
    this.#slots.set(fields, slots);
    return slots;
  }

  #add(paths: readonly string[]): Slots {
    return paths.map((path) => {
      const names = path.split('.');
      let { tree } = this;
      for (const name of names.slice(0, -1)) tree = tree.within(name);
      const slot = tree.slotOf(names.at(-1) ?? '', this.paths.length);
      if (slot === this.paths.length) {
        this.paths.push(names);
        this.nothing.push(undefined);
      }
      return slot;
    });
  }
}

/** A thing as a plan has it. */
export interface PlannedThing {
  readonly type: string;
  readonly uid: Slots;
  readonly name: Slots;
}

/** Where in the records of a type stands what a rule is about. */
export interface Fieldnames {
  /** The field that says what happened. */
  readonly code?: string;
  /** The field of what depends on it; the record itself where there is none. */
  readonly data?: string;
  /** The field that names the program. */
  readonly client?: string;
  /** Fields of the data that hold content here, and not everywhere. */
  readonly content?: readonly string[];
}

/** What a rule looks for in a record. */
export class RulePlan extends Plan {
  /** Fields that stand in the record, and have their names there. */
  readonly code: Slots;
  readonly client: Slots;
  readonly result: Slots;
  /** Fields that every rule looks for in the data, beside its own. */
  readonly detailType: Slots;
  readonly status: Slots;
  readonly errorCode: Slots;
  readonly errorMessage: Slots;

  /** The same for each rule, so that it is quickly asked for. */
  readonly rule: Rule;
  /** The number of the activity. */
  readonly activity: number;
  /** How it ended, where the action says it. */
  readonly outcome: Status | undefined;
  /** Whether the class has a place for where a request came from, and for where it went. */
  readonly hasRequest: boolean;
  readonly hasDestination: boolean;
  readonly resources: readonly PlannedThing[];
  readonly service: PlannedThing | undefined;

  constructor(rule: Rule, { data, code, client, content = [] }: Fieldnames) {
    super([]);
    for (const field of content) (data === undefined ? this.tree : this.tree.within(data)).isContent(field);
    this.code = code === undefined ? noSlots : this.look(code);
    this.client = client === undefined ? noSlots : this.look(client);
    this.result = this.look('action_result');
    this.detailType = this.look('detail_type', data);
    this.status = this.look('status', data);
    this.errorCode = this.look('error_code', data);
    const messages = ['error_message', 'failure_message'].filter((field) => !content.includes(field));
    this.errorMessage = this.look(messages, data);
    for (const fields of fieldsOf(rule)) if (fields !== undefined) this.look(fields, data);
    this.rule = rule;
    const activities: Readonly<Record<string, number>> = classes[rule.class].activities;
    this.activity = activities[rule.activity] ?? 99;
    this.outcome = rule.status;
    this.hasRequest = rule.class !== 'application_security_posture_finding';
    this.hasDestination = ['api_activity', 'authentication', 'web_resources_activity'].includes(rule.class);
    const isCall = rule.class === 'api_activity';
    const things = isCall ? (rule.resources ?? []) : rule.class === 'web_resources_activity' ? [rule.resource] : [];
    this.resources = things.map((thing) => this.#planned(thing));
    this.service = isCall && rule.service !== undefined ? this.#planned(rule.service) : undefined;
  }

  #planned([type, uid, name]: Thing): PlannedThing {
    return { type, uid: this.slotsOf(uid), name: name === undefined ? noSlots : this.slotsOf(name) };
  }
}

/** All fields that a rule reads. */
function fieldsOf(rule: Rule): readonly (Fields | undefined)[] {
  switch (rule.class) {
    case 'account_change':
      return ofPerson(rule.user);
    case 'authentication':
      return [...ofPerson(rule.user), rule.session];
    case 'user_access':
      return [...ofPerson(rule.user), rule.privileges];
    case 'group_management':
      return [...ofPerson(rule.user), rule.group.id, rule.group.name, rule.privileges];
    case 'entity_management':
      return [...ofThing(rule.entity), rule.each, ...ofPerson(rule.user), rule.group];
    case 'web_resources_activity':
      return ofThing(rule.resource);
    case 'api_activity':
      return [...(rule.resources ?? []).flatMap(ofThing), ...ofThing(rule.service)];
    case 'application_security_posture_finding':
      return ['finding_id', 'pr_url'];
  }
}

function ofPerson(person: Person | 'actor' | undefined): readonly (Fields | undefined)[] {
  return person === undefined || person === 'actor' ? [] : [person.id, person.email, person.credential];
}

function ofThing(thing: Thing | undefined): readonly (Fields | undefined)[] {
  return thing === undefined ? [] : [thing[1], thing[2]];
}
