import { describe, expect, it } from 'vitest';
import { type Group, groupResourceSchema } from '../../../src/scim/schemas/group.js';
import {
  commonAttributes,
  findAttribute,
  findCoreAttribute,
  knownSchemas,
} from '../../../src/scim/schemas/known-schemas.js';
import { resourceSchemaOf } from '../../../src/scim/schemas/rules.js';
import {
  type EnterpriseUser,
  enterpriseUserAttributes,
  type User,
  userResourceSchema,
} from '../../../src/scim/schemas/user.js';
import groupDefinition from '../../fixtures/rfc7643/schema-group.json' with { type: 'json' };

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Each name that a type has: the compiler refuses one too many and one too few. */
type NamesOf<T> = { [K in keyof T as string extends K ? never : K]-?: true };

const resourceNames = { schemas: true, id: true, externalId: true, meta: true } as const;
const groupNames: NamesOf<Group> = { ...resourceNames, displayName: true, members: true };
const enterpriseNames: NamesOf<EnterpriseUser> = {
  employeeNumber: true,
  costCenter: true,
  organization: true,
  division: true,
  department: true,
  manager: true,
};
const userNames: NamesOf<User> = {
  ...resourceNames,
  userName: true,
  name: true,
  displayName: true,
  nickName: true,
  profileUrl: true,
  title: true,
  userType: true,
  preferredLanguage: true,
  locale: true,
  timezone: true,
  active: true,
  password: true,
  emails: true,
  phoneNumbers: true,
  ims: true,
  photos: true,
  addresses: true,
  groups: true,
  entitlements: true,
  roles: true,
  x509Certificates: true,
  [ENTERPRISE]: true,
};

describe('the rules of users and groups', () => {
  it('name the same attributes as the types do', () => {
    const named = (attributes: object) => Object.keys(attributes).sort();
    const common = named(commonAttributes);
    expect(named(userNames)).toEqual([...common, ...named(userResourceSchema.attributes), ENTERPRISE].sort());
    expect(named(groupNames)).toEqual([...common, ...named(groupResourceSchema.attributes)].sort());
    expect(named(enterpriseNames)).toEqual(named(enterpriseUserAttributes.attributes));
  });

  it('treat ids and references as case-exact', () => {
    const { attributes } = userResourceSchema;
    const exact = [
      commonAttributes.id,
      commonAttributes.externalId,
      attributes.profileUrl,
      attributes.photos?.subAttributes?.value,
      attributes.x509Certificates?.subAttributes?.value,
      attributes.groups?.subAttributes?.value,
      groupResourceSchema.attributes.members?.subAttributes?.value,
      enterpriseUserAttributes.attributes.manager?.subAttributes?.value,
    ];
    expect(exact.map((rules) => rules?.caseExact)).toEqual(exact.map(() => true));
    expect(attributes.userName?.caseExact).toBeUndefined();
  });

  it('are plain data', () => {
    for (const schema of [userResourceSchema, groupResourceSchema]) {
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    }
  });

  it('are found by name in any case, and by no name of a prototype', () => {
    const known = knownSchemas(undefined);
    expect(findCoreAttribute(known, 'USERNAME')?.name).toBe('userName');
    expect(findCoreAttribute(known, 'MEMBERS')?.name).toBe('members');
    expect(findCoreAttribute(known, 'META')?.name).toBe('meta');
    expect(findAttribute(userResourceSchema.attributes, 'constructor')).toBeUndefined();
    expect(findAttribute(userResourceSchema.attributes, '__proto__')).toBeUndefined();
  });
});

describe('rules from a schema document', () => {
  it('are those of the document, with ids case-exact', () => {
    const schema = resourceSchemaOf(groupDefinition);
    expect(schema.id).toBe('urn:ietf:params:scim:schemas:core:2.0:Group');
    expect(schema.attributes.members?.multiValued).toBe(true);
    expect(schema.attributes.members?.subAttributes).toMatchObject({
      value: { type: 'string', caseExact: true, mutability: 'immutable' },
      $ref: { type: 'reference', caseExact: true },
      type: { caseExact: false, canonicalValues: ['User', 'Group'] },
    });
  });

  it('fall back to the defaults of the RFC', () => {
    const schema = resourceSchemaOf(
      { id: 'urn:x', attributes: [{ name: 'a', type: 'weird', mutability: 'sometimes', returned: null }] },
      [{ id: 'urn:y' }],
    );
    expect(JSON.parse(JSON.stringify(schema))).toEqual({
      id: 'urn:x',
      attributes: { a: {} },
      extensions: [{ id: 'urn:y', attributes: {} }],
    });
  });
});
