import { describe, expect, it } from '@jest/globals';
import { eventTypeWord } from './event-type-word.js';

describe('the type of a CloudEvent', () => {
  it.each([
    ['CustomerPurchase', 'CustomerPurchase'],
    ['CustomerPurchase.v1', 'CustomerPurchase'],
    ['CustomerPurchase.v2', 'CustomerPurchase.v2'],
    ['CustomerPurchase.v10', 'CustomerPurchase.v10'],
    ['com.contoso.CustomerPurchase', 'CustomerPurchase'],
    ['com.contoso-retail.pos4.CustomerPurchase.v3', 'CustomerPurchase.v3'],
    ['v2.CustomerPurchase', 'CustomerPurchase'],
    ['Com.Contoso.CustomerPurchase', 'CustomerPurchase'],
  ])('%s names %s', (type, word) => {
    expect(eventTypeWord(type)).toBe(word);
  });

  it.each([
    [''],
    ['.'],
    ['v2'],
    ['customer-purchase'],
    ['customerPurchase'],
    ['.CustomerPurchase'],
    ['com..CustomerPurchase'],
    ['com.contoso.'],
    ['com contoso.CustomerPurchase'],
    ['CustomerPurchase.v0'],
    ['CustomerPurchase.v01'],
    ['CustomerPurchase.v1.5'],
    ['CustomerPurchase.v'],
    ['CustomerPurchase v2'],
    [' CustomerPurchase'],
    ['CustomerPurchase\n'],
    ['https://contoso.com/CustomerPurchase'],
  ])('%p names no event type', (type) => {
    expect(eventTypeWord(type)).toBeNull();
  });
});
