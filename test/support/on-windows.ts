/** For `test.skipIf`: what there is not on Windows, such as modes of files, and why that leaves nothing to test. */
export function onWindows(_reason: string): boolean {
  return process.platform === 'win32';
}
