import { join, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '../..');

/**
 * What an editor shows of a snippet, as TypeScript's language service tells it. `▮` is where the caret stands. Open one for
 * each file of tests: the sources are read once, and only the snippet changes. In another `project` the package is the one
 * that is installed there.
 */
export function openEditor(imports: string, project?: string) {
  const folder = project ?? root;
  // A file that is only in the editor.
  const file = join(folder, project === undefined ? 'test/editor.ts' : 'editor.mts');
  let text = '';
  let version = 0;
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const options = project === undefined ? parsed.options : { ...parsed.options, paths: {}, types: [] };
  const readFile = (path: string) => (path === file ? text : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? String(version) : ''),
    getScriptSnapshot: (path) => ts.ScriptSnapshot.fromString(readFile(path) ?? ''),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    directoryExists: ts.sys.directoryExists,
    readFile,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });

  /** Types the snippet; gives the place of the caret. */
  function type(snippet: string): number {
    const [before = '', after = ''] = `${imports}\n${snippet}`.split('▮');
    text = before + after;
    version += 1;
    return before.length;
  }

  return {
    /** The names that are offered at the caret, not those that are there everywhere. */
    completionsAt(snippet: string): readonly string[] {
      const { isGlobalCompletion = true, entries = [] } =
        service.getCompletionsAtPosition(file, type(snippet), {}) ?? {};
      return isGlobalCompletion ? [] : entries.map(({ name }) => name);
    },
    /** What is said of the name before the caret, without its comment. */
    hoverAt(snippet: string): string {
      const info = service.getQuickInfoAtPosition(file, type(snippet));
      return ts.displayPartsToString(info?.displayParts);
    },
    /** What is underlined: each message as it is shown, in full. */
    errorsOf(snippet: string): readonly string[] {
      type(snippet);
      const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
    /** Where an editor goes from the name before the caret: the file, and what stands there. */
    definitionsAt(snippet: string) {
      const found = service.getDefinitionAtPosition(file, type(snippet)) ?? [];
      return found.map(({ fileName, contextSpan = { start: 0, length: 0 } }) => ({
        file: fileName,
        text: readFile(fileName)?.slice(contextSpan.start, contextSpan.start + contextSpan.length) ?? '',
      }));
    },
  };
}
