import process from 'node:process';

/** The reason of the signal of a program that was told to end. */
export class Stopped extends Error {
  override readonly name = 'Stopped';

  constructor(signal: string) {
    super(`Stopped by ${signal}. What was finished before is kept: start it again to go on.`);
  }
}

/** Exit codes of a program that is ended by a signal, as shells tell them. */
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Aborts at the first signal, so that leases are let go and nothing is cut in two; the second one ends the program at once. */
export function listenForSignals(): AbortSignal {
  const stop = new AbortController();
  for (const [name, code] of Object.entries(codes)) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(code);
      stop.abort(new Stopped(name));
    });
  }
  return stop.signal;
}
