/** Schema of a user (RFC 7643 §4.1). */
export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** Schema of a group (RFC 7643 §4.2). */
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** Extension of the user with what an enterprise knows of a person (RFC 7643 §4.3). */
export const ENTERPRISE_USER_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

// Of the documents of discovery (RFC 7643 §5, §6, §7).
export const SERVICE_PROVIDER_CONFIG_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
export const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
export const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

// Of messages (RFC 7644 §3.4.2, §3.4.3, §3.5.2, §3.7, §3.12).
export const LIST_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const SEARCH_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const PATCH_OP_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const BULK_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const BULK_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error';
