import { describe, expect, it } from '@jest/globals';
import { Schema } from '../tables/schema.js';
import { readRowAddress } from './row-address.js';

const ID = '0199d1a2-0000-4000-8000-000000000001';
const schema = new Schema();
const byId = { kind: 'id', id: ID };
const byName = (uniquename: string) => ({ kind: 'alternate', cells: new Map([['uniquename', uniquename]]) });

describe('an address of a row', () => {
  it.each([
    [`catalogs(${ID})`, byId],
    [`/catalogs(${ID})`, byId],
    [`/api/data/v9.1/catalogs(${ID})`, byId],
    [`https://localhost:1234/api/data/v9.2/catalogs(${ID})`, byId],
    [`catalogs(${ID.toUpperCase()})`, byId],
    [`catalogs(catalogid=${ID})`, byId],
    ["catalogs(uniquename='contoso_Sales')", byName('contoso_Sales')],
    ["catalogs(uniquename='O''Brien, (1)')", byName("O'Brien, (1)")],
    ['catalogs(uniquename=contoso_Sales)', null],
    ["catalogs(name='x')", null],
    ["publishers(uniquename='x')", null],
    ['catalogs', null],
    ['catalogs()', null],
    ['catalogs(x)', null],
    [`catalogs(${ID})/SubCatalogs`, null],
    [`catalogs({${ID}})`, null],
    [`https://elsewhere/other/catalogs(${ID})`, null],
    ["catalogs(uniquename='a'b')", null],
    ['', null],
  ])('%s', (text, key) => {
    expect(readRowAddress(text, schema.get('catalog'))).toEqual(key);
  });

  it('names lookups of an alternate key as they are read, in any order', () => {
    const table = schema.get('customapirequestparameter');
    const cells = new Map([
      ['customapiid', ID],
      ['uniquename', 'A'],
    ]);
    expect(readRowAddress(`customapirequestparameters(uniquename='A', _customapiid_value=${ID})`, table)).toEqual({
      kind: 'alternate',
      cells,
    });
    expect(readRowAddress("customapirequestparameters(uniquename='A')", table)).toBeNull();
  });
});
