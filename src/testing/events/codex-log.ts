import type { CodexEvent } from '../../audit-logs/events/event-types.js';
import { codexDetails } from './codex-details.js';
import { type EventMaker, envelope } from './event-context.js';
import { withDetails } from './with-details.js';

const clients = [
  'CODEX_CLI',
  'CODEX_IDE_VSCODE',
  'CODEX_WEB',
  'CODEX_GITHUB',
  'CODEX_IDE_JETBRAINS_RUSTROVER',
] as const;

/** What happens in Codex. */
export const codexLog: EventMaker<CodexEvent> = withDetails(codexDetails, (context) => ({
  ...envelope('CODEX_LOG', context),
  client_id: context.random.pick(clients),
  workspace_id: context.owner.id,
}));
