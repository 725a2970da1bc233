import { formatInstant, isUsualTime, readInstant } from '../../internal/dates.js';
import type { Included } from '../options.js';
import { hasEmail, Sieve } from '../sensitive.js';
import { type EcsDocument, type EcsType, ecsVersion } from './document.js';

const module = 'openai_chatgpt_enterprise';
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = /* @__PURE__ */ new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Whether a value was given its field, or stays under its own name; `email` where it may stand there only if it is asked for. */
type Found = 'taken' | 'kept' | 'email';

/** A document in the making, and what may stand in it. A field goes to the first that has a value for it; what comes later is kept. */
export class Draft {
  readonly stream: string;
  readonly document: EcsDocument;
  readonly sieve: Sieve;
  readonly tellsEmails: boolean;
  readonly tellsContent: boolean;
  /** Whether a model wrote it. */
  isAnswer = false;
  #users: string[] | undefined;
  #hosts: string[] | undefined;

  constructor(stream: string, included: Included) {
    this.stream = stream;
    this.sieve = new Sieve(included);
    this.tellsEmails = included.emails;
    this.tellsContent = included.content;
    // Nearly all have these fields, and those that are there from the start are quicker than those that are added. `finish` takes
    // out what stays undefined.
    this.document = {
      '@timestamp': undefined,
      ecs: { version: ecsVersion },
      event: { kind: 'event', module, dataset: `${module}.${stream}`, id: undefined, action: undefined },
      organization: undefined,
      gen_ai: { system: 'openai' },
      related: undefined,
      openai_chatgpt_enterprise: {},
    } as unknown as EcsDocument;
  }

  omit(path: string): undefined {
    // Of a name that is hidden there may be many.
    if (this.sieve.omitted?.at(-1) !== path) this.sieve.omit(path);
  }

  mayTell(text: string): boolean {
    return this.tellsEmails || !hasEmail(text);
  }

  /** Whether it is a text that has something in it and may be told. */
  tells(value: unknown): value is string {
    return typeof value === 'string' && value !== '' && (this.tellsEmails || !hasEmail(value));
  }

  id(value: unknown): Found {
    if (typeof value !== 'string' || this.document.event.id !== undefined) return 'kept';
    this.document.event.id = value;
    return 'taken';
  }

  time(value: unknown): Found {
    if (typeof value !== 'string' || this.document['@timestamp'] !== undefined) return 'kept';
    // Which has no address in it.
    if (isUsualTime(value)) {
      this.document['@timestamp'] = value;
      return 'taken';
    }
    // Another spelling, which Elasticsearch might refuse.
    const instant = this.mayTell(value) ? readInstant(value) : undefined;
    if (instant !== undefined) this.document['@timestamp'] = formatInstant(instant);
    return 'kept';
  }

  /** Seconds since the epoch. */
  seconds(value: unknown): Found {
    // As far as a date can have four digits of a year.
    if (typeof value !== 'number' || this.document['@timestamp'] !== undefined || !(Math.abs(value) <= 62_000_000_000))
      return 'kept';
    this.document['@timestamp'] = new Date(value * 1000).toISOString();
    return Number.isSafeInteger(value * 1000) ? 'taken' : 'kept';
  }

  /** In small letters, as Elastic writes it. Stays beside that as OpenAI writes it. */
  action(value: unknown): void {
    if (typeof value === 'string' && value !== '' && this.mayTell(value))
      this.document.event.action = value.toLowerCase();
  }

  /** The same of one that may be known, with its types. */
  actionOf(known: { readonly action: string; readonly type: readonly EcsType[] } | undefined, value: unknown): void {
    const { event } = this.document;
    if (known === undefined) this.action(value);
    else event.action = known.action;
    event.type = known === undefined ? ['info'] : known.type.slice();
  }

  organization(value: unknown): Found {
    if (typeof value !== 'string' || this.document.organization !== undefined) return 'kept';
    this.document.organization = { id: value };
    return 'taken';
  }

  /** Who did it: the first one who is named. */
  user(id: unknown): Found {
    if (typeof id !== 'string') return 'kept';
    this.#users = withText(this.#users, id);
    this.document.user ??= {};
    if (this.document.user.id !== undefined) return 'kept';
    this.document.user.id = id;
    return 'taken';
  }

  email(address: unknown): Found {
    if (!this.sieve.included.emails || typeof address !== 'string') return 'email';
    this.related(address);
    this.document.user ??= {};
    if (this.document.user.email !== undefined) return 'kept';
    this.document.user.email = address;
    const at = address.lastIndexOf('@');
    if (at !== -1 && at < address.length - 1) this.document.user.domain = address.slice(at + 1);
    return 'taken';
  }

  /** Whom it was done to: the first one who is named. */
  target(id: unknown): Found {
    if (typeof id === 'string') {
      this.related(id);
      this.document.user ??= {};
      this.document.user.target ??= {};
      this.document.user.target.id ??= id;
    }
    return 'kept';
  }

  targetEmail(address: unknown): Found {
    if (this.sieve.included.emails && typeof address === 'string') {
      this.document.user ??= {};
      this.document.user.target ??= {};
      this.document.user.target.email ??= address;
    }
    return 'email';
  }

  related(user: unknown): Found {
    if (Array.isArray(user)) for (const one of user) this.related(one);
    else if (typeof user === 'string' && this.mayTell(user)) this.#users = withText(this.#users, user);
    return 'kept';
  }

  host(name: unknown): Found {
    if (Array.isArray(name)) for (const one of name) this.host(one);
    else if (typeof name === 'string' && this.mayTell(name)) this.#hosts = withText(this.#hosts, name);
    return 'kept';
  }

  /** One that is no address of the internet stays where it was, as Elasticsearch would refuse the whole document. */
  ip(value: unknown): Found {
    if (typeof value !== 'string' || !(ipv4.test(value) || isIpv6(value))) return 'kept';
    this.document.source ??= {};
    if (this.document.source.ip !== undefined) return 'kept';
    this.document.source.ip = value;
    return 'taken';
  }

  userAgent(value: unknown): Found {
    if (typeof value !== 'string' || this.document.user_agent !== undefined) return 'kept';
    this.document.user_agent = { original: value };
    return 'taken';
  }

  ja3(value: unknown): Found {
    if (typeof value !== 'string' || this.document.tls !== undefined) return 'kept';
    this.document.tls = { client: { ja3: value } };
    return 'taken';
  }

  /** Asked for and answered by, as Elastic does. */
  model(name: unknown): Found {
    if (typeof name !== 'string' || this.document.gen_ai.request !== undefined) return 'kept';
    this.document.gen_ai.request = { model: name };
    this.document.gen_ai.response ??= {};
    this.document.gen_ai.response.model = name;
    return 'taken';
  }

  agent(field: 'id' | 'name' | 'description', value: unknown): Found {
    if (typeof value !== 'string') return 'kept';
    this.document.gen_ai.agent ??= {};
    if (this.document.gen_ai.agent[field] !== undefined) return 'kept';
    this.document.gen_ai.agent[field] = value;
    return 'taken';
  }

  tool(field: 'name' | 'type', value: unknown): Found {
    if (typeof value !== 'string') return 'kept';
    this.document.gen_ai.tool ??= {};
    if (this.document.gen_ai.tool[field] !== undefined) return 'kept';
    this.document.gen_ai.tool[field] = value;
    return 'taken';
  }

  /** Of `tool_call_id` and `call_id` the first that comes; the other one stays where it was. */
  call(id: unknown): Found {
    if (typeof id !== 'string') return 'kept';
    this.document.gen_ai.tool ??= {};
    if (this.document.gen_ai.tool.call !== undefined) return 'kept';
    this.document.gen_ai.tool.call = { id };
    return 'taken';
  }

  failure(message: unknown): Found {
    if (typeof message !== 'string' || this.document.error !== undefined) return 'kept';
    this.document.error = { message };
    return 'taken';
  }

  url(value: unknown): Found {
    if (typeof value !== 'string' || this.document.url !== undefined) return 'kept';
    this.document.url = { full: value };
    return 'taken';
  }

  /** The document, with what of the record found no other place. */
  finish(rest: Record<string, unknown> | undefined): EcsDocument {
    const { document } = this;
    const vendor = document.openai_chatgpt_enterprise;
    if (rest !== undefined) vendor[this.stream] = rest;
    if (this.sieve.omitted !== undefined) vendor.omitted = this.sieve.omitted;
    if (document['@timestamp'] === undefined) {
      delete document['@timestamp'];
      document.event.kind = 'pipeline_error';
      document.error ??= { message: 'The record has no time that can be read.' };
    }
    const ip = document.source?.ip;
    if (this.#users !== undefined || this.#hosts !== undefined || ip !== undefined) {
      const related: NonNullable<EcsDocument['related']> = {};
      if (this.#users !== undefined) related.user = this.#users;
      if (ip !== undefined) related.ip = [ip];
      if (this.#hosts !== undefined) related.hosts = this.#hosts;
      document.related = related;
    } else delete document.related;
    if (document.organization === undefined) delete document.organization;
    if (document.event.id === undefined) delete document.event.id;
    if (document.event.action === undefined) delete document.event.action;
    return document;
  }
}

/** Each once. A list that is written with its first text takes no room for more than it has. */
function withText(texts: string[] | undefined, text: string): string[] {
  if (texts === undefined) return [text];
  if (texts.length < manyTexts) {
    if (!texts.includes(text)) texts.push(text);
    return texts;
  }
  const known = seen.get(texts) ?? new Set(texts);
  if (!known.has(text)) texts.push(text);
  seen.set(texts, known.add(text));
  return texts;
}

/** From here on it is quicker to look them up. */
const manyTexts = 50;
const seen = /* @__PURE__ */ new WeakMap<readonly string[], Set<string>>();

function isIpv6(text: string): boolean {
  return text.includes(':') && /^[\da-f:.]{2,45}$/i.test(text) && URL.canParse(`http://[${text}]/`);
}
