import { enterpriseUserAttributes } from './enterprise-user-attributes.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema } from './resource-schema.js';
import { USER_URN } from './urns.js';

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
