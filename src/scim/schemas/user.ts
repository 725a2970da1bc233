import * as z from 'zod/mini';
import { metaSchema, multiValuedAttributeSchema, schemasSchema } from './common.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema, SchemaAttributes } from './rules.js';
import { ENTERPRISE_USER_URN, USER_URN } from './urns.js';

/** The manager of a user (RFC 7643 §4.3). */
const managerSchema = z.looseObject({
  /** `id` of the manager's user on the same server. */
  value: z.nullish(z.string()),
  /** URI of that user. */
  $ref: z.nullish(z.string()),
  /** Name of the manager. The server fills it in. */
  displayName: z.nullish(z.string()),
});
/** The manager of a user (RFC 7643 §4.3). */
export type Manager = z.infer<typeof managerSchema>;

/** The enterprise extension of a user (RFC 7643 §4.3). */
export const enterpriseUserSchema = z.looseObject({
  /** Number the employer gave the person. */
  employeeNumber: z.nullish(z.string()),
  /** Name of a cost center. */
  costCenter: z.nullish(z.string()),
  /** Name of an organization. */
  organization: z.nullish(z.string()),
  /** Name of a division. */
  division: z.nullish(z.string()),
  /** Name of a department. */
  department: z.nullish(z.string()),
  /** The manager. */
  manager: z.nullish(managerSchema),
});
/** The enterprise extension of a user (RFC 7643 §4.3). */
export type EnterpriseUser = z.infer<typeof enterpriseUserSchema>;

const isString = (value: unknown): boolean => typeof value === 'string';

/** The parts of a person's name (RFC 7643 §4.1.1). */
const nameSchema = z.looseObject({
  /** The full name as it is shown. */
  formatted: z.nullish(z.string()),
  /** Last name. */
  familyName: z.nullish(z.string()),
  /** First name. */
  givenName: z.nullish(z.string()),
  /** Middle names. */
  middleName: z.nullish(z.string()),
  /** Title before the name, such as `Ms.`. */
  honorificPrefix: z.nullish(z.string()),
  /** What follows the name, such as `III`. */
  honorificSuffix: z.nullish(z.string()),
});
/** The parts of a person's name (RFC 7643 §4.1.1). */
export type Name = z.infer<typeof nameSchema>;

/** One e-mail address of a user (RFC 7643 §4.1.2). */
const emailSchema = z.looseObject({
  /** The address. */
  value: z.nullish(z.string()),
  /** A name for people. */
  display: z.nullish(z.string()),
  /** What the address is for. */
  type: z.nullish(z.custom<'work' | 'home' | 'other' | (string & {})>(isString)),
  /** Whether this is the preferred address; at most one is. */
  primary: z.nullish(z.boolean()),
});
/** One e-mail address of a user (RFC 7643 §4.1.2). */
export type Email = z.infer<typeof emailSchema>;

/** One phone number of a user (RFC 7643 §4.1.2). */
const phoneNumberSchema = z.looseObject({
  /** The number, best as an RFC 3966 URI: `tel:+1-201-555-0123`. */
  value: z.nullish(z.string()),
  /** A name for people. */
  display: z.nullish(z.string()),
  /** What the number is for. */
  type: z.nullish(z.custom<'work' | 'home' | 'mobile' | 'fax' | 'pager' | 'other' | (string & {})>(isString)),
  /** Whether this is the preferred number; at most one is. */
  primary: z.nullish(z.boolean()),
});
/** One phone number of a user (RFC 7643 §4.1.2). */
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

/** One photo of a user (RFC 7643 §4.1.2). */
const photoSchema = z.looseObject({
  /** Where the picture is. */
  value: z.nullish(z.string()),
  /** A name for people. */
  display: z.nullish(z.string()),
  /** Size of the picture. */
  type: z.nullish(z.custom<'photo' | 'thumbnail' | (string & {})>(isString)),
  /** Whether this is the preferred picture; at most one is. */
  primary: z.nullish(z.boolean()),
});
/** One photo of a user (RFC 7643 §4.1.2). */
export type Photo = z.infer<typeof photoSchema>;

/** One postal address of a user (RFC 7643 §4.1.2). It has no `value`. */
const addressSchema = z.looseObject({
  /** The full address as it is shown, with line breaks. */
  formatted: z.nullish(z.string()),
  /** Street, house number, post box. */
  streetAddress: z.nullish(z.string()),
  /** City. */
  locality: z.nullish(z.string()),
  /** State or region. */
  region: z.nullish(z.string()),
  /** Postal code. */
  postalCode: z.nullish(z.string()),
  /** Country as ISO 3166-1 alpha-2. */
  country: z.nullish(z.string()),
  /** What the address is for. */
  type: z.nullish(z.custom<'work' | 'home' | 'other' | (string & {})>(isString)),
  /** Whether this is the preferred address; at most one is. */
  primary: z.nullish(z.boolean()),
});
/** One postal address of a user (RFC 7643 §4.1.2). It has no `value`. */
export type Address = z.infer<typeof addressSchema>;

/** One group a user belongs to (RFC 7643 §4.1.2). Changed through the group. */
const userGroupSchema = z.looseObject({
  /** `id` of the group. */
  value: z.nullish(z.string()),
  /** URI of the group. */
  $ref: z.nullish(z.string()),
  /** Name of the group. */
  display: z.nullish(z.string()),
  /** Whether the user is in the group itself or in a group within it. */
  type: z.nullish(z.custom<'direct' | 'indirect' | (string & {})>(isString)),
});
/** One group a user belongs to (RFC 7643 §4.1.2). Changed through the group. */
export type UserGroup = z.infer<typeof userGroupSchema>;

/** A user as a server sends it (RFC 7643 §4.1). Attributes the schema does not name are kept as `unknown`. */
export const userSchema = z.looseObject({
  /** URNs of the schemas in use. Servers omit it, and some send one bare string. */
  schemas: schemasSchema,
  /** The server's own id: stable, never given out again, compared with case. */
  id: z.string(),
  /** The client's id for the user, compared with case. */
  externalId: z.nullish(z.string()),
  /** What the server knows about the resource itself. */
  meta: z.nullish(metaSchema),
  /** The name to sign in with: unique on the server, compared without case. */
  userName: z.string(),
  /** The parts of the person's name. */
  name: z.nullish(nameSchema),
  /** The name to show. */
  displayName: z.nullish(z.string()),
  /** What friends call the person. */
  nickName: z.nullish(z.string()),
  /** URL of a page about the person. */
  profileUrl: z.nullish(z.string()),
  /** Job title. */
  title: z.nullish(z.string()),
  /** What the person is to the organization, such as `Contractor`. */
  userType: z.nullish(z.string()),
  /** Languages in the form of Accept-Language, such as `en-GB, en;q=0.8`. */
  preferredLanguage: z.nullish(z.string()),
  /** Language tag for numbers and dates, such as `en-US`. */
  locale: z.nullish(z.string()),
  /** IANA time zone, such as `Europe/Paris`. */
  timezone: z.nullish(z.string()),
  /** Whether the user may sign in. The exact meaning is the server's. */
  active: z.nullish(z.boolean()),
  /** Password. Servers never send it. */
  password: z.nullish(z.string()),
  /** E-mail addresses. */
  emails: z.nullish(z.array(emailSchema)),
  /** Phone numbers. */
  phoneNumbers: z.nullish(z.array(phoneNumberSchema)),
  /** Instant messaging addresses; `type` names the service. */
  ims: z.nullish(z.array(multiValuedAttributeSchema)),
  /** Pictures. */
  photos: z.nullish(z.array(photoSchema)),
  /** Postal addresses. */
  addresses: z.nullish(z.array(addressSchema)),
  /** Groups the user belongs to. Read-only: membership changes through the group. */
  groups: z.nullish(z.array(userGroupSchema)),
  /** What the user may use. */
  entitlements: z.nullish(z.array(multiValuedAttributeSchema)),
  /** Roles of the user. */
  roles: z.nullish(z.array(multiValuedAttributeSchema)),
  /** Certificates; `value` is one DER certificate in base64. */
  x509Certificates: z.nullish(z.array(multiValuedAttributeSchema)),
  /** The enterprise extension: department, manager, employee number. */
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': z.nullish(enterpriseUserSchema),
});
/** A user as a server sends it (RFC 7643 §4.1). Attributes the schema does not name are kept as `unknown`. */
export type User = z.infer<typeof userSchema>;

/** Rules of the enterprise extension (RFC 7643 §4.3). `manager.value` is an id, hence case-exact (erratum 8472). */
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

const several = (value: AttributeCharacteristics, ...types: string[]): AttributeCharacteristics => ({
  type: 'complex',
  multiValued: true,
  subAttributes: {
    value,
    display: {},
    type: types.length === 0 ? {} : { canonicalValues: types },
    primary: { type: 'boolean' },
  },
});

const text = (...names: string[]): Attributes => Object.fromEntries(names.map((name) => [name, {}]));

/** Rules of the user, with the enterprise extension (RFC 7643 §4.1, §4.3, §8.7.1). */
export const userResourceSchema: ResourceSchema = {
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
