import { execFile } from 'node:child_process';
import { link, mkdir, open, stat, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { joined } from '../../src/export/event-lines.ts';
import { placedEvents } from '../../src/export/event-place.ts';
import { ndjsonSink } from '../../src/export/index.ts';
import { eventTypes, exportInto, measured, readIntoMemory, routeOf, type Sample } from './reading.ts';

export function exportToFiles(url: string, directory: string): Promise<Sample> {
  return measured(() => exportInto(url, ndjsonSink(`${directory}/logs`)));
}

/** The same bytes to the same files, from memory, flushed as often: data, and for each write a checkpoint with its name. */
export async function writeFiles(url: string, directory: string): Promise<Sample> {
  const writes: { readonly count: number; readonly files: ReadonlyMap<string, Uint8Array> }[] = [];
  const checkpoint = await readIntoMemory(url, false, (rows) => {
    const places = placedEvents(rows, '', 0, 'day');
    const files = new Map([...places].map(([place, { lines }]) => [place, joined(lines.take())] as const));
    writes.push({ count: rows.length, files });
  });
  return measured(async () => {
    const handles = new Map<string, Awaited<ReturnType<typeof open>>>();
    let events = 0;
    for (const [number, { count, files }] of writes.entries()) {
      for (const [place, bytes] of files) {
        const path = `${directory}/${place}.ndjson`;
        if (!handles.has(path)) {
          await mkdir(path.replace(/[^/]*$/, ''), { recursive: true });
          handles.set(path, await open(path, 'ax'));
        }
        const file = handles.get(path);
        await file?.appendFile(bytes);
        await file?.datasync();
      }
      await saveCheckpoint(directory, number, checkpoint);
      events += count;
    }
    for (const file of handles.values()) await file.close();
    return events;
  });
}

async function saveCheckpoint(directory: string, number: number, checkpoint: string): Promise<void> {
  const aside = `${directory}/checkpoint.tmp`;
  const file = await open(aside, 'wx');
  await file.appendFile(checkpoint);
  await file.sync();
  await file.close();
  await link(aside, `${directory}/checkpoint-${number}.json`);
  await unlink(aside);
  if (number > 0) await unlink(`${directory}/checkpoint-${number - 1}.json`);
  const names = await open(directory, 'r');
  await names.sync();
  await names.close();
}

/** Which of the programs of the shell recipe are missing. */
export async function missingPrograms(): Promise<readonly string[]> {
  const isThere = (program: string) =>
    promisify(execFile)(program, ['--version']).then(
      () => true,
      () => false,
    );
  const found = await Promise.all(recipePrograms.map(isThere));
  return recipePrograms.filter((_program, index) => !found[index]);
}

const recipePrograms = ['bash', 'curl', 'jq'];

/**
 * The steps of the script that OpenAI publishes (developers.openai.com/downloads/compliance-api/download_compliance_files.sh):
 * each page listed by curl and taken apart by jq, each file followed and held by the shell until its status is known, then
 * printed; one after the other.
 */
const recipe = `
  set -euo pipefail
  logs=$1 type=$2 since=$3
  fetch() {
    local answer
    answer=$(curl -sS -w '\\n%{http_code}' -H 'authorization: Bearer sk-admin-benchmark' -G "$@") || exit 1
    local status="\${answer##*$'\\n'}" content="\${answer%$'\\n'*}"
    case $status in 2??) ;; *) echo "status $status" >&2; exit 1 ;; esac
    printf '%s' "$content"
    [[ $content == *$'\\n' ]] || echo
  }
  more=true
  while [ "$more" = true ]; do
    page=$(fetch "$logs" --data-urlencode limit=100 --data-urlencode "event_type=$type" --data-urlencode "after=$since")
    jq -r '.data[].id' <<<"$page" | while read -r id; do fetch -L "$logs/$id"; done
    more=$(jq -r .has_more <<<"$page")
    since=$(jq -r .last_end_time <<<"$page")
  done`;

/** The time is the whole of it, as is the CPU time: there is nothing of it in this process. */
export async function runRecipe(url: string, directory: string): Promise<Sample> {
  const path = `${directory}/output.jsonl`;
  const since = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const program = `{ ${recipe}\n} >"$4"; times`;
  const start = performance.now();
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    program,
    'bash',
    routeOf(url),
    eventTypes[0],
    since,
    path,
  ]);
  const ms = performance.now() - start;
  if ((await stat(path)).size === 0) throw new Error('The script wrote nothing');
  return { ms, cpuMs: cpuMsIn(stdout), events: Number.NaN };
}

/** What `times` of bash prints: minutes and seconds, of the shell and of its children. */
function cpuMsIn(printed: string): number {
  const found = [...printed.matchAll(/(\d+)m([\d.]+)s/g)];
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000, 0);
}
