/** One bullet of a field list: what it names, what it says, and the bullets below it. */
export interface DocumentedField {
  readonly name: string;
  /** The bullet's text behind the name. */
  readonly text: string;
  /** The shape after the name, where the bullet has one, such as `{ type: "user", client_type: string }`. */
  readonly shape: string | undefined;
  readonly below: readonly DocumentedField[];
}

interface OpenField {
  readonly indent: number;
  readonly below: DocumentedField[];
}

/** Reads nested Markdown bullets whose names stand in backticks; a bullet with several names gives several fields. */
export function readFields(markdown: string): readonly DocumentedField[] {
  const top: DocumentedField[] = [];
  const open: OpenField[] = [{ indent: -1, below: top }];
  for (const line of markdown.split('\n')) {
    const bullet = /^(\s*)- (.*)$/.exec(line);
    if (bullet === null) continue;
    const [, spaces = '', content = ''] = bullet;
    while ((open.at(-1)?.indent ?? -1) >= spaces.length) open.pop();
    const parent = open.at(-1)?.below ?? top;
    const below: DocumentedField[] = [];
    for (const { name, shape, text } of readBullet(content)) parent.push({ name, text, shape, below });
    open.push({ indent: spaces.length, below });
  }
  return top;
}

function readBullet(content: string): readonly Omit<DocumentedField, 'below'>[] {
  const names = /^((?:`[^`]+`(?:, |, and | and )?)+):?\s*(.*)$/.exec(content);
  if (names === null) {
    // A bare value, or prose such as "Account user actor:".
    return [{ name: /^[\w-]+$/.test(content) ? content : '', text: content, shape: undefined }];
  }
  const [, quoted = '', text = ''] = names;
  return [...quoted.matchAll(/`([^`]+)`/g)].map(([, code = '']) => {
    const [, name = code, shape] = /^(\w+): (\{.*)$/.exec(code) ?? [];
    return { name, text, shape };
  });
}
