/** What to do where `clientCredentials` gets no token. */
export const tokenRemedies = {
  wrong_client:
    "Check `clientId` and `clientSecret`. If they are right, the server may want them in the body: set `authentication: 'post'`.",
  wrong_client_in_body:
    "Check `clientId` and `clientSecret`. If they are right, the server may want them in the header: leave out `authentication: 'post'`.",
  wrong_scope: 'Check `scope`: it must be one that the client was registered for.',
  wrong_grant: 'Allow this client the grant `client_credentials` where it was registered.',
  wrong_request:
    "Check `tokenUrl` and `scope`. If they are right, the server may want the secret in the body: set `authentication: 'post'`.",
  wrong_request_in_body:
    "Check `tokenUrl` and `scope`. If they are right, the server may want the secret in the header: leave out `authentication: 'post'`.",
  redirected: 'Enter as `tokenUrl` the address that gives the token, once you know that it is the right one.',
  no_token: 'Check that `tokenUrl` is the address of a token endpoint, and that no proxy answers in its place.',
  refused_again: 'Check that the directory accepts the tokens of this client. If so, have the old token revoked.',
  late: 'Try again later. If it persists, check `tokenUrl`, and that no firewall blocks it.',
} as const;
