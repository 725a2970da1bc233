/**
 * Every code that an error of this library can have. `isSdkError(error)` narrows `error.code` to it, so that a misspelt
 * one does not compile; the guard of a class narrows it further.
 */
export type SdkErrorCode =
  /** {@link AccessDeniedError}: the form does not allow the change; nothing was sent. */
  | 'access_denied'
  /** {@link ConfigError}: the values of the form cannot make a connection. */
  | 'invalid_config'
  /** {@link InputError}: an argument cannot be used; nothing was sent. */
  | 'invalid_input'
  /** {@link ConnectionError}: the network failed before an answer. */
  | 'network_error'
  /** {@link ConnectionError}: time ran out. */
  | 'timeout'
  /** {@link ConnectionError}: the answer is larger than is read. */
  | 'response_too_large'
  /** {@link ConnectionError}: the connection ended in the middle of the answer. */
  | 'response_cut'
  /** {@link ConnectionError}: the address to download from is not https. */
  | 'insecure_url'
  /** {@link ConnectionClosedError}: the connection was closed meanwhile, or before. */
  | 'connection_closed'
  /** {@link ResponseError}: the request was not understood, or not allowed as it was. */
  | 'bad_request'
  /** {@link ResponseError}: the credential was not accepted. */
  | 'unauthorized'
  /** {@link ResponseError}: the credential is valid and may not do this. */
  | 'forbidden'
  /** {@link ResponseError}: there is no such thing, or the credential may not know of it. */
  | 'not_found'
  /** {@link ResponseError}: the server does not take this method here. */
  | 'method_not_allowed'
  /** {@link ResponseError}: it does not fit with what the server holds. */
  | 'conflict'
  /** {@link ResponseError}: another resource holds one of the values. */
  | 'uniqueness'
  /** {@link ResponseError}: it was there, and is gone for good. */
  | 'gone'
  /** {@link ResponseError}: the resource was changed since it was read. */
  | 'precondition_failed'
  /** {@link ResponseError}: what was sent is larger than the server takes. */
  | 'payload_too_large'
  /** {@link ResponseError}: the values were refused. */
  | 'unprocessable'
  /** {@link ResponseError}: the server wants `ifMatch`. */
  | 'precondition_required'
  /** {@link ResponseError}: too many requests. */
  | 'rate_limited'
  /** {@link ResponseError}: the server failed. */
  | 'server_error'
  /** {@link ResponseError}: the server does not offer that. */
  | 'not_implemented'
  /** {@link ResponseError}: a redirect, which is not followed with the credential. */
  | 'unexpected_redirect'
  /** {@link ResponseError}: any other status. */
  | 'unexpected_status'
  /** {@link ResponseValidationError}: the answer is not what it should be. */
  | 'invalid_response'
  /** {@link FilterSyntaxError}: a filter that no server could read. */
  | 'invalid_filter'
  /** {@link PathSyntaxError}: a path that no server could read. */
  | 'invalid_path'
  /** {@link PatchError}: a PATCH that cannot be applied. */
  | 'invalid_patch'
  /** {@link NotAppliedError}: the server said yes, and shows something else. */
  | 'not_applied'
  /** {@link PendingWriteError}: the server accepted a write (202) and has not carried it out. */
  | 'write_pending'
  /** {@link IncompleteListError}: a list ended early, or may lack something. */
  | 'incomplete_list'
  /** {@link PaginationError}: the pages of a list repeat. */
  | 'pagination_stuck'
  /** {@link AuditLogFileError}: the bytes are not those the list announced. */
  | 'hash_mismatch'
  /** {@link AuditLogFileError}: there are more or fewer bytes than announced. */
  | 'size_mismatch'
  /** {@link AuditLogFileError}: the file is larger than `maxFileBytes`. */
  | 'file_too_large'
  /** {@link AuditLogFileError}: the file could not be downloaded. */
  | 'download_failed'
  /** {@link AuditLogFileError}: a line of the file is not a record. */
  | 'invalid_line'
  /** {@link JsonLinesError}: a line that is not a record. */
  | 'invalid_json_line'
  /** {@link CheckpointError}: it was changed, cut, or is something else. */
  | 'invalid_checkpoint'
  /** {@link CheckpointError}: it was written by a later version of the library. */
  | 'unknown_checkpoint_version'
  /** {@link RetentionGapError}: what the checkpoint goes on from is older than the service keeps. */
  | 'retention_gap'
  /** `EmulatorError` of the emulator: a request that no route answers. */
  | 'unhandled_request'
  /** `EmulatorError` of the emulator: a planned fault met too few requests. */
  | 'unused_fault'
  /** `EmulatorError` of the emulator: a token or key was sent to the host of signed URLs. */
  | 'leaked_credential'
  /** `EmulatorError` of the emulator: a request came after `close()`. */
  | 'emulator_closed'
  /** `EmulatorError` of the emulator: a change of the world that makes no sense. */
  | 'invalid_world';
