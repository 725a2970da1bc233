import { SdkError } from './sdk-error.js';

/** What is wrong with a line. */
export type JsonLinesProblem =
  /** It holds something other than JSON objects. */
  | 'not_a_json_object'
  /** It is longer than allowed. */
  | 'too_long';

/**
 * A line of a JSON Lines file is not a record. What the line says is not in the error: it may name people.
 *
 * It comes as the `cause` of an {@link AuditLogFileError}.
 *
 * @example
 * ```ts
 * import { AuditLogClient, JsonLinesError } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * try {
 *   for await (const event of client.events({ eventTypes: ['AUTH_LOG'] })) console.log(event.event_id);
 * } catch (error) {
 *   const cause = error instanceof Error ? error.cause : undefined;
 *   if (!(cause instanceof JsonLinesError)) throw error;
 *   console.error(`Line ${cause.line}, byte ${cause.byteOffset}: ${cause.problem}`);
 * }
 * ```
 */
export class JsonLinesError extends SdkError<'invalid_json_line'> {
  override readonly name = 'JsonLinesError';
  /** What is wrong with the line. */
  readonly problem: JsonLinesProblem;
  /** Line number, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file to what could not be read. */
  readonly byteOffset: number;

  /** @hidden */
  constructor(facts: { readonly problem: JsonLinesProblem; readonly line: number; readonly byteOffset: number }) {
    const what = facts.problem === 'too_long' ? 'is longer than allowed' : 'is not a JSON object';
    super('invalid_json_line', `Line ${facts.line} ${what} (at byte ${facts.byteOffset}).`, {
      remedy:
        facts.problem === 'too_long'
          ? 'Raise the limit for the length of a line if the file is known to be good.'
          : 'Look at the file from that byte on. If OpenAI delivered it like this, tell their support its file id.',
    });
    this.problem = facts.problem;
    this.line = facts.line;
    this.byteOffset = facts.byteOffset;
  }
}
