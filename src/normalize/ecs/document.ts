/** The released version of the Elastic Common Schema whose field names are used. */
export const ecsVersion = '9.4.0';

/** Whether it was done. Absent where a record is not about something that can fail. */
export type EcsOutcome = 'success' | 'failure' | 'unknown';

/** What kind of thing happened, by the allowed values of ECS. */
export type EcsCategory = 'api' | 'authentication' | 'configuration' | 'iam' | 'vulnerability';

/** What kind of thing it was within its category, by the allowed values of ECS. */
export type EcsType =
  | 'access'
  | 'allowed'
  | 'change'
  | 'creation'
  | 'deletion'
  | 'denied'
  | 'end'
  | 'group'
  | 'info'
  | 'start'
  | 'user';

/** `event.*`: which record it is and what it says. */
export interface EcsEvent {
  /** `metric` for costs and analytics, `pipeline_error` where a record has no time that can be read. */
  kind: 'event' | 'metric' | 'pipeline_error';
  module: 'openai_chatgpt_enterprise';
  /** The module and the stream, such as `openai_chatgpt_enterprise.auth_log`. */
  dataset: string;
  /** `event_id` of the record, or `id` in the API Platform's log: the same wherever the record comes again. */
  id?: string;
  /** The action or the sub-type, in small letters. */
  action?: string;
  category?: EcsCategory[];
  type?: EcsType[];
  outcome?: EcsOutcome;
  reason?: string;
  /** The record as JSON, where both `content` and `emails` are included. */
  original?: string;
}

/** `user.*`: who did it, and in `target` to whom. */
export interface EcsUser {
  id?: string;
  email?: string;
  /** What stands behind the @ of the address, and only beside it. */
  domain?: string;
  full_name?: string;
  target?: { id?: string; email?: string };
}

/** `source.*`: where it came from. */
export interface EcsSource {
  ip?: string;
  geo?: {
    country_iso_code?: string;
    region_iso_code?: string;
    region_name?: string;
    city_name?: string;
    location?: { lat: number; lon: number };
  };
  as?: { number: number };
}

/** `gen_ai.*`: the model, the agent and the tool. */
export interface EcsGenAi {
  system: 'openai';
  agent?: { id?: string; name?: string; description?: string };
  operation?: { name: 'chat' };
  output?: { type: string };
  request?: { model: string };
  response?: { id?: string; model?: string };
  tool?: { name?: string; type?: string; call?: { id: string } };
  usage?: { input_tokens?: number; output_tokens?: number };
}

/**
 * A record of an audit log as one document of the Elastic Common Schema 9.4.0: plain nested objects, which Elasticsearch takes
 * as they are. It is yours: add what you like, such as `data_stream` or `tags`.
 */
export interface EcsDocument {
  /** When it happened, in ISO 8601 and as exact as the record; absent where the record has no time that can be read. */
  '@timestamp'?: string;
  ecs: { version: typeof ecsVersion };
  event: EcsEvent;
  /** What was written, where `content` is included. */
  message?: string;
  user?: EcsUser;
  source?: EcsSource;
  destination?: { domain: string };
  user_agent?: { original: string };
  tls?: { client: { ja3: string } };
  /** The workspace or organization whose log it is. */
  organization?: { id: string };
  group?: { id?: string; name?: string };
  file?: { name?: string; mime_type?: string };
  url?: { full: string };
  error?: { message: string };
  vulnerability?: { id?: string; severity?: string };
  gen_ai: EcsGenAi;
  /** People, addresses and hosts that the record names, in one place to search. */
  related?: { user?: string[]; ip?: string[]; hosts?: string[] };
  /**
   * Under the name of the stream, such as `auth_log`, whatever of the record has no field of its own in ECS, under the names that
   * OpenAI gave it. In `omitted` the paths of what was left out.
   */
  openai_chatgpt_enterprise: VendorFields;
}

/** What has no field in ECS, by stream; and `omitted`. */
export interface VendorFields {
  /** Paths within the record, such as `actor.user_email`: what is there and not told. */
  omitted?: string[];
  [stream: string]: unknown;
}
