import { inject } from 'vitest';
import { askEditor, imports } from '../editor/questions.js';
import { openEditor } from '../support/editor.js';

// What users see: the declarations as they are published.
askEditor(openEditor(imports, inject('project')));
