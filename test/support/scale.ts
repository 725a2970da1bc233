import { appendFileSync } from 'node:fs';

/** How often something is done: a few times with every change, very often in `npm run soak`. */
export function timesOf(always: number, soak: number): number {
  return process.env.SOAK === '1' ? soak : always;
}

/** Puts what was done into the log of `npm run soak`. */
export function logSoak(line: string): void {
  const log = process.env.SOAK_LOG;
  if (log !== undefined) appendFileSync(log, `${line}\n`);
}
