import { describe, expect, it } from '@jest/globals';
import { readWebhookRoute } from './read-webhook-route.js';

describe('a webhook route', () => {
  it.each([
    ['http://Shop.Example', 'http://127.0.0.1:3000', ['http://shop.example', 'http://127.0.0.1:3000']],
    ['https://shop.example/', 'http://127.0.0.1:3000/', ['https://shop.example', 'http://127.0.0.1:3000']],
    ['https://shop.example:443', 'https://[::1]:3000', ['https://shop.example', 'https://[::1]:3000']],
    [
      'sb://Contoso.servicebus.windows.net/',
      'amqp://localhost:5672',
      ['sb://contoso.servicebus.windows.net', 'amqp://localhost:5672'],
    ],
  ])('from %s to %s is taken', (from, to, route) => {
    expect(readWebhookRoute(from, to)).toEqual(route);
  });

  it.each([
    ['shop.example', 'http://127.0.0.1:3000', /'shop.example' is no origin/],
    ['http://shop.example/hook', 'http://127.0.0.1:3000', /is no origin/],
    ['http://shop.example', 'http://127.0.0.1:3000/?code=1', /is no origin/],
    ['http://user@shop.example', 'http://127.0.0.1:3000', /is no origin/],
    ['http://shop.example', '3000', /'3000' is no origin/],
    ['amqp://shop.example', 'amqp://127.0.0.1', /not with amqp:/],
    ['http://shop.example', 'amqp://127.0.0.1', /http: or https: only, not to amqp:/],
    ['sb://shop.example', 'http://127.0.0.1', /amqp: or amqps: only, not to http:/],
  ])('from %s to %s is refused', (from, to, why) => {
    expect(readWebhookRoute(from, to)).toMatch(why);
  });
});
