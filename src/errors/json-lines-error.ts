import { SdkError } from './sdk-error.js';

/** What is wrong with a line: it holds something other than JSON objects, or it is longer than allowed. */
export type JsonLinesProblem = 'not_a_json_object' | 'too_long';

/** A line of a JSON Lines file is not a record. What the line says is not in the error: it may name people. */
export class JsonLinesError extends SdkError<'invalid_json_line'> {
  override readonly name = 'JsonLinesError';
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
