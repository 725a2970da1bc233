const mostNames = 5;

/** Names of things, and how many more there are. */
export function nameThem(things: Iterable<string>): string {
  const names = [...things];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `${names.slice(0, mostNames).join(', ')}${more}`;
}
