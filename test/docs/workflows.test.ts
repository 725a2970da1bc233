import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  /** A workflow of this repository, in place of steps. */
  readonly uses?: string;
  readonly 'runs-on'?: string;
  readonly strategy?: { readonly matrix?: { readonly os?: readonly string[] } };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string | { readonly name: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { readonly image: string; readonly ports: readonly string[] }>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: { readonly workflow_call?: null; readonly schedule?: readonly { readonly cron: string }[] };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const stepsOf = ({ steps = [] }: Job) => steps;

const folder = new URL('../../.github/workflows/', import.meta.url);
const workflows = readdirSync(folder).map((file) => ({
  file,
  workflow: parse(readFileSync(new URL(file, folder), 'utf8')) as Workflow,
}));
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({
    name: `${file}: ${name}`,
    job,
    granted: Object.entries(job.permissions ?? workflow.permissions ?? { everything: 'write' }),
  })),
);
const steps = jobs.flatMap(({ name, job }) => stepsOf(job).map((step) => ({ name, step })));

test('there are workflows, and a job that publishes', () => {
  expect(jobs.length).toBeGreaterThan(4);
  const publishing = steps.flatMap(({ name, step }) =>
    (step.run ?? '').split('\n').flatMap((line) => (line.includes('npm publish') ? [{ name, line: line.trim() }] : [])),
  );
  const [rehearsal, real] = publishing;
  expect(publishing.map(({ name }) => name)).toEqual(['release.yml: test', 'release.yml: publish']);
  expect(rehearsal?.line).toContain('--dry-run');
  expect(rehearsal?.line).toContain('--ignore-scripts');
  expect(real?.line).toBe('npm publish ./release/*.tgz --ignore-scripts --provenance --access public');
});

test('the library and the command are tested on Linux, macOS and Windows, as they are built', () => {
  const systems = jobs.find(({ name }) => name === 'ci.yml: systems')?.job;
  expect(systems?.['runs-on']).toMatch(/^\$\{\{ matrix\.os \}\}$/);
  expect(systems?.strategy?.matrix?.os).toEqual(['macos-latest', 'windows-latest']);
  expect(systems && stepsOf(systems).flatMap(({ run }) => run ?? [])).toEqual([
    'npm ci',
    'npm run build',
    'npx vitest run --project library',
    'npx vitest run --project packaging test/command',
  ]);
  const everything = jobs.find(({ name }) => name === 'ci.yml: everything')?.job;
  expect(everything?.['runs-on']).toBe('ubuntu-latest');
  expect(everything && stepsOf(everything).map(({ run }) => run)).toContain('.ci/run');
});

test('it is published once all of ci has passed, when no changeset waits and the version is new', () => {
  const jobOf = (name: string) => jobs.find((one) => one.name === `release.yml: ${name}`)?.job;
  const isReleased = "needs.test.outputs.has-changesets == 'false' && needs.test.outputs.is-new == 'true'";
  expect(jobOf('ci')).toMatchObject({ uses: './.github/workflows/ci.yml', needs: 'test', if: isReleased });
  expect(jobOf('publish')).toMatchObject({ needs: ['test', 'ci'], if: isReleased });
  expect(jobOf('pull-request')?.if).toBe("needs.test.outputs.has-changesets == 'true'");
  expect(workflows.find(({ file }) => file === 'ci.yml')?.workflow.on).toHaveProperty('workflow_call');
});

test('a job that may write, or speak for the repository, runs no code of the repository or of its dependencies', () => {
  const trusted = jobs.filter(({ granted }) => granted.some(([, access]) => access === 'write'));
  expect(trusted.map(({ name }) => name)).toEqual([
    'release.yml: pull-request',
    'release.yml: publish',
    'release.yml: github-release',
    'release.yml: pages',
  ]);
  const runsCode = /\bnpm (?!publish .*--ignore-scripts)|\bnpx\b|\bnode\b|\.ci\/run|\bbash\b/;
  for (const { job } of trusted) {
    expect(
      stepsOf(job)
        .flatMap(({ run }) => run ?? [])
        .filter((run) => runsCode.test(run)),
    ).toEqual([]);
    for (const { uses } of stepsOf(job)) expect(uses ?? 'actions/').toMatch(/^actions\//);
  }
});

test('the job that publishes holds an identity and nothing else, and waits for an approval', () => {
  const publish = jobs.find(({ name }) => name === 'release.yml: publish');
  expect(publish?.granted).toEqual([['id-token', 'write']]);
  expect(publish?.job.environment).toBe('npm');
});

test('the job that publishes the site holds what Pages wants and nothing else, after the package was published', () => {
  const pages = jobs.find(({ name }) => name === 'release.yml: pages');
  expect(pages?.granted).toEqual([
    ['pages', 'write'],
    ['id-token', 'write'],
  ]);
  expect(pages?.job.needs).toEqual(['test', 'publish']);
  expect(pages?.job.steps?.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/deploy-pages']);
});

test('what is packed names the repository that it comes from', () => {
  const pack = steps.find(({ step }) => step.run?.includes('npm pack'))?.step.run ?? '';
  expect(pack.indexOf('node scripts/set-repository.ts "$GITHUB_REPOSITORY"')).toBeGreaterThan(0);
  expect(pack.indexOf('npm run docs')).toBeGreaterThan(pack.indexOf('set-repository.ts'));
  expect(pack.indexOf('npm pack')).toBeGreaterThan(pack.indexOf('npm run docs'));
});

test('no checkout leaves a credential behind, and every action is named by its commit', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(3);
  for (const { step } of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  for (const { step } of steps) expect(step.uses ?? `x@${'0'.repeat(40)}`).toMatch(/@[0-9a-f]{40}$/);
});

test('what takes too long for every change is done each week', () => {
  const weekly = workflows.filter(({ workflow }) =>
    workflow.on.schedule?.some(({ cron }) => /^\d+ \d+ \* \* \d$/.test(cron)),
  );
  expect(
    weekly.flatMap(({ workflow }) => Object.values(workflow.jobs).map((job) => stepsOf(job).map(({ run }) => run))),
  ).toEqual([expect.arrayContaining(['npm ci', 'npm run soak'])]);
});

test('whoever runs the tests has the services that they need, and leaves none of them out', () => {
  // GitHub runs services on Linux alone.
  const testing = jobs.filter(
    ({ job }) =>
      job.strategy?.matrix?.os === undefined &&
      stepsOf(job).some(({ run }) => /\.ci\/run|vitest|npm run soak/.test(run ?? '')),
  );
  expect(testing.map(({ name }) => name)).toEqual([
    'ci.yml: everything',
    'ci.yml: node',
    'release.yml: test',
    'weekly.yml: soak',
  ]);
  for (const { name, job } of testing) {
    expect(Object.values(job.services ?? {}).flatMap(({ ports }) => ports)).toEqual(['5432:5432', '6379:6379']);
    // .ci/run says so itself.
    if (!stepsOf(job).some(({ run }) => run?.includes('.ci/run'))) expect(job.env?.REQUIRE_SERVICES, name).toBe('1');
  }
});
