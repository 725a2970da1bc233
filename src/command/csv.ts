import { Mistake } from './mistake.js';

/** The fields of a line, by column. */
export type CsvRow = ReadonlyMap<string, string>;

/** A field; empty where the column is not there. */
export function csvField(row: CsvRow, column: string): string {
  return row.get(column) ?? '';
}

/**
 * Reads CSV with a heading (RFC 4180): fields may be in quotes, and hold line breaks then. Each line must have as many fields
 * as the heading, and each column one of the names given; `Given Name` is `given_name`.
 *
 * @throws Mistake, which says in which line
 */
export function readCsv(
  path: string,
  text: string,
  { required, optional }: { readonly required: readonly string[]; readonly optional: readonly string[] },
): CsvRow[] {
  const mistake = (message: string) => new Mistake(`${path}: ${message}`);
  const [heading, ...records] = [...recordsIn(text, mistake)];
  if (heading === undefined) throw mistake('it is empty: the first line must name the columns.');
  const known = [...required, ...optional];
  const separator = otherSeparators.find(({ sign }) => heading.cells.length === 1 && heading.cells[0]?.includes(sign));
  if (separator !== undefined)
    throw mistake(`its fields are separated by ${separator.name}, and must be by commas. ${howToSeparate}`);
  const columns = heading.cells.map((name) => known.find((one) => isAlike(one, name)) ?? name.trim());
  for (const [index, name] of columns.entries()) {
    if (!known.includes(name)) throw mistake(`column ${index + 1} is not known. Columns are: ${known.join(', ')}.`);
    if (columns.indexOf(name) !== index) throw mistake(`column ${name} is there twice.`);
  }
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw mistake(`it has no column ${missing.join(', ')}.`);
  return records.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw mistake(`line ${line} has ${cells.length} fields, and the heading ${columns.length}.`);
    }
    const row = new Map(columns.map((name, index) => [name, cells[index]?.trim() ?? '']));
    const empty = required.find((name) => csvField(row, name) === '');
    if (empty !== undefined) throw mistake(`line ${line} has no ${empty}.`);
    return row;
  });
}

/** As Excel separates where the comma is the sign of decimals, and as it copies. */
const otherSeparators = [
  { sign: ';', name: 'semicolons' },
  { sign: '\t', name: 'tabs' },
];

const howToSeparate =
  'Excel takes the list separator of the region settings of the system; LibreOffice asks for it ("Edit filter settings"); Google Sheets writes commas.';

function isAlike(one: string, other: string): boolean {
  const [bare, otherBare] = [one, other].map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, ''));
  return bare === otherBare;
}

interface CsvRecord {
  /** On which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Empty lines are no records. */
function* recordsIn(text: string, mistake: (message: string) => Mistake): Generator<CsvRecord> {
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|\r|$)/y;
  let cells: string[] = [];
  let line = 1;
  let begins = 1;
  while (token.lastIndex < text.length || cells.length > 0) {
    const [whole, cell = '', end = ''] = token.exec(text) ?? [];
    if (whole === undefined) throw mistake(`line ${line} has a quote that does not end, or stands within a field.`);
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    line += whole.split(/\r\n|\r|\n/).length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { line: begins, cells };
    cells = [];
    begins = line;
  }
}
