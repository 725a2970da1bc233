/** Where the repository lives, and where its pages are published. */
export interface Addresses {
  /** Without a slash at its end. */
  readonly repository: string;
  /** With a slash at its end. */
  readonly site: string;
}

/** Files that name either in full: npm shows them without the repository. */
export const filesThatNameIt: readonly string[] = ['package.json', 'README.md', 'typedoc.json'];

/** As package.json says. */
export function addressesIn(packageJson: string): Addresses {
  const { repository, homepage } = JSON.parse(packageJson) as { repository: { url: string }; homepage: string };
  return { repository: repository.url.replace(/^git\+/, '').replace(/\.git$/, ''), site: homepage };
}

/** Those of a repository on GitHub, by its `owner/name`. Pages of GitHub are published under the owner. */
export function addressesOf(place: string): Addresses {
  const [owner = '', name = ''] = place.split('/');
  return { repository: `https://github.com/${place}`, site: `https://${owner.toLowerCase()}.github.io/${name}/` };
}

/** The text with the addresses of another place. */
export function movedTo(text: string, from: Addresses, place: string): string {
  const { repository, site } = addressesOf(place);
  return text.replaceAll(from.repository, repository).replaceAll(from.site, site);
}
