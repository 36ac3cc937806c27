import { describe, expect, it } from '@jest/globals';
import { isOfReceiver, receiverAddress, receiverEndpoint } from './own-receiver.js';

describe("the address of a gateway's receiver", () => {
  it.each([
    ['https://gateway.contoso.com', 'https://gateway.contoso.com/hooks/dataverse'],
    ['https://gateway.contoso.com/', 'https://gateway.contoso.com/hooks/dataverse'],
    ['https://GATEWAY.contoso.com:443', 'https://gateway.contoso.com/hooks/dataverse'],
    ['http://gateway.localhost:80', 'http://gateway.localhost/hooks/dataverse'],
    ['https://contoso.com/events/hooks/dataverse', 'https://contoso.com/events/hooks/dataverse'],
    ['https://contoso.com/hooks/dataverse/', 'https://contoso.com/hooks/dataverse'],
    ['https://contoso.com/receipts', 'https://contoso.com/receipts'],
  ])('%s is %s', (given, address) => {
    expect(receiverAddress(given)).toBe(address);
  });

  it.each([
    '',
    'gateway.contoso.com',
    'https://gateway.contoso.com:3000',
    'http://localhost:3000',
    'sb://contoso.servicebus.windows.net/',
    'https://gateway.contoso.com/?code=x',
    'https://gateway.contoso.com/hooks/dataverse?sig=x',
    'https://user:key@gateway.contoso.com/',
    'https://gateway.contoso.com/#x',
  ])('cannot be %j', (given) => {
    expect(receiverAddress(given)).toBeNull();
  });
});

describe('receivers of gateways', () => {
  const authentication = { kind: 'anonymous' } as const;
  const nameOf = (gateway: string | null) =>
    receiverEndpoint({ url: 'https://gateway.contoso.com/hooks/dataverse', gateway, authentication }).name;

  it('are told from each other by a word, and from all other endpoints by how their names begin', () => {
    expect([nameOf(null), nameOf('test')]).toEqual([
      'Business Events Gateway receipts',
      'Business Events Gateway receipts (test)',
    ]);
    expect([null, 'test'].map((word) => isOfReceiver(`${nameOf(word).toUpperCase()}: contoso_A`))).toEqual([
      true,
      true,
    ]);
    expect(isOfReceiver('Receipts of the Business Events Gateway: contoso_A')).toBe(false);
  });
});
