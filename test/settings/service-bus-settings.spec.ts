import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/settings/read-settings.js';
import { faultsOf, REQUIRED } from './support/settings-environment.js';

const CONNECTION = 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=bWFya2Vy=';

describe('the settings of Service Bus', () => {
  it('name a queue', () => {
    const { receipts } = readSettings({
      ...REQUIRED,
      SERVICE_BUS_CONNECTION_STRING: CONNECTION,
      SERVICE_BUS_QUEUE: 'receipts',
    });

    expect(receipts.serviceBus).toEqual({
      connectionString: CONNECTION,
      source: { kind: 'queue', queue: 'receipts' },
    });
  });

  it('name a subscription of a topic', () => {
    const { receipts } = readSettings({
      ...REQUIRED,
      SERVICE_BUS_CONNECTION_STRING: CONNECTION,
      SERVICE_BUS_TOPIC: 'events',
      SERVICE_BUS_SUBSCRIPTION: 'gateway',
    });

    expect(receipts.serviceBus?.source).toEqual({ kind: 'subscription', topic: 'events', subscription: 'gateway' });
  });

  it.each([
    ['a connection string alone', { SERVICE_BUS_CONNECTION_STRING: CONNECTION }, ['SERVICE_BUS_QUEUE']],
    [
      'a topic without its subscription',
      { SERVICE_BUS_CONNECTION_STRING: CONNECTION, SERVICE_BUS_TOPIC: 'a' },
      ['SERVICE_BUS_SUBSCRIPTION'],
    ],
    [
      'a subscription without its topic',
      { SERVICE_BUS_CONNECTION_STRING: CONNECTION, SERVICE_BUS_SUBSCRIPTION: 'a' },
      ['SERVICE_BUS_TOPIC'],
    ],
    [
      'a queue and a topic',
      { SERVICE_BUS_CONNECTION_STRING: CONNECTION, SERVICE_BUS_QUEUE: 'a', SERVICE_BUS_TOPIC: 'b' },
      ['SERVICE_BUS_QUEUE'],
    ],
    [
      'names without a namespace',
      { SERVICE_BUS_QUEUE: 'a', SERVICE_BUS_TOPIC: 'b' },
      ['SERVICE_BUS_QUEUE', 'SERVICE_BUS_TOPIC'],
    ],
    [
      'an address without a key',
      { SERVICE_BUS_CONNECTION_STRING: 'Endpoint=sb://marker.servicebus.windows.net/', SERVICE_BUS_QUEUE: 'a' },
      ['SERVICE_BUS_CONNECTION_STRING'],
    ],
    [
      'a connection string of something else',
      {
        SERVICE_BUS_CONNECTION_STRING: 'AccountName=marker;SharedAccessKeyName=a;SharedAccessKey=b',
        SERVICE_BUS_QUEUE: 'a',
      },
      ['SERVICE_BUS_CONNECTION_STRING'],
    ],
  ])('are refused where there is %s', (_what, environment, names) => {
    const faults = faultsOf({ ...REQUIRED, ...environment });

    expect(faults.map(({ name }) => name)).toEqual(names);
    expect(JSON.stringify(faults)).not.toMatch(/marker|bWFya2Vy/);
  });
});
