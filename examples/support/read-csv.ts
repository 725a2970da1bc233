/** What is wrong with a file that a person wrote: told in a sentence, without a stack. */
export class FileMistake extends Error {}

/** A line of a CSV file: its fields by column, and where it stands. */
export interface CsvRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Reads CSV with a heading (RFC 4180): fields may be in quotes, and hold line breaks then. Each line must have as many fields
 * as the heading, and each column one of the names given.
 */
export function readCsv(
  text: string,
  { required, optional }: { readonly required: readonly string[]; readonly optional: readonly string[] },
): CsvRow[] {
  const [heading, ...rows] = [...recordsIn(text.replace(/^\uFEFF/, ''))];
  if (heading === undefined) throw new FileMistake('it is empty: the first line must name the columns.');
  const columns = heading.cells.map((name) => name.trim());
  const known = [...required, ...optional];
  if (columns.length === 1 && /[;\t]/.test(columns[0] ?? '')) {
    throw new FileMistake('its fields are separated by semicolons or tabs: save it with commas.');
  }
  for (const [index, name] of columns.entries()) {
    if (!known.includes(name))
      throw new FileMistake(`column "${name}" is not known. Columns are: ${known.join(', ')}.`);
    if (columns.indexOf(name) !== index) throw new FileMistake(`column "${name}" is there twice.`);
  }
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new FileMistake(`it has no column ${missing.map((name) => `"${name}"`).join(', ')}.`);
  return rows.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw new FileMistake(`line ${line} has ${cells.length} fields, and the heading ${columns.length}.`);
    }
    const fields = Object.fromEntries(columns.map((name, index) => [name, cells[index]?.trim() ?? '']));
    const empty = required.find((name) => fields[name] === '');
    if (empty !== undefined) throw new FileMistake(`line ${line} has no ${empty}.`);
    return { line, fields };
  });
}

/** Records, each with the line on which it begins. Empty lines are none. */
function* recordsIn(text: string): Generator<{ readonly line: number; readonly cells: string[] }> {
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|\r|$)/y;
  let cells: string[] = [];
  let line = 1;
  let begins = 1;
  while (token.lastIndex < text.length || cells.length > 0) {
    const [whole, cell = '', end = ''] = token.exec(text) ?? [];
    if (whole === undefined)
      throw new FileMistake(`line ${line} has a quote that does not end, or stands within a field.`);
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    line += whole.split(/\r\n|\r|\n/).length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { line: begins, cells };
    cells = [];
    begins = line;
  }
}
