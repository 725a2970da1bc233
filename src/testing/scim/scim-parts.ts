import type { EmulatorRequest } from '../core/emulator-request.js';
import type { ScimBehaviour } from './behaviour.js';
import type { CursorStore } from './cursor-store.js';
import type { Directory } from './directory.js';
import type { DirectoryRules } from './directory-rules.js';
import type { ListedRow } from './list-resources.js';
import { ScimRefusal } from './scim-refusal.js';
import type { ScimTokens } from './scim-tokens.js';
import type { StaleView } from './stale-view.js';

/** What the SCIM side is made of. */
export interface ScimParts {
  /** Path of the base URL, such as `/scim/v2.0/UWuccu6o1E0GqkYs`. */
  readonly basePath: string;
  readonly behaviour: ScimBehaviour;
  readonly directory: Directory;
  readonly stale: StaleView;
  readonly rules: DirectoryRules;
  readonly cursors: CursorStore<ListedRow>;
  readonly tokens: ScimTokens;
  /** `userName` of whom `/Me` is; nobody when absent. */
  readonly me: string | undefined;
}

/** The base URL as whoever asks has it. */
export function baseUrlOf(parts: ScimParts, request: EmulatorRequest): string {
  return `${request.origins.scim}${parts.basePath}`;
}

/** The refusal of an endpoint that this server has not. */
export function noEndpoint(): ScimRefusal {
  return new ScimRefusal(404, undefined, 'There is no such endpoint.');
}
