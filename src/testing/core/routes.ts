/** Routes of the SCIM side, named as in RFC 7644 §3.2. `GET /` is the query over all types. */
export type ScimRoute =
  | 'GET /'
  | 'GET /Users'
  | 'POST /Users'
  | 'GET /Users/{id}'
  | 'PUT /Users/{id}'
  | 'PATCH /Users/{id}'
  | 'DELETE /Users/{id}'
  | 'GET /Groups'
  | 'POST /Groups'
  | 'GET /Groups/{id}'
  | 'PUT /Groups/{id}'
  | 'PATCH /Groups/{id}'
  | 'DELETE /Groups/{id}'
  | 'POST /.search'
  | 'POST /Users/.search'
  | 'POST /Groups/.search'
  | 'POST /Bulk'
  | 'GET /ServiceProviderConfig'
  | 'GET /ServiceProviderConfigs'
  | 'GET /ResourceTypes'
  | 'GET /ResourceTypes/{name}'
  | 'GET /Schemas'
  | 'GET /Schemas/{urn}'
  | 'GET /Me'
  | 'PUT /Me'
  | 'PATCH /Me'
  | 'DELETE /Me'
  | 'POST /Me';

/** Routes of the Compliance side. A workspace and an organisation share a name. */
export type ComplianceRoute =
  | 'GET /compliance/logs'
  | 'GET /compliance/logs/{log_file_id}'
  | 'GET /compliance/max_event_time'
  | 'GET /compliance/users'
  | 'GET /compliance/conversations';

/** Downloads from the origin of the signed URLs. */
export type StorageRoute = 'GET /storage/{file}';

/** A route of the emulator, as it is named in faults and in the request log. */
export type EmulatorRoute = ScimRoute | ComplianceRoute | StorageRoute;

/** One of the three origins. */
export type EmulatorService = 'scim' | 'compliance' | 'storage';
