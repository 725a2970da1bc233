import type { Explain } from '../transport/response-failure.js';

const copyTheId =
  'Copy the id again from ChatGPT → Settings → General → Workspace details (an organization id from the same page), and check that the plan includes the Compliance API.';

/**
 * Says what a person can do about a refusal of the Compliance API (OpenAI, "Compliance API" and "Admin keys" in the Help
 * Center).
 */
export const explainComplianceFailure: Explain = ({ status, bodyKind, route, serverMessage = '' }) => {
  const remedy = remedyFor(status, bodyKind === 'html', /\{log_file_id\}/.test(route), serverMessage);
  return remedy === undefined ? undefined : { remedy };
};

function remedyFor(status: number, isPage: boolean, isFile: boolean, said: string): string | undefined {
  if (isPage && (status === 403 || status === 404)) {
    return 'A web page answered, not the API. Use the base URL https://api.chatgpt.com/v1, and let proxies pass it through.';
  }
  switch (status) {
    case 400:
      if (/-scoped event type/i.test(said)) {
        return 'This event type belongs to the other route: give `organizationId` for organization types, `workspaceIds` for workspace types.';
      }
      return /event_type/i.test(said)
        ? 'Check the spelling of the event types: they are written like AUTH_LOG.'
        : 'Check the event types, and that `after` and `before` are ISO 8601 date-times.';
    case 401:
      return 'The key was not accepted: it is mistyped or revoked, or of another class. Create a key under admin.openai.com → Credentials → Admin keys for this workspace, or use a Compliance API key. A SCIM token, a project key or an admin key of the API platform does not work here.';
    case 403:
      return 'The key may not read this. Give it "Compliance logging platform → Read" in the admin console; a Compliance API key works only after OpenAI has approved it. Check also that the workspace belongs to the organization of the key, and that this machine is on the IP allowlist of the Compliance API, if there is one.';
    case 404:
      return isFile
        ? 'The file is not there any more: log files are kept for 30 days.'
        : `No such workspace or organization for this key: the id is wrong, or the workspace was deleted or moved. ${copyTheId}`;
    case 410:
      return 'OpenAI has removed this. Conversations are read as CONVERSATION_MESSAGE events now.';
    case 422:
      return 'The service did not accept the parameters. Check that `after` and `before` are ISO 8601 date-times.';
    case 429:
      return 'Too many requests with this key. Lower `rateLimit`, and check that no other program uses the same key.';
    default:
      return undefined;
  }
}
