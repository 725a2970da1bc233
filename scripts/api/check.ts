import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareDeclarations } from './compare.ts';
import { publicDeclarations } from './declarations.ts';

const folder = 'test/packaging/snapshots/api';
const bumps = ['none', 'patch', 'minor', 'major'] as const;
type Bump = (typeof bumps)[number];

/**
 * Holds what was built against the snapshot of the public declarations; with `update`, writes the snapshot if a new
 * changeset tells of the change, and of one that breaks callers with the bump of semantic versioning. What was asked for
 * must stand in the pending changesets until the version changes.
 *
 * @param root - A folder with package.json, dist/, .changeset/ and the snapshot.
 */
export function checkApi(root: string, { update = false } = {}): { readonly ok: boolean; readonly text: string } {
  const { name, version, exports } = readJson<Package>(join(root, 'package.json'));
  const entries = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === 'string' ? [] : [[entry === '.' ? 'index' : entry.slice(2), join(root, target.types)] as const],
  );
  const missing = entries.find(([, path]) => !existsSync(path));
  if (missing !== undefined) return { ok: false, text: `${missing[1]} does not exist: run npm run build first.` };

  const snapshot = join(root, folder);
  mkdirSync(snapshot, { recursive: true });
  const files = readdirSync(snapshot).filter((file) => file.endsWith('.d.ts'));
  const before = new Map(files.map((file) => [file, readFileSync(join(snapshot, file), 'utf8')]));
  const after = publicDeclarations(new Map(entries));
  const seenPath = join(snapshot, 'changesets.json');
  const told: Told = existsSync(seenPath) ? readJson(seenPath) : {};
  const changesets = changesetsIn(join(root, '.changeset'), name);
  const owed = told.version === version ? told.requires : undefined;
  const says = (bump: Bump) => changesets.filter((each) => bumps.indexOf(each.bump) >= bumps.indexOf(bump));
  if (owed !== undefined && says(owed).length === 0) {
    const kind = owed === 'none' ? 'a changeset' : `a changeset that says \`${owed}\``;
    const text = `The changes since ${version} need ${kind}, and .changeset holds none any more: put it back.`;
    return { ok: false, text };
  }
  const note = (requires: Bump | undefined) => {
    const seen = Object.fromEntries(changesets.map(({ file, hash }) => [file, hash]));
    writeFileSync(seenPath, `${JSON.stringify({ version, requires, seen } satisfies Told, null, 2)}\n`);
  };
  const unseen = changesets.filter(({ file, hash }) => told.seen?.[file] !== hash);
  if (before.size === after.size && [...after].every(([file, text]) => before.get(file) === text)) {
    const text = `The public declarations are those of ${folder}.`;
    const [first] = unseen;
    if (first === undefined) return { ok: true, text };
    if (update) note(owed);
    // Else it would count for a change that comes later, and that it says nothing of.
    const toNote = `${text} It has not seen .changeset/${first.file} yet: run npm run api -- --update.`;
    return update
      ? { ok: true, text: `${text} It has seen all changesets now: commit it.` }
      : { ok: false, text: toNote };
  }

  const changes = compareDeclarations(before, after);
  const breaking = changes.filter(({ breaks }) => breaks !== undefined);
  const report = [
    `The public declarations are not those of ${folder}.`,
    ...breaking.map(({ what, breaks }) => `  breaks callers: ${what}: ${breaks}`),
    ...changes.filter(({ breaks }) => breaks === undefined).map(({ what }) => `  breaks nobody: ${what}`),
  ];

  const isPublished = version !== '0.0.0';
  const needed: Bump = breaking.length === 0 || !isPublished ? 'none' : version.startsWith('0.') ? 'minor' : 'major';
  const asked =
    needed === 'none' ? 'a changeset' : `a changeset that says \`${needed}\`, since ${version} is published`;
  const toDo = `Write ${asked} (npx changeset; one that is new, or says more), then run npm run api -- --update.`;
  if (!update) return { ok: false, text: [...report, toDo].join('\n') };

  if (!says(needed).some((each) => unseen.includes(each)))
    return { ok: false, text: [...report, `Nothing was written. ${toDo}`].join('\n') };

  for (const file of files) if (!after.has(file)) rmSync(join(snapshot, file));
  for (const [file, text] of after) writeFileSync(join(snapshot, file), text);
  note(bumps.indexOf(needed) > bumps.indexOf(owed ?? 'none') ? needed : (owed ?? 'none'));
  return { ok: true, text: [...report, `Written to ${folder}: commit it with the changeset.`].join('\n') };
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** What stands in changesets.json beside the declarations. */
interface Told {
  readonly version?: string;
  /** The bump that the changes since that version need; `none` where any changeset will do, absent where nothing changed. */
  readonly requires?: Bump | undefined;
  /** The hash of each changeset that was there when this was written: it tells of no change to come. */
  readonly seen?: Readonly<Record<string, string>>;
}

interface Changeset {
  readonly file: string;
  /** Tells whether it says something else since the snapshot was written. */
  readonly hash: string;
  readonly bump: Bump;
}

/** Those that are not released yet: `changeset version` deletes them. An empty one (`--empty`) bumps nothing. */
function changesetsIn(path: string, packageName: string): readonly Changeset[] {
  const files = existsSync(path)
    ? readdirSync(path).filter((file) => file.endsWith('.md') && file !== 'README.md')
    : [];
  return files.sort().map((file) => {
    const text = readFileSync(join(path, file), 'utf8');
    const [, head = ''] = text.split(/^---$/m);
    const line = head.split('\n').find((each) => each.replace(/['"]/g, '').startsWith(`${packageName}:`));
    // White space tells readers nothing: a blank line more is no news of a change.
    const hash = createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 8);
    return { file, hash, bump: bumps.find((bump) => line?.trim().endsWith(bump)) ?? 'none' };
  });
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
