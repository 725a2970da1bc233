// What typedoc cannot be told by its options: the order of the guides, short addresses for them, and the texts for language models.
import { basename } from 'node:path';
import {
  type Application,
  Converter,
  type DocumentReflection,
  KindRouter,
  type ProjectReflection,
  type Reflection,
  RendererEvent,
} from 'typedoc';
import { listGuides, placeOf } from './guides.ts';
import { writeLanguageModelTexts } from './llms.ts';

const root = new URL('../../', import.meta.url);

export function load(app: Application): void {
  const guides = listGuides(root);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const place = (document: Reflection) => placeOf(pathOf(project, document), guides);
    const documents = [...(project.documents ?? [])].sort((a, b) => place(a).rank - place(b).rank);
    for (const document of documents) document.frontmatter.group = place(document).group;
    project.documents = documents;
    project.childrenIncludingDocuments = [...documents, ...(project.children ?? [])];
  });
  app.renderer.defineRouter('site', SiteRouter);
  app.renderer.on(RendererEvent.END, ({ project, outputDirectory }) => {
    const pages = (project.documents ?? []).map((document) => ({
      ...{ title: document.name, group: String(document.frontmatter.group), path: pathOf(project, document) },
      url: app.renderer.router?.getFullUrl(document) ?? '',
    }));
    writeLanguageModelTexts(root, outputDirectory, pages, guides);
  });
}

/** Names the page of a guide or a decision as its file, so that its address outlives a change of its title. */
class SiteRouter extends KindRouter {
  override getIdealBaseName(reflection: Reflection): string {
    if (!reflection.isDocument()) return super.getIdealBaseName(reflection);
    const path = pathOf(reflection.project, reflection);
    const name = basename(path, '.md').replace('README', 'index');
    return `${path.includes('/decisions/') ? 'decisions' : 'guides'}/${name}`;
  }
}

function pathOf(project: ProjectReflection, document: Reflection | DocumentReflection): string {
  return project.files.getReflectionPath(document) ?? '';
}
