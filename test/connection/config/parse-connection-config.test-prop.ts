import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldNames } from '../../../src/connection/form-fields.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../../src/connection/parse-form.js';
import { redactConnectionConfig } from '../../../src/connection/redact.js';

const secretLetters = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'),
  minLength: 24,
  maxLength: 60,
});
const uuids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 6 });

/** Ways in which a right id is typed, none of which changes what it is. */
const decorate = fc.constantFrom<((id: string) => string)[]>(
  (id) => id,
  (id) => id.toUpperCase(),
  (id) => `"${id}"`,
  (id) => `“${id}”`,
  (id) => `{${id}}`,
  (id) => `[ '${id}' ]`,
  (id) => ` ${id}\t`,
  (id) => `\u200b${id}`,
  (id) => id.replaceAll('-', '\u2011'),
  (id) => id.replaceAll('-', ''),
  (id) => `urn:uuid:${id}`,
);
const separator = fc.constantFrom(',', ', ', '\n', '\r\n', ' ', ';', ' ; ', ',,', ',\n');

it('reads the same list however right ids are decorated and separated', () => {
  fc.assert(
    fc.property(uuids, fc.infiniteStream(decorate), fc.infiniteStream(separator), (ids, decorations, separators) => {
      const text = ids.map((id) => decorations.next().value(id) + separators.next().value).join('');
      const { workspaceIds } = parseConnectionConfig({ complianceApiKey: 'sk-1', workspaceIds: text });
      expect(workspaceIds).toEqual(ids);
    }),
  );
});

/** Ways in which a key is typed with its id, and what separates such entries. */
const pair = fc.constantFrom<((id: string, key: string) => string)[]>(
  (id, key) => `${id} = ${key}`,
  (id, key) => `${id}=${key}`,
  (id, key) => `${id}: ${key}`,
  (id, key) => `${id} => ${key}`,
  (id, key) => `${id}\t${key}`,
  (id, key) => `"${id}": "${key}"`,
  (id, key) => `${id} = Bearer ${key}`,
  (id, key) => `${id} = key=${key}`,
  (id, key) => `- ${id} = '${key}'`,
  (id, key) => `${key} = ${id}`,
  (id, key) => `"${key}" : {${id}}`,
);
const lineEnd = fc.constantFrom(',', ', ', '\n', '\r\n', ';', ' ;\n', '\n\n');

it('reads the same keys however right ids and keys are decorated, written together and separated', () => {
  const keys = fc.infiniteStream(secretLetters.map((letters) => `sk-admin-${letters}`));
  const ways = fc.tuple(fc.infiniteStream(decorate), fc.infiniteStream(pair), fc.infiniteStream(lineEnd));
  fc.assert(
    fc.property(uuids, keys, ways, (ids, secrets, [decorations, pairs, ends]) => {
      const complianceApiKeys = Object.fromEntries(ids.map((id) => [id, secrets.next().value]));
      const entries = Object.entries(complianceApiKeys);
      const text = entries
        .map(([id, key]) => pairs.next().value(decorations.next().value(id), key) + ends.next().value)
        .join('');
      expect(parseConnectionConfig({ complianceApiKeys: text })).toEqual({ complianceApiKeys, workspaceIds: ids });
      expect(parseConnectionConfig({ complianceApiKeys })).toEqual({ complianceApiKeys, workspaceIds: ids });
    }),
  );
});

it('never gives a key to another workspace than that of its entry, whatever else is typed', () => {
  const key = fc.nat(99_999).map((number) => `sk-admin-${number}`);
  const word = fc.oneof(
    fc.uuid(),
    key,
    fc.constantFrom('=', ':', ',', '\n', ' ', '"', 'Northwind', 'org-7Hq2', '-', '{', '}'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join(' ');
      const result = safeParseConnectionConfig({ complianceApiKeys: text });
      if (!result.success) return;
      // They stand side by side, with nothing but a sign between them.
      for (const [id, secret] of Object.entries(result.config.complianceApiKeys ?? {})) {
        const between = '[ =:"{}-]*';
        // Behind a sign, the key may stand on the next line.
        const onNextLine = `${between}[=:]${between.replace('[', '[,\\n')}`;
        const pairs = [`${id}(?:${between}|${onNextLine})${secret}(?!\\d)`, `${secret}${between}${id}`];
        expect(text).toMatch(new RegExp(pairs.join('|')));
      }
    }),
    { numRuns: 1_000 },
  );
});

/** What may be left between two entries where their line break was lost. */
const lostLineEnd = fc.oneof(
  fc.constantFrom(
    '',
    '|',
    ' | ',
    '\\n',
    '\\r\\n',
    '/',
    '&',
    '{',
    '}{',
    '"',
    '""',
    '\u200b',
    '\u00a0',
    '\u0085',
    '\v',
    '<br>',
    '+',
    '.',
  ),
  // Two could be a letter of the key and a comma.
  fc.string({ unit: 'grapheme', maxLength: 1 }),
);

it('gives no key to another workspace, whatever stands between two entries: each is right, or named as a problem', () => {
  const kind = fc.constantFrom('sk-admin-', 'sk-proj-', 'sk-');
  const keys = fc.infiniteStream(fc.tuple(kind, secretLetters).map((parts) => parts.join('')));
  const ids = fc.uniqueArray(fc.oneof(fc.uuid(), fc.stringMatching(/^org-[A-Za-z0-9]{8}$/)), {
    minLength: 2,
    maxLength: 4,
  });
  const sign = fc.constantFrom('=', ' = ', ':', ': ', '=>', '|');
  const isKeyFirst = fc.boolean();
  fc.assert(
    fc.property(ids, keys, sign, isKeyFirst, lostLineEnd, (named, secrets, between, isSwapped, end) => {
      const entries = named.map((id) => [id, secrets.next().value] as const);
      const text = entries.map(([id, key]) => (isSwapped ? [key, id] : [id, key]).join(between)).join(end);
      const [[id, key] = ['', ''], ...others] = entries;
      const inObject = { [id]: [key, ...others.map((entry) => entry.join(between))].join(end) };
      for (const complianceApiKeys of [text, inObject, { [id]: text }]) {
        const result = safeParseConnectionConfig({ complianceApiKeys });
        const own = result.success ? Object.entries(result.config.complianceApiKeys ?? {}) : [];
        for (const entry of own) expect(entries).toContainEqual(entry);
      }
      for (const field of ['complianceApiKey', 'scimToken']) {
        const result = safeParseConnectionConfig({
          [field]: text,
          workspaceIds: id,
          scimBaseUrl: 'https://scim.example/v2',
        });
        expect(result.success).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

it('gives a config that survives JSON and that reads as itself', () => {
  const form = fc.record({
    scimBaseUrl: fc.constantFrom('https://scim.example/v2/', 'https://api.workos.com/scim/v2.0/AbCd'),
    scimToken: secretLetters.map((letters) => `Bearer se_${letters}`),
    provisioning: fc.constantFrom(true, false, 'on', '', 'yes'),
    deprovisioning: fc.constantFrom(true, false, 'off', undefined),
    complianceApiKey: secretLetters.map((letters) => ` "sk-proj-${letters}" `),
    complianceApiKeys: fc.option(
      fc.dictionary(
        fc.uuid(),
        secretLetters.map((letters) => `sk-proj-${letters}`),
      ),
      { nil: undefined },
    ),
    workspaceIds: uuids.map((ids) => ids.join(';')),
    organizationId: fc.constantFrom('', 'org-7Hq2'),
  });
  fc.assert(
    fc.property(form, (input) => {
      const config = parseConnectionConfig(input);
      const copy: unknown = JSON.parse(JSON.stringify(structuredClone(config)));
      expect(copy).toEqual(config);
      expect(safeParseConnectionConfig(copy)).toEqual({ success: true, config, warnings: [] });
    }),
  );
});

/** A secret as it may stand in any field: alone, among other things, or as the name of a field. */
const spoiled = (secret: string) =>
  fc.oneof(
    fc.constantFrom(
      secret,
      ` ${secret}`,
      `Bearer ${secret}`,
      `https://scim.example/v2/${secret}`,
      `https://scim.example/v2/Users/${secret}`,
      `http://scim.example/${secret}?token=${secret}`,
      `https://me:${secret}@scim.example/v2`,
      `scim.example/${secret}`,
      `api.workos.com/scim/v2.0/"${secret}`,
      `api.workos.com/scim/v2.0/AbCd${secret}9`,
      `Acme, ${secret}`,
      `8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b ${secret}`,
      `${secret.slice(0, 20)}\n${secret.slice(20)}`,
      `8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b = ${secret}`,
      `8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b = x${secret} y`,
      `${secret} = 8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b`,
      `Acme: ${secret}, 8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b = ${secret}9`,
      `${secret} = ${secret}`,
    ),
    fc.constant([secret, { [secret]: secret }]),
    fc.constant({ secret }),
    fc.constantFrom(
      { [secret]: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' },
      { '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b': secret, [`x ${secret}`]: 5 },
      { '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b': `${secret} ${secret}` },
    ),
  );

const fields = [...fieldNames, 'scimTokn'];

it('never repeats a secret: in no issue, no error, no warning and no redacted copy, whatever field it stands in', () => {
  const scene = fc
    .tuple(fc.constantFrom('se_', 'sk-admin-', 'sk-proj-'), secretLetters)
    .map((parts) => parts.join(''))
    .chain((secret) =>
      fc.tuple(fc.constant(secret), fc.dictionary(fc.constantFrom(...fields, secret), spoiled(secret))),
    );
  fc.assert(
    fc.property(scene, ([secret, input]) => {
      const result = safeParseConnectionConfig(input);
      const said = [
        JSON.stringify(result.warnings),
        JSON.stringify(redactConnectionConfig(input)),
        ...(result.success ? [JSON.stringify(redactConnectionConfig(result.config))] : [JSON.stringify(result.issues)]),
        ...(result.success ? [] : [String(result.error.stack), JSON.stringify(result.error)]),
      ].join('\n');
      // A part of it would be as bad.
      const core = secret.slice(secret.search(/[_-](?!.*admin|.*proj)/) + 1).slice(0, 20);
      expect(said.toLowerCase()).not.toContain(core.toLowerCase());
    }),
    { numRuns: 500 },
  );
});

it('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...fields), fc.anything())), (input) => {
      const result = safeParseConnectionConfig(input);
      expect(result.success || result.issues.length > 0).toBe(true);
      redactConnectionConfig(input);
    }),
    { numRuns: 1_000 },
  );
});
