/**
 * Every code that an error of this library can have. `isSdkError(error)` narrows `error.code` to it, so that a misspelt
 * one does not compile; the guard of a class narrows it further.
 */
export type SdkErrorCode =
  // AccessDeniedError, ConfigError, InputError
  | 'access_denied'
  | 'invalid_config'
  | 'invalid_input'
  // ConnectionError, ConnectionClosedError
  | 'network_error'
  | 'timeout'
  | 'response_too_large'
  | 'response_cut'
  | 'insecure_url'
  | 'connection_closed'
  // ResponseError, ScimError, ResponseValidationError
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'uniqueness'
  | 'gone'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  | 'precondition_required'
  | 'rate_limited'
  | 'server_error'
  | 'not_implemented'
  | 'unexpected_redirect'
  | 'unexpected_status'
  | 'invalid_response'
  // FilterSyntaxError, PathSyntaxError, PatchError, NotAppliedError, PendingWriteError
  | 'invalid_filter'
  | 'invalid_path'
  | 'invalid_patch'
  | 'not_applied'
  | 'write_pending'
  // IncompleteListError, PaginationError
  | 'incomplete_list'
  | 'pagination_stuck'
  // AuditLogFileError, JsonLinesError, CheckpointError, RetentionGapError
  | 'hash_mismatch'
  | 'size_mismatch'
  | 'file_too_large'
  | 'download_failed'
  | 'invalid_line'
  | 'invalid_json_line'
  | 'invalid_checkpoint'
  | 'unknown_checkpoint_version'
  | 'retention_gap'
  // EmulatorError
  | 'unhandled_request'
  | 'unused_fault'
  | 'leaked_credential'
  | 'emulator_closed'
  | 'invalid_world';
