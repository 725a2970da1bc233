const isTerminal = process.stderr.isTTY === true;

/** Shows how far something has come: one line that is written over, on a terminal only. */
export function showProgress(text: string): void {
  if (isTerminal) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
}

/** Takes the line away again. */
export function endProgress(): void {
  if (isTerminal) process.stderr.write('\r\x1b[2K');
}

/** A number with its noun: `1 file`, `2 files`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A bar of twenty places. */
export function bar(share: number): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * 20);
  return `${'█'.repeat(full)}${'░'.repeat(20 - full)}`;
}
