/** Milliseconds of the processor this process has used: a busy machine must not fail a test about an algorithm. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
