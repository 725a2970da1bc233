import { checkChoice, checkOptions } from '../errors/check-options.js';
import type { TransportEvent } from './options.js';

/** What {@link consoleLogger} writes, and where to. */
export interface ConsoleLoggerOptions {
  /**
   * `warn`: failures, repeats and waits; `debug`: every request and answer too. @default 'warn'
   */
  readonly level?: 'warn' | 'debug' | undefined;
  /** What it writes to. @default the global console */
  readonly console?: Pick<Console, 'warn' | 'debug'> | undefined;
}

/**
 * Writes what a client does to the console, a line for each event: `scim GET /Users 429 rate_limited (attempt 1, 41 ms)`.
 * Lines hold no secret and no personal data.
 *
 * @throws InputError for an unknown option or level, and a `console` without `warn` and `debug`.
 * @example
 * ```ts
 * import { consoleLogger, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const onEvent = consoleLogger({ level: 'debug' });
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', onEvent });
 * ```
 */
export function consoleLogger(options?: ConsoleLoggerOptions): (event: TransportEvent) => void {
  const own = checkOptions('consoleLogger()', options, { level: true, console: true });
  const { level = 'warn', console: output = globalThis.console } = own;
  checkChoice('level', level, ['warn', 'debug']);
  return (event) => {
    // Its attempts were told one by one.
    if (event.type === 'call' && event.attempt > 0) return;
    const isQuiet = event.type === 'request' || (event.type === 'response' && event.errorCode === undefined);
    if (isQuiet && level === 'warn') return;
    output[isQuiet ? 'debug' : 'warn'](`${event.service} ${event.method} ${event.route} ${tell(event)}`);
  };
}

function tell(event: TransportEvent): string {
  const attempt = `attempt ${event.attempt}`;
  switch (event.type) {
    case 'request':
      return `sent (${attempt})`;
    case 'response': {
      const id = event.requestId === undefined ? '' : `, request id ${event.requestId}`;
      const outcome = [event.status, event.errorCode].filter((part) => part !== undefined).join(' ');
      return `${outcome} (${attempt}, ${Math.round(event.durationMs)} ms${id})`;
    }
    case 'retry':
      return `is sent again in ${Math.round(event.waitMs)} ms: ${event.errorCode} (${attempt})`;
    case 'throttled':
      return `waited ${Math.round(event.waitMs)} ms for its turn (${attempt})`;
    case 'call':
      return `was not sent: ${event.errorCode} (${Math.round(event.durationMs)} ms)`;
    case 'cooldown':
      return `was asked for patience: no request starts for ${Math.round(event.waitMs)} ms (${attempt})`;
  }
}
