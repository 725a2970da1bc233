import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of which code stands in dist. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its licence file, and its notices where it has some. */
  readonly texts: readonly string[];
}

const acceptedLicenses = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);

/** The packages that left at least a byte in an output, by name. */
export function bundledPackages(root: string, outputs: Metafile['outputs']): readonly BundledPackage[] {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders]
    .map((folder) => readPackage(join(root, folder)))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, license, texts };
}

/** What keeps packages from being shipped, one line each. */
export function licenseProblems(packages: readonly BundledPackage[]): readonly string[] {
  return packages.flatMap(({ name, license, texts }) => [
    ...(acceptedLicenses.has(license)
      ? []
      : [`${name} is under ${license}, which is not among ${[...acceptedLicenses].join(', ')}.`]),
    ...(texts.length > 0 ? [] : [`${name} has no licence file to ship.`]),
  ]);
}

/** THIRD_PARTY_NOTICES. */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const head = 'The files in dist hold code of these packages, as their licences below allow.\n';
  return [
    head,
    ...packages.map(
      ({ name, version, license, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`,
    ),
  ].join(`\n${'-'.repeat(80)}\n\n`);
}

/** What a package-lock.json says of a package. */
interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

/** A software bill of materials in CycloneDX: what stands in dist, and the hash of the tarball it was taken from. */
export function billOfMaterials(
  self: { readonly name: string; readonly version: string },
  packages: readonly BundledPackage[],
  lock: Lock,
): object {
  const purl = ({ name, version }: { readonly name: string; readonly version: string }) =>
    `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'library', 'bom-ref': purl(self), name: self.name, version: self.version, purl: purl(self) },
    },
    components: packages.map((each) => ({
      type: 'library',
      'bom-ref': purl(each),
      name: each.name,
      version: each.version,
      purl: purl(each),
      licenses: [{ license: { id: each.license } }],
      ...hashesOf(lock.packages[`node_modules/${each.name}`]?.integrity),
    })),
    dependencies: [{ ref: purl(self), dependsOn: packages.map(purl) }],
  };
}

function hashesOf(integrity: string | undefined): object {
  const [, base64] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  return base64 === undefined
    ? {}
    : { hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] };
}
