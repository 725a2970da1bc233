import { type DocumentedField, readFields } from './documented-field.ts';

/** What the document says of one type of event. */
export interface DocumentedEvent {
  readonly type: string;
  /** Fields beside the envelope. */
  readonly fields: readonly DocumentedField[];
  /** Where the part stands whose fields depend on a name, and the fields for each name. */
  readonly part:
    | {
        readonly key: string;
        readonly dependsOn: string;
        readonly byName: ReadonlyMap<string, readonly DocumentedField[]>;
      }
    | undefined;
}

/** The parts of an OpenAPI document that are read here. */
export interface OpenApiDocument {
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

/** Finds the sections about types of events. They are prose: no schema of the document describes an event. */
export function documentedEvents(document: OpenApiDocument): readonly DocumentedEvent[] {
  return document.tags.flatMap(({ description = '' }) => {
    const type = /^`event_type` = `(\w+)`/m.exec(description)?.[1];
    return type === undefined ? [] : [readSection(type, withoutSamples(description))];
  });
}

/** Every JSON sample of an event in the document's prose. */
export function sampleEvents(document: OpenApiDocument): readonly Record<string, unknown>[] {
  return document.tags
    .flatMap(({ description = '' }) => [...description.matchAll(/```json\n([\s\S]*?)```/g)])
    .map(([, text = '']) => text)
    .filter((text) => text.includes('"event_id"'))
    .map((text) => JSON.parse(text.replace(/,(\s*[}\]])/g, '$1')) as Record<string, unknown>);
}

function readSection(type: string, text: string): DocumentedEvent {
  const fields = readFields(textUnder(text, 'Schema'))
    .filter(({ name }) => name !== '')
    .map((field) => withFieldsApart(field, text));
  if (text.includes('event_details by `event_type`')) {
    const byName = new Map(readFields(textUnder(text, 'event_details by')).map(({ name, below }) => [name, below]));
    return { type, fields, part: { key: 'event_details', dependsOn: 'event_type', byName } };
  }
  const actions = [...text.matchAll(/^\*\*(\w+)\*\* — .*\n((?:- .*\n?)*)/gm)];
  if (actions.length === 0) return { type, fields, part: undefined };
  const byName = new Map(actions.map(([, name = '', bullets = '']) => [name, readFields(bullets)]));
  return { type, fields, part: { key: 'action_data', dependsOn: 'action', byName } };
}

/** Some fields are described under a heading of their own: "Measures", "Usage fields", "Possible values for `action`". */
function withFieldsApart(field: DocumentedField, text: string): DocumentedField {
  if (field.below.length > 0) return { ...field, below: field.below.map((inner) => withFieldsApart(inner, text)) };
  const heading = new RegExp(`^(${field.name}( fields)?|Possible values for \`${field.name}\`)$`, 'im').exec(
    text.replace(/^#+ /gm, ''),
  );
  const below = heading === null ? [] : readFields(textUnder(text, heading[0]));
  return { ...field, below: below.map((inner) => withFieldsApart(inner, text)) };
}

function withoutSamples(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '');
}

/** The text between a heading that begins with `title` and the next heading. */
function textUnder(text: string, title: string): string {
  const parts = text.split(/^#{2,4} /m);
  return parts.find((part) => part.startsWith(title)) ?? '';
}
