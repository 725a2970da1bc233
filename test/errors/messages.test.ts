import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collectMessages, type Message } from './support/collect-messages.js';

const source = join(import.meta.dirname, '../../src');

/** Files that hold made-up data. What stands there is said by no error. */
const data = /^testing\/(world|events)\/|^(audit-logs\/json-scan|internal\/dates)\.ts$/;

/**
 * All that the library and the emulator say to a person, in one file: read it aloud before you change it. After a change
 * of words, write it anew by `npx vitest run --project library test/errors/messages.test.ts -u`.
 */
it('says what messages.md has', async () => {
  const messages = collectMessages(source, (file) => !data.test(file));
  await expect(asMarkdown(messages)).toMatchFileSnapshot('./messages.md');
});

function asMarkdown(messages: readonly Message[]): string {
  const lines = ['# What the library and its emulator say', ''];
  lines.push('`{…}` is filled in. An arrow begins what to do about it.');
  let folder: string | undefined;
  let file: string | undefined;
  for (const message of messages) {
    const { text, isRemedy } = message;
    const ofFile = message.file.slice(0, message.file.lastIndexOf('/'));
    if (ofFile !== folder) lines.push('', `## ${ofFile}`);
    if (message.file !== file) lines.push('', `### ${message.file.slice(ofFile.length + 1)}`, '');
    folder = ofFile;
    file = message.file;
    lines.push(isRemedy ? `  → ${text}` : `- ${text}`);
  }
  return `${lines.join('\n')}\n`;
}
