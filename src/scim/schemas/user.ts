import type { MultiValuedAttribute, Resource, TypedValue } from './common.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema, SchemaAttributes } from './rules.js';
import { ENTERPRISE_USER_URN, USER_URN } from './urns.js';

/** A user as a server sends it (RFC 7643 §4.1). Attributes the schema does not name are kept as `unknown`. */
export interface User extends Resource {
  /** The name to sign in with: unique on the server, compared without case. */
  userName: string;
  /** The parts of the person's name. */
  name?: Name | null | undefined;
  /** The name to show. */
  displayName?: string | null | undefined;
  /** What friends call the person. */
  nickName?: string | null | undefined;
  /** URL of a page about the person. */
  profileUrl?: string | null | undefined;
  /** Job title. */
  title?: string | null | undefined;
  /** What the user is to the organization, such as `Contractor`; of an account that is no person, `ServiceAccount`. */
  userType?: 'ServiceAccount' | (string & {}) | null | undefined;
  /** Languages in the form of Accept-Language, such as `en-GB, en;q=0.8`. */
  preferredLanguage?: string | null | undefined;
  /** Language tag for numbers and dates, such as `en-US`. */
  locale?: string | null | undefined;
  /** IANA time zone, such as `Europe/Paris`. */
  timezone?: string | null | undefined;
  /** Whether the user may sign in. The exact meaning is the server's. */
  active?: boolean | null | undefined;
  /** Password. Servers never send it. */
  password?: string | null | undefined;
  /** E-mail addresses. */
  emails?: Email[] | null | undefined;
  /** Phone numbers. */
  phoneNumbers?: PhoneNumber[] | null | undefined;
  /** Instant messaging addresses; `type` names the service. */
  ims?: MultiValuedAttribute[] | null | undefined;
  /** Pictures. */
  photos?: Photo[] | null | undefined;
  /** Postal addresses. */
  addresses?: Address[] | null | undefined;
  /** Groups the user belongs to. Read-only: membership changes through the group. */
  groups?: UserGroup[] | null | undefined;
  /** What the user may use. */
  entitlements?: MultiValuedAttribute[] | null | undefined;
  /** Roles of the user. */
  roles?: MultiValuedAttribute[] | null | undefined;
  /** Certificates; `value` is one DER certificate in base64. */
  x509Certificates?: MultiValuedAttribute[] | null | undefined;
  /** The enterprise extension: department, manager, employee number. */
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?: EnterpriseUser | null | undefined;
}

/** The parts of a person's name (RFC 7643 §4.1.1). */
export interface Name {
  /** The full name as it is shown. */
  formatted?: string | null | undefined;
  /** Last name. */
  familyName?: string | null | undefined;
  /** First name. */
  givenName?: string | null | undefined;
  /** Middle names. */
  middleName?: string | null | undefined;
  /** Title before the name, such as `Ms.`. */
  honorificPrefix?: string | null | undefined;
  /** What follows the name, such as `III`. */
  honorificSuffix?: string | null | undefined;
  [attribute: string]: unknown;
}

/** One e-mail address of a user (RFC 7643 §4.1.2). */
export interface Email extends TypedValue<'work' | 'home' | 'other'> {
  /** The address. */
  value?: string | null | undefined;
}

/** One phone number of a user (RFC 7643 §4.1.2). */
export interface PhoneNumber extends TypedValue<'work' | 'home' | 'mobile' | 'fax' | 'pager' | 'other'> {
  /** The number, best as an RFC 3966 URI: `tel:+1-201-555-0123`. */
  value?: string | null | undefined;
}

/** One photo of a user (RFC 7643 §4.1.2). */
export interface Photo extends TypedValue<'photo' | 'thumbnail'> {
  /** URL of the picture. */
  value?: string | null | undefined;
}

/** One postal address of a user (RFC 7643 §4.1.2). It has no `value`. */
export interface Address {
  /** The full address as it is shown, with line breaks. */
  formatted?: string | null | undefined;
  /** Street, house number, post box. */
  streetAddress?: string | null | undefined;
  /** City. */
  locality?: string | null | undefined;
  /** State or region. */
  region?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** Country as ISO 3166-1 alpha-2. */
  country?: string | null | undefined;
  /** What the address is for. */
  type?: 'work' | 'home' | 'other' | (string & {}) | null | undefined;
  /** Whether this is the preferred address; at most one is. */
  primary?: boolean | null | undefined;
  [attribute: string]: unknown;
}

/** One group a user belongs to (RFC 7643 §4.1.2). Changed through the group. */
export interface UserGroup {
  /** `id` of the group. */
  value?: string | null | undefined;
  /** URI of the group. */
  $ref?: string | null | undefined;
  /** Name of the group. */
  display?: string | null | undefined;
  /** Whether the user is in the group itself or in a group within it. */
  type?: 'direct' | 'indirect' | (string & {}) | null | undefined;
  [attribute: string]: unknown;
}

/** The manager of a user (RFC 7643 §4.3). */
export interface Manager {
  /** `id` of the manager's user on the same server. */
  value?: string | null | undefined;
  /** URI of that user. */
  $ref?: string | null | undefined;
  /** Name of the manager. The server fills it in. */
  displayName?: string | null | undefined;
  [attribute: string]: unknown;
}

/** The enterprise extension of a user (RFC 7643 §4.3). */
export interface EnterpriseUser {
  /** Number the employer gave the person. */
  employeeNumber?: string | null | undefined;
  /** Name of a cost center. */
  costCenter?: string | null | undefined;
  /** Name of an organization. */
  organization?: string | null | undefined;
  /** Name of a division. */
  division?: string | null | undefined;
  /** Name of a department. */
  department?: string | null | undefined;
  /** The manager. */
  manager?: Manager | null | undefined;
  [attribute: string]: unknown;
}

/** Rules of the enterprise extension (RFC 7643 §4.3). `manager.value` is an id, thus case-exact (erratum 8472). */
export const enterpriseUserAttributes: SchemaAttributes = {
  id: ENTERPRISE_USER_URN,
  attributes: {
    employeeNumber: {},
    costCenter: {},
    organization: {},
    division: {},
    department: {},
    manager: {
      type: 'complex',
      subAttributes: {
        value: { caseExact: true },
        $ref: { type: 'reference', caseExact: true, referenceTypes: ['User'] },
        displayName: { mutability: 'readOnly' },
      },
    },
  },
};

/** Rules of the user, with the enterprise extension (RFC 7643 §4.1, §4.3, §8.7.1). */
export const userResourceSchema: ResourceSchema = /* @__PURE__ */ userRules();

function userRules(): ResourceSchema {
  return {
    id: USER_URN,
    attributes: {
      userName: { required: true, uniqueness: 'server' },
      name: {
        type: 'complex',
        subAttributes: text('formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'),
      },
      ...text('displayName', 'nickName'),
      profileUrl: { type: 'reference', caseExact: true, referenceTypes: ['external'] },
      ...text('title', 'userType', 'preferredLanguage', 'locale', 'timezone'),
      active: { type: 'boolean' },
      password: { mutability: 'writeOnly', returned: 'never' },
      emails: several({}, 'work', 'home', 'other'),
      phoneNumbers: several({}, 'work', 'home', 'mobile', 'fax', 'pager', 'other'),
      ims: several({}, 'aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'),
      photos: several({ type: 'reference', caseExact: true, referenceTypes: ['external'] }, 'photo', 'thumbnail'),
      addresses: {
        type: 'complex',
        multiValued: true,
        subAttributes: {
          ...text('formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'),
          type: { canonicalValues: ['work', 'home', 'other'] },
          primary: { type: 'boolean' },
        },
      },
      groups: {
        type: 'complex',
        multiValued: true,
        mutability: 'readOnly',
        subAttributes: {
          value: { caseExact: true, mutability: 'readOnly' },
          $ref: { type: 'reference', caseExact: true, mutability: 'readOnly', referenceTypes: ['Group'] },
          display: { mutability: 'readOnly' },
          type: { mutability: 'readOnly', canonicalValues: ['direct', 'indirect'] },
        },
      },
      entitlements: several({}),
      roles: several({}),
      x509Certificates: several({ type: 'binary', caseExact: true }),
    },
    extensions: [enterpriseUserAttributes],
  };
}

function several(value: AttributeCharacteristics, ...types: string[]): AttributeCharacteristics {
  const type = types.length === 0 ? {} : { canonicalValues: types };
  return {
    type: 'complex',
    multiValued: true,
    subAttributes: { value, display: {}, type, primary: { type: 'boolean' } },
  };
}

function text(...names: string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
