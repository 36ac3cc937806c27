import { describe, expect, it } from '@jest/globals';
import { requestFault } from './request-fault.js';

/** The head of a request as Node hands it on: the first of two like names counts. */
function head(lines: readonly (readonly [string, string])[], url = '/v1/events', httpVersion = '1.1') {
  const headers = Object.fromEntries([...lines].reverse().map(([name, value]) => [name.toLowerCase(), value]));
  return { headers, rawHeaders: lines.flat(), url, httpVersion };
}

const HOST = ['Host', 'gateway.example'] as const;

describe('the head of a request', () => {
  it.each([
    ['with a host', head([HOST])],
    ['with a port', head([['Host', 'gateway.example:3000']])],
    ['with an address', head([['HOST', '[::1]:3000']])],
    ['with an empty host', head([['Host', '']])],
    ['without a host, of HTTP/1.0', head([], '/', '1.0')],
    ['with chunks', head([HOST, ['Transfer-Encoding', 'Chunked']])],
    ['with a header twice that may be', head([HOST, ['Prefer', 'a'], ['Prefer', 'b']])],
    ['with each header once', head([HOST, ['Authorization', 'x'], ['X-API-Key', 'y'], ['Content-Type', 'z']])],
    ['with escapes in the query', head([HOST], '/v1/events?key=%C3%A4%20b&from=2026-11-22T10:00:00%2B01:00')],
    ['with an escape in the path, which the router judges', head([HOST], '/v1/%zz')],
    ['with an absolute target', head([HOST], 'http://other/v1/events')],
  ])('is read %s', (_what, request) => {
    expect(requestFault(request)).toBeNull();
  });

  it.each([
    ['no host', head([]), 'The Host header is missing.'],
    ['a host with a space', head([['Host', 'a b']]), 'The Host header names no host.'],
    ['a host with a path', head([['Host', 'a/b']]), 'The Host header names no host.'],
    ['two hosts', head([HOST, ['hOst', 'other']]), 'The host header is given more than once.'],
    ['two hosts alike', head([HOST, HOST]), 'The host header is given more than once.'],
    ['two keys', head([HOST, ['X-API-Key', 'a'], ['x-api-key', 'b']]), 'The x-api-key header is given more than once.'],
    [
      'two authorizations',
      head([HOST, ['Authorization', 'Bearer a'], ['A', 'b'], ['Authorization', 'Bearer b']]),
      'The authorization header is given more than once.',
    ],
    [
      'two content types',
      head([HOST, ['Content-Type', 'application/json'], ['Content-Type', 'text/plain']]),
      'The content-type header is given more than once.',
    ],
    [
      'a compressed transfer',
      head([HOST, ['Transfer-Encoding', 'gzip, chunked']]),
      'The only Transfer-Encoding is chunked.',
    ],
    ['chunks of HTTP/1.0', head([['Transfer-Encoding', 'chunked']], '/', '1.0'), 'HTTP/1.0 has no Transfer-Encoding.'],
    ['a version that is another protocol', head([HOST], '/', '2.0'), expect.stringContaining('versions of HTTP')],
    ['no version', head([], '/', '0.9'), expect.stringContaining('versions of HTTP')],
    ['a fragment', head([HOST], '/v1/events#x'), 'A request has no fragment.'],
    ['an escape that is none', head([HOST], '/v1/events?key=%zz'), expect.stringContaining('The query has an escape')],
    ['half an escape', head([HOST], '/v1/events?key=%'), expect.stringContaining('The query has an escape')],
    ['Latin-1', head([HOST], '/v1/events?key=%E4'), expect.stringContaining('not UTF-8')],
    ['an overlong slash', head([HOST], '/v1/events?key=%C0%AF'), expect.stringContaining('not UTF-8')],
  ])('is refused with %s', (_what, request, fault) => {
    expect(requestFault(request)).toEqual(fault);
  });
});
