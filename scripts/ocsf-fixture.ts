// Writes test/normalize/ocsf-1.5.0/: the classes of OCSF that `toOcsf` uses, and the objects in them, as one JSON file, with the
// licence and the notice. Read from a clone of https://github.com/ocsf/ocsf-schema that has the tag 1.5.0:
//
//   node scripts/ocsf-fixture.ts /path/to/ocsf-schema/.git
//
// What `extends` and `$include` say is resolved as the schema's own compiler does; texts for people are left out.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const tag = '1.5.0';
const events = [
  'iam/account_change',
  'iam/authentication',
  'iam/entity_management',
  'iam/user_access',
  'iam/group_management',
  'application/web_resources_activity',
  'application/api_activity',
  'findings/application_security_posture_finding',
];
/** Of the many objects that these could hold, those that are used. */
const objects = [
  'actor',
  'api',
  'application',
  'autonomous_system',
  'finding_info',
  'group',
  'http_request',
  'location',
  'managed_entity',
  'metadata',
  'network_endpoint',
  'product',
  'remediation',
  'resource_details',
  'service',
  'session',
  'user',
  'web_resource',
];

interface Attribute {
  readonly type?: string;
  readonly is_array?: boolean;
  readonly requirement?: string;
  readonly profile?: string | null;
  readonly enum?: Readonly<Record<string, unknown>>;
}

interface Definition {
  readonly name: string;
  readonly uid?: number;
  readonly category?: string;
  readonly extends?: string;
  readonly attributes: Readonly<Record<string, Attribute | readonly string[]>>;
  readonly profiles?: readonly string[];
  readonly constraints?: Readonly<Record<string, readonly string[]>>;
}

interface Dictionary {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly types: { readonly attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

const gitDirectory = process.argv[2];
if (gitDirectory === undefined) throw new Error('Say where the clone of ocsf-schema is: its .git directory.');
const git = (...args: readonly string[]) =>
  execFileSync('git', ['--git-dir', gitDirectory, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 });
const text = (path: string) => git('show', `${tag}:${path}`);
const json = <Content>(path: string) => JSON.parse(text(path)) as Content;

const paths = git('ls-tree', '-r', '--name-only', tag).split('\n');
const dictionary = json<Dictionary>('dictionary.json');
const categories = json<{ readonly attributes: Readonly<Record<string, { readonly uid: number }>> }>('categories.json');

function pathOf(kind: 'events' | 'objects', name: string): string {
  const path = paths.find((candidate) => candidate.startsWith(`${kind}/`) && candidate.endsWith(`/${name}.json`));
  if (path === undefined) throw new Error(`OCSF ${tag} has no ${kind}/${name}.`);
  return path;
}

/** What a file says itself: what it includes counts less, and stands under the profile from which it comes. */
function ownAttributes({ attributes }: Definition): Record<string, Attribute> {
  const { $include = [], ...own } = attributes;
  const merged: Record<string, Attribute> = {};
  for (const path of $include as readonly string[]) {
    const profile = json<Definition>(path);
    for (const [name, attribute] of Object.entries(profile.attributes)) {
      merged[name] = { profile: profile.name, ...(attribute as Attribute) };
    }
  }
  return merge(merged, own as Readonly<Record<string, Attribute>>);
}

function merge(base: Readonly<Record<string, Attribute>>, own: Readonly<Record<string, Attribute>>) {
  const merged: Record<string, Attribute> = { ...base };
  for (const [name, attribute] of Object.entries(own)) {
    const values = { ...merged[name]?.enum, ...attribute.enum };
    merged[name] = { ...merged[name], ...attribute, ...(Object.keys(values).length > 0 && { enum: values }) };
  }
  return merged;
}

function resolved(kind: 'events' | 'objects', path: string): Definition & { attributes: Record<string, Attribute> } {
  const own = json<Definition>(path);
  const parent =
    own.extends === undefined || own.extends === 'object' ? undefined : resolved(kind, pathOf(kind, own.extends));
  return {
    ...parent,
    ...own,
    attributes: merge(parent?.attributes ?? {}, ownAttributes(own)),
    profiles: [...new Set([...(parent?.profiles ?? []), ...(own.profiles ?? [])])],
  };
}

function compiled({ attributes, constraints, profiles }: ReturnType<typeof resolved>) {
  const entries = Object.entries(attributes).map(([name, attribute]) => {
    const known = dictionary.attributes[name];
    if (known === undefined) throw new Error(`OCSF ${tag} has no attribute ${name}.`);
    const { type, is_array, requirement, profile, enum: values } = merge({ it: known }, { it: attribute }).it ?? {};
    const shape = {
      type,
      requirement,
      ...(is_array && { is_array }),
      ...(profile && { profile }),
      ...(values && { enum: Object.keys(values) }),
    };
    return [name, shape] as const;
  });
  return { attributes: Object.fromEntries(entries), ...(constraints && { constraints }), profiles };
}

const fixture = {
  source: 'https://github.com/ocsf/ocsf-schema',
  tag,
  commit: git('rev-parse', `${tag}^{commit}`).trim(),
  licence:
    'Apache-2.0; see LICENSE and NOTICE beside this file. Compiled by scripts/ocsf-fixture.ts; descriptions are left out.',
  types: Object.fromEntries(
    Object.entries(dictionary.types.attributes).map(([name, { type, regex, max_len, range, values }]) => [
      name,
      { type, regex, max_len, range, values },
    ]),
  ),
  classes: Object.fromEntries(
    events.map((name) => {
      const definition = resolved('events', `events/${name}.json`);
      const category = categories.attributes[definition.category ?? '']?.uid ?? 0;
      const uid = category * 1000 + (definition.uid ?? 0);
      return [uid, { name: definition.name, category_uid: category, ...compiled(definition) }];
    }),
  ),
  objects: Object.fromEntries(objects.map((name) => [name, compiled(resolved('objects', `objects/${name}.json`))])),
};

const target = resolve(import.meta.dirname, '..', 'test/normalize/ocsf-1.5.0');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'schema.json'), `${JSON.stringify(fixture, null, 1)}\n`);
for (const name of ['LICENSE', 'NOTICE']) writeFileSync(join(target, name), text(name));
