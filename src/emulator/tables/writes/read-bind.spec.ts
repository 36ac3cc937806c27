import { describe, expect, it } from '@jest/globals';
import { Schema } from '../schema.js';
import { hasValues, isAlternateKey, readRowAddress } from './read-bind.js';

const ID = '0199d1a2-0000-4000-8000-000000000001';
const byId = { set: 'catalogs', by: 'id', id: ID };

describe('an address', () => {
  it.each([
    [`catalogs(${ID})`, byId],
    [`/catalogs(${ID})`, byId],
    [`/api/data/v9.1/catalogs(${ID})`, byId],
    [`https://localhost:1234/api/data/v9.2/catalogs(${ID})`, byId],
    [`catalogs(${ID.toUpperCase()})`, byId],
    ["catalogs(uniquename='contoso_Sales')", { set: 'catalogs', by: 'key', values: { uniquename: 'contoso_Sales' } }],
    ["catalogs(name='O''Brien (1)')", { set: 'catalogs', by: 'key', values: { name: "O'Brien (1)" } }],
    [
      `parameters(_customapiid_value=${ID}, uniquename='A')`,
      { set: 'parameters', by: 'key', values: { customapiid: ID, uniquename: 'A' } },
    ],
    ['catalogs', null],
    ['catalogs()', null],
    ['catalogs(x)', null],
    [`catalogs(${ID})/SubCatalogs`, null],
    [`catalogs({${ID}})`, null],
    [`https://elsewhere/other/catalogs(${ID})`, null],
    ["catalogs(uniquename='a'b')", null],
    ['', null],
  ])('%s', (text, address) => {
    expect(readRowAddress(text)).toEqual(address);
  });
});

it('compares values without regard to case, and nothing with null', () => {
  expect(hasValues({ uniquename: 'Contoso_Sales' }, { uniquename: 'contoso_sales' })).toBe(true);
  expect(hasValues({ uniquename: null }, { uniquename: 'null' })).toBe(false);
});

it('knows the alternate keys of a table, in any order', () => {
  const table = new Schema().get('customapirequestparameter');
  expect(isAlternateKey(table, { uniquename: 'A', customapiid: ID })).toBe(true);
  expect(isAlternateKey(table, { uniquename: 'A' })).toBe(false);
});
