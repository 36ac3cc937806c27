import { describe, expect, it } from '@jest/globals';
import { sentence } from './sentence.js';

describe('a sentence', () => {
  it.each([
    ['every call would be answered 404', 'Every call would be answered 404.'],
    ['The step is there. ', 'The step is there.'],
    ['is it?', 'Is it?'],
    ['contoso_Shop, contoso_Shop_Sales are not in it', 'contoso_Shop, contoso_Shop_Sales are not in it.'],
    ['contoso_Shop is assigned twice', 'contoso_Shop is assigned twice.'],
    ['orderLine2 is missing', 'orderLine2 is missing.'],
    ['`dataverse apply` mends it', '`dataverse apply` mends it.'],
    ["'shop' is changed for others too", "'shop' is changed for others too."],
  ])('of %j is %j: names keep their case', (clause, expected) => {
    expect(sentence(clause)).toBe(expected);
  });
});
