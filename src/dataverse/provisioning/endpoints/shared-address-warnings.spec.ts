import { describe, expect, it } from '@jest/globals';
import { HUB, WEBHOOK } from '../../../../test/provisioning/support/endpoint-states.js';
import { sharedAddressWarnings } from './shared-address-warnings.js';
import type { AzureTarget, WebhookTarget, WishedEndpoint } from './wished-endpoint.js';

const webhook = (cells: Partial<WebhookTarget>, events: WishedEndpoint['events'] = '*'): WishedEndpoint => ({
  ...WEBHOOK,
  name: 'Depot',
  events,
  target: { ...(WEBHOOK.target as WebhookTarget), ...cells },
});
const hub = (cells: Partial<AzureTarget>): WishedEndpoint => ({
  ...HUB,
  name: 'Pond',
  target: { ...(HUB.target as AzureTarget), ...cells },
});

describe('two endpoints of one address', () => {
  it.each<[string, WishedEndpoint, WishedEndpoint]>([
    ['the same url', WEBHOOK, webhook({})],
    ['a host in capitals', WEBHOOK, webhook({ url: 'https://Warehouse.Example.com/events' })],
    ['one event type that both carry', WEBHOOK, webhook({}, ['CustomerPurchase'])],
    ['one hub', HUB, hub({})],
    ['one hub without a slash', HUB, hub({ namespaceAddress: 'sb://CONTOSO.servicebus.windows.net' })],
  ])('are warned about: %s', (_what, one, other) => {
    expect(sharedAddressWarnings([one, other])).toEqual([
      `The endpoints '${one.name}' and '${other.name}' have one address: what both carry gets there twice.`,
    ]);
  });

  it.each<[string, WishedEndpoint, WishedEndpoint]>([
    ['another path', WEBHOOK, webhook({ url: 'https://warehouse.example.com/Events' })],
    ['events that are not the same', webhook({}, ['VendorPaymentPosted']), webhook({}, ['CustomerPurchase'])],
    ['no events', WEBHOOK, webhook({}, [])],
    ['another hub', HUB, hub({ path: 'other' })],
    ['a hub and a webhook', HUB, WEBHOOK],
  ])('are none with %s', (_what, one, other) => {
    expect(sharedAddressWarnings([one, other])).toEqual([]);
  });
});
