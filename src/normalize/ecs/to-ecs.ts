import { hasPlatformTime, isOfTenant, type NormalizableEvent, readEvent } from '../event.js';
import { checkNormalizeOptions, type Included, type NormalizeOptions } from '../options.js';
import { ownValues } from '../sensitive.js';
import { customAgentsLog } from './agents.js';
import { appAuthLog, appLog } from './apps.js';
import { auditLog } from './audit.js';
import { authLog } from './auth.js';
import { codexLog, codexSecurityLog, spreadsheet } from './codex.js';
import type { EcsDocument } from './document.js';
import { Draft } from './draft.js';
import { restOfRecord } from './envelope.js';
import { measurement } from './measurements.js';
import { conversationMessage } from './messages.js';
import { platformAuditLog, platformTenantLog, restOfPlatformRecord } from './platform.js';
import type { Stream } from './stream.js';
import { Places } from './walk.js';

/**
 * A record of an audit log as a document of the Elastic Common Schema 9.4.0, under the names that Elastic's own integration
 * `openai_chatgpt_enterprise` uses: nested objects, which Elasticsearch takes as they are. Pure: the same record gives the same
 * document, so that `event.id` as its `_id` keeps a record that comes twice from being stored twice.
 *
 * Content and e-mail addresses are left out unless `include` asks for them, and
 * `openai_chatgpt_enterprise.omitted` names by its path what was left out; so is `event.original`, unless both are asked for.
 * Everything else is there: what has no field in ECS stands under `openai_chatgpt_enterprise.<stream>`; only what is empty (null, `""`)
 * may be missing. Costs and analytics are documents with `event.kind: "metric"`. A type or an action that is not known is told
 * as far as it is understood. Where Elastic's pipelines call a wrong password a success, or a Codex answer that is `completed`
 * unknown, this does not.
 *
 * @param event An event of the Compliance Logs Platform, or a record of the API Platform's audit log.
 * @throws InputError for something that is no object, and for an unknown option.
 * @example
 * ```ts
 * import type { AuditLogEvent } from 'chatgpt-enterprise-sdk/audit-logs';
 * import { toEcs } from 'chatgpt-enterprise-sdk/normalize';
 *
 * declare const event: AuditLogEvent;
 *
 * const document = toEcs(event, { include: ['emails'] });
 * console.log(document['@timestamp'], document.event.action, document.event.outcome, document.user?.email);
 * ```
 */
export function toEcs(event: NormalizableEvent, options?: NormalizeOptions): EcsDocument {
  const included = checkNormalizeOptions('toEcs()', options);
  return readEvent(event, documentOf, included);
}

function documentOf(event: NormalizableEvent, included: Included): EcsDocument {
  const record = ownValues(event);
  const stream = streamOf(record);
  const draft = new Draft(stream.name, included);
  stream.classify(record, draft);
  const left =
    stream.places === platformAuditLog.places
      ? restOfPlatformRecord(record, draft)
      : restOfRecord(record, stream.places, draft);
  if (included.content && included.emails) addOriginal(record, draft);
  return draft.finish(left);
}

/** One that JSON cannot hold has none: it was not read from JSON. */
function addOriginal(record: Record<string, unknown>, draft: Draft): void {
  try {
    draft.document.event.original = JSON.stringify(record);
  } catch {
    // A BigInt, or nested too deep.
  }
}

const streams: ReadonlyMap<unknown, Stream> = new Map([
  ['AUTH_LOG', authLog],
  ['AUDIT_LOG', auditLog],
  ['CONVERSATION_MESSAGE', conversationMessage],
  ['APP_LOG', appLog],
  ['APP_AUTH_LOG', appAuthLog],
  ['CODEX_LOG', codexLog],
  ['CODEX_SECURITY_LOG', codexSecurityLog],
  ['CUSTOM_AGENTS_LOG', customAgentsLog],
  ['CHATGPT_PLUGIN_SPREADSHEET', spreadsheet],
  ['COSTS', measurement('costs')],
  ['CODEX_TURN', measurement('codex_turn')],
  ['CHATGPT_USER_ANALYTICS', measurement('chatgpt_user_analytics')],
  ['CHATGPT_PROJECT_ANALYTICS', measurement('chatgpt_project_analytics')],
  ['CHATGPT_GPT_ANALYTICS', measurement('chatgpt_gpt_analytics')],
  ['CHATGPT_SURVEY_ANALYTICS', measurement('chatgpt_survey_analytics')],
]);

function streamOf(record: Record<string, unknown>): Stream {
  const known = streams.get(record.type);
  if (known !== undefined) return known;
  if (hasPlatformTime(record)) return isOfTenant(record.type) ? platformTenantLog : platformAuditLog;
  return unknownStream(record.type);
}

const nothing = new Places({});

/** Of a type that is not known only the envelope is understood. */
function unknownStream(type: unknown): Stream {
  const isName = typeof type === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(type) && type !== 'OMITTED';
  return {
    name: isName ? type.toLowerCase() : 'other',
    classify(record, draft) {
      draft.action(record.action ?? record.event_type);
    },
    places: nothing,
  };
}
