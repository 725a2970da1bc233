import { openEnum } from './open-enum.js';

/** What a user works with Codex in. */
export const codexClientId = openEnum<
  | 'CODEX_CLI'
  | 'CODEX_WEB'
  | 'CODEX_CHROME_EXTENSION_SIDE_PANEL'
  | 'CODEX_DESKTOP_APP'
  | 'CODEX_CHATGPT_DESKTOP'
  | 'CODEX_CLOUD_GENERAL_AGENT'
  | 'CODEX_ATLAS'
  | 'CODEX_FLORA'
  | 'CODEX_WORK_WEB'
  | 'CODEX_WORK_MOBILE'
  | 'CODEX_WORK_DESKTOP'
  | 'CODEX_IDE_VSCODE'
  | 'CODEX_IDE_XCODE'
  | `CODEX_IDE_JETBRAINS_${string}`
  | 'CODEX_SLACK'
  | 'CODEX_GITHUB'
  | 'CODEX_GITHUB_ACTION'
  | 'CODEX_SDK_TS'
  | 'CODEX_SERVICE_EXEC'
  | 'CODEX_UNKNOWN_DEFAULT'
>();
