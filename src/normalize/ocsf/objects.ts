/** A person or a program that has an account (OCSF `user`). Has at least `name` or `uid`. */
export interface OcsfUser {
  /** The id at OpenAI, such as `user-…`. */
  readonly uid?: string;
  /** The e-mail address where addresses are included; `unknown` where nothing names the person and the class demands one. */
  readonly name?: string;
  readonly email_addr?: string;
  /** Names an API key or a personal access token; not the secret. */
  readonly credential_uid?: string;
  readonly domain?: string;
  readonly type?: string;
  /** 0 unknown, 1 a person, 99 other: `type` says what. */
  readonly type_id?: 0 | 1 | 99;
}

/** Who did it (OCSF `actor`): a person, a program, or both. */
export interface OcsfActor {
  readonly user?: OcsfUser;
  readonly app_name?: string;
  readonly app_uid?: string;
}

/** Where an address seems to be (OCSF `location`). */
export interface OcsfLocation {
  readonly city?: string;
  /** Two letters, such as `DE`. */
  readonly country?: string;
  readonly region?: string;
  /** Degrees. */
  readonly lat?: number;
  readonly long?: number;
}

/** One end of a connection (OCSF `network_endpoint`). */
export interface OcsfEndpoint {
  readonly ip?: string;
  readonly hostname?: string;
  /** The program that sent the request; `unknown` where nothing names it and the class demands an endpoint. */
  readonly name?: string;
  readonly location?: OcsfLocation;
  readonly autonomous_system?: { readonly number: number };
}

/** A request over HTTP, as far as the record tells (OCSF `http_request`). */
export interface OcsfHttpRequest {
  readonly user_agent: string;
}

/** What a record calls by id or name (OCSF `service`, `group`, `application`). */
export interface OcsfNamed {
  readonly uid?: string;
  readonly name?: string;
}

/** What was acted on (OCSF `resource_details`, `web_resource`). */
export interface OcsfResource extends OcsfNamed {
  /** Such as `gpt`, `project` or `conversation`. */
  readonly type: string;
}

/** What is administered (OCSF `managed_entity`). */
export interface OcsfEntity extends OcsfResource {
  readonly user?: OcsfUser;
  readonly group?: OcsfNamed;
}

/** What is said about an event itself (OCSF `metadata`). */
export interface OcsfMetadata {
  /** Of the schema. */
  readonly version: '1.5.0';
  /** What the class is extended with: `host`, where it has an actor by that alone. */
  readonly profiles?: readonly ['host'];
  readonly product: { readonly name: string; readonly vendor_name: 'OpenAI' };
  /** The id of the record; with a number behind it where one record gives several events. The same at each delivery. */
  readonly uid?: string;
  /** The id of the record, where it gives several events. */
  readonly correlation_uid?: string;
  /** The type of the record, such as `AUTH_LOG`. */
  readonly log_name?: string;
  /** The action, or the type within the type, such as `login_success`. */
  readonly event_code?: string;
  /** The time as the record has it. */
  readonly original_time?: string;
  /** The workspace or the organization. */
  readonly tenant_uid?: string;
}
