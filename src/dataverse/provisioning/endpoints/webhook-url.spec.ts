import { describe, expect, it } from '@jest/globals';
import { isWebhookUrl } from './webhook-url.js';

describe('the address of a webhook', () => {
  it.each([
    'https://a.example.com',
    'https://a.example.com/',
    'https://a.example.com:443/events',
    'http://a.example.com:80/events',
    'HTTPS://A.EXAMPLE.COM/Events%20of%20ours',
    'https://käse.example.com/',
    'https://[2001:db8::1]/',
    `https://a.example.com/${'x'.repeat(1978)}`,
  ])('may be %s', (url) => {
    expect(isWebhookUrl(url)).toBe(true);
  });

  it.each([
    '',
    'a.example.com',
    '//a.example.com/',
    'ftp://a.example.com/',
    'javascript:alert(1)',
    'https://',
    'https://a.example.com:80/',
    'http://a.example.com:443/',
    'https://a.example.com:8443/',
    'https://user@a.example.com/',
    'https://:key@a.example.com/',
    'https://a.example.com/?',
    'https://a.example.com/?code=x',
    'https://a.example.com/#x',
    'https://a.example.com/a b',
    'https://a.example.com\\b',
    'https://a.example.com/\n',
    `https://a.example.com/${'x'.repeat(1979)}`,
  ])('may not be %j', (url) => {
    expect(isWebhookUrl(url)).toBe(false);
  });
});
