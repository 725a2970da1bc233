/** Schema of a user (RFC 7643 §4.1). */
export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** Schema of a group (RFC 7643 §4.2). */
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** Extension of the user with what an enterprise knows of a person (RFC 7643 §4.3). */
export const ENTERPRISE_USER_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Schema of the document that says what a server can do (RFC 7643 §5). */
export const SERVICE_PROVIDER_CONFIG_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
/** Schema of a resource type (RFC 7643 §6). */
export const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
/** Schema of a schema document (RFC 7643 §7). */
export const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
/** Message: the answer to a query (RFC 7644 §3.4.2). */
export const LIST_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
/** Message: a query sent by POST (RFC 7644 §3.4.3). */
export const SEARCH_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
/** Message: changes to a resource (RFC 7644 §3.5.2). */
export const PATCH_OP_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** Message: several operations in one request (RFC 7644 §3.7). */
export const BULK_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** Message: the answers to those operations (RFC 7644 §3.7). */
export const BULK_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
/** Message: an error (RFC 7644 §3.12). */
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error';
