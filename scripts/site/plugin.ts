// What typedoc cannot be told by its options: the order of the guides, short addresses for them, and the texts for language models.
import { basename } from 'node:path';
import {
  Application,
  Converter,
  type DocumentReflection,
  IndexEvent,
  JSX,
  KindRouter,
  type Reflection,
  RendererEvent,
} from 'typedoc';
import { groupsOf, listGuides, placeOf } from './guides.ts';
import { writeLanguageModelTexts } from './llms.ts';

const root = new URL('../../', import.meta.url);
const entries = 'Entries';
const decisions = 'Decisions';

export function load(app: Application): void {
  const guides = listGuides(root);
  const groups = groupsOf(guides);

  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('groupOrder', [...groups, 'Modules', decisions, 'Classes', 'Functions', 'Variables', '*']);
    // Whoever searches for a word wants the page about it before a type that mentions it.
    app.options.setValue('searchGroupBoosts', Object.fromEntries(groups.map((group) => [group, 8])));
  });

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const place = (document: Reflection) =>
      placeOf(pathOf(document), guides) ?? { group: decisions, rank: guides.length };
    const documents = [...(project.documents ?? [])].sort((a, b) => place(a).rank - place(b).rank);
    for (const document of documents) document.frontmatter.group = place(document).group;
    project.documents = documents;
    project.childrenIncludingDocuments = [...documents, ...(project.children ?? [])];
  });
  // After the groups were made.
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const group of project.groups ?? []) if (group.title === 'Modules') group.title = entries;
    },
    -200,
  );

  app.renderer.defineRouter('site', SiteRouter);
  // The guides are open for whoever comes for the first time; what a reader closes stays closed.
  const open = `for (const name of ${JSON.stringify(groups)}) localStorage['tsd-accordion-' + name] ??= 'true'`;
  app.renderer.hooks.on('body.begin', () =>
    JSX.createElement('script', null, JSX.createElement(JSX.Raw, { html: open })),
  );
  // What a guide is looked for by, in its `keywords`, is found before what it has a heading for, and that before what it mentions.
  app.renderer.on(IndexEvent.PREPARE_INDEX, (index: IndexEvent) => {
    Object.assign(index.searchFieldWeights, { keywords: 400, headings: 40, document: 4 });
    for (const [number, page] of index.searchResults.entries()) {
      const fields = index.searchFields[number];
      if (!page.isDocument() || fields === undefined) continue;
      fields.headings = headingsOf(page);
      fields.keywords = String(page.frontmatter.keywords ?? '');
    }
  });
  app.renderer.on(RendererEvent.END, ({ project, outputDirectory }) => {
    const sections = (project.groups ?? []).map(({ title, children }) => ({
      title,
      pages: children.map((page) => ({
        title: page.name,
        url: app.renderer.router?.getFullUrl(page) ?? '',
        summary: guides.find(({ file }) => isGuide(page) && file === basename(pathOf(page)))?.summary,
        path: pathOf(page),
      })),
    }));
    writeLanguageModelTexts(root, outputDirectory, sections);
  });
}

/** Names the page of a guide or a decision as its file, so that its address outlives a change of its title. */
class SiteRouter extends KindRouter {
  override getIdealBaseName(reflection: Reflection): string {
    if (!reflection.isDocument()) return super.getIdealBaseName(reflection);
    const name = basename(pathOf(reflection), '.md').replace('README', 'index');
    return `${isGuide(reflection) ? 'guides' : 'decisions'}/${name}`;
  }
}

function headingsOf(document: DocumentReflection): string {
  const text = document.content.map((part) => part.text).join('');
  return [...text.matchAll(/^#{1,3} (.*)$/gm)].map(([, heading]) => heading).join('\n');
}

function isGuide(page: Reflection): boolean {
  return pathOf(page).includes('/docs/guides/');
}

/** Empty for what is no document. */
function pathOf(page: Reflection): string {
  return page.project.files.getReflectionPath(page) ?? '';
}
