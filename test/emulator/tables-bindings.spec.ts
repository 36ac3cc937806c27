import { describe, expect, it } from '@jest/globals';
import { apiBody, created, HOW, parameterBody, seededTables } from './support/seeded-tables.js';

const ID = '0199d1a2-0000-4000-8000-000000000001';

describe('a binding', () => {
  const forms: readonly (readonly [string, (id: string) => string])[] = [
    ['without slash', (id) => `customapis(${id})`],
    ['with a slash', (id) => `/customapis(${id})`],
    ['with the path', (id) => `/api/data/v9.2/customapis(${id})`],
    ['with the whole address', (id) => `https://org.crm.dynamics.com/api/data/v9.2/customapis(${id})`],
    ['in capitals', (id) => `customapis(${id.toUpperCase()})`],
    ['by alternate key', () => `customapis(uniquename='contoso_OnPurchase')`],
  ];
  it.each(forms)('is taken %s', (_form, address) => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    const parameter = created(
      tables,
      'customapirequestparameter',
      parameterBody({ 'CustomAPIId@odata.bind': address(id) }),
    );
    expect(tables.find('customapirequestparameter', parameter)?.customapiid).toBe(id);
  });

  const wrong: readonly (readonly [string, string, unknown, number, string, RegExp])[] = [
    [
      'to a row that is not there',
      'CustomAPIId@odata.bind',
      `customapis(${ID})`,
      404,
      '0x80040217',
      /Entity 'CustomAPI' With Id = .* Does Not Exist/,
    ],
    [
      'to a key that nothing has',
      'CustomAPIId@odata.bind',
      "customapis(uniquename='contoso_No')",
      404,
      '0x80060891',
      /does not exist/,
    ],
    ['to another table', 'CustomAPIId@odata.bind', `catalogs(${ID})`, 400, '0x80048d19', /takes 'customapi'/],
    ['to no address', 'CustomAPIId@odata.bind', 'customapis', 400, '0x80048d19', /takes 'customapi'/],
    ['to a number', 'CustomAPIId@odata.bind', 7, 400, '0x80048d19', /takes 'customapi'/],
    [
      'to what is no alternate key',
      'CustomAPIId@odata.bind',
      "customapis(name='x')",
      400,
      '0x80048d19',
      /takes 'customapi'/,
    ],
    [
      'by a name in the wrong case',
      'customapiid@odata.bind',
      `customapis(${ID})`,
      400,
      '0x80048d19',
      /undeclared property 'customapiid'/,
    ],
    ['as a plain column', 'customapiid', ID, 400, '0x80060888', /Navigation properties/],
    ['as a value of a read', '_customapiid_value', ID, 400, '0x80060888', /Navigation properties/],
    ['as a row of its own', 'CustomAPIId', {}, 400, '0x80060888', /Navigation properties/],
    ['left out', 'name', 'x', 400, '0x80040203', /Required field 'customapiid' is missing/],
  ];
  it.each(wrong)('%s is refused', (_case, name, value, status, code, message) => {
    const tables = seededTables();
    created(tables, 'customapi', apiBody());
    expect(tables.create('customapirequestparameter', parameterBody({ [name]: value }), HOW)).toEqual({
      kind: 'refused',
      status,
      code,
      message: expect.stringMatching(message),
    });
  });
});
