import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndpointsFile, readEndpointsFile } from '../../src/cli/endpoints/read-endpoints-file.js';
import { authSettingsOf } from '../../src/dataverse/provisioning/endpoints/auth-settings.js';

const WEBHOOK = {
  name: 'Warehouse',
  kind: 'webhook',
  url: 'https://warehouse.example.com/events',
  authentication: { kind: 'anonymous' },
  events: ['*'],
};
const HUB = {
  name: 'Lake',
  kind: 'event-hub',
  namespaceAddress: 'sb://contoso.servicebus.windows.net',
  path: 'events',
  sasKeyName: 'send',
  sasKey: 'c2VjcmV0LWtleQ==',
  events: ['CustomerPurchase'],
};

describe('an endpoints file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'endpoints-'));
    writeFileSync(join(folder, 'key'), 'from-a-file\n');
    writeFileSync(join(folder, 'empty'), '\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function read(content: unknown, mode = 0o600): EndpointsFile {
    const path = join(folder, 'endpoints.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    chmodSync(path, mode);
    const environment = { KEY: 'from-the-environment', EMPTY: '' };
    return readEndpointsFile(path, { types: ['CustomerPurchase', 'VendorPaymentPosted.v2'], environment });
  }

  function refusal(content: unknown): string {
    try {
      read(content);
    } catch (error) {
      return String(error);
    }
    throw new Error('the file was taken');
  }

  it('gives endpoints with their defaults', () => {
    expect(read([WEBHOOK, HUB]).endpoints).toMatchObject([
      { name: 'Warehouse', description: null, events: '*', rank: 1, target: { kind: 'webhook', url: WEBHOOK.url } },
      {
        name: 'Lake',
        events: ['CustomerPurchase'],
        target: { namespaceAddress: 'sb://contoso.servicebus.windows.net/', format: 'json', userClaim: 'none' },
      },
    ]);
  });

  it.each([
    ['itself', 'in-the-file', 'in-the-file'],
    ['another file beside it', { file: 'key' }, 'from-a-file'],
    ['the environment', { environment: 'KEY' }, 'from-the-environment'],
  ])('takes a secret from %s', (_from, key, expected) => {
    const [endpoint] = read([{ ...WEBHOOK, authentication: { kind: 'webhook-key', key } }]).endpoints;
    if (endpoint?.target.kind !== 'webhook') throw new Error('no webhook');
    expect(authSettingsOf(endpoint.target.authentication).authvalue.reveal()).toBe(expected);
    expect(JSON.stringify(endpoint)).not.toContain(expected);
  });

  describe('is refused', () => {
    const headers = (pairs: unknown) => [{ ...WEBHOOK, authentication: { kind: 'http-header', headers: pairs } }];
    const keyed = (key: unknown) => [{ ...WEBHOOK, authentication: { kind: 'webhook-key', key } }];
    it.each<[string, unknown, string]>([
      ['where it is no JSON', '[{]', '  It is not valid JSON'],
      ['where it is empty', '', '  It is empty'],
      ['where it is no list', WEBHOOK, '  It must be a list'],
      ['with a member twice', '[{"name":"a","name":"b"}]', '/0/name'],
      ['with an unknown member', [{ ...WEBHOOK, mode: 'synchronous' }], '/0/mode is not a known property'],
      ['with an unknown kind', [{ ...WEBHOOK, kind: 'ftp' }], '/0/kind must be webhook, service-bus-queue'],
      ['without a url', [{ ...WEBHOOK, url: undefined }], '/0/url is required'],
      [
        'on another port',
        [{ ...WEBHOOK, url: 'https://a.example.com:8443/' }],
        '/0/url must be an http address on port',
      ],
      ['with https on port 80', [{ ...WEBHOOK, url: 'https://a.example.com:80/' }], '/0/url must be'],
      ['with a key in the address', [{ ...WEBHOOK, url: 'https://a.example.com/?code=hunter2' }], '/0/url must be'],
      ['with credentials in the address', [{ ...WEBHOOK, url: 'https://u:hunter2@a.example.com/' }], '/0/url must be'],
      ['with a relative address', [{ ...WEBHOOK, url: '/events' }], '/0/url must be'],
      ['with an unknown event', [{ ...WEBHOOK, events: ['Nothing'] }], '/0/events/0 must be "*" or an event type'],
      ['with all events and one', [{ ...WEBHOOK, events: ['*', 'CustomerPurchase'] }], '/0/events must be ["*"] alone'],
      ['with rank 0', [{ ...WEBHOOK, rank: 0 }], '/0/rank must be a whole number from 1'],
      ['with a name of 101 characters', [{ ...WEBHOOK, name: 'x'.repeat(101) }], '/0/name must be'],
      ['with two of one name', [WEBHOOK, { ...HUB, name: 'WAREHOUSE' }], '/1/name is the name of another'],
      ['without a header', headers({}), '/0/authentication/headers must name at least one header'],
      ['with a header of HTTP', headers({ Host: 'a' }), '/0/authentication/headers/Host is not the name of a header'],
      ['with a header of Dataverse', headers({ 'x-ms-dynamics-organization': 'a' }), 'or of one that Dataverse itself'],
      ['with no header name', headers({ 'x key': 'a' }), '/headers/x key is not the name of a header'],
      ['with a header twice', headers({ 'x-key': 'a', 'X-Key': 'b' }), 'must not name a header twice'],
      [
        'with a line break in a header',
        headers({ 'x-key': 'hunter2\r\nx-other: 1' }),
        '/x-key must be printable ASCII',
      ],
      ['with a key that is too long', keyed('x'.repeat(2049)), '/0/authentication/key must be printable'],
      ['with a header that is too long', headers({ k: '&'.repeat(500) }), 'comes to 2549 characters'],
      ['with an empty secret', keyed(''), '/0/authentication/key must be printable'],
      ['with a number for a secret', keyed(7), '/0/authentication/key must be a text, {'],
      ['with a secret from two places', keyed({ file: 'key', environment: 'KEY' }), '/0/authentication/key must be'],
      ['with a secret from nowhere', keyed({}), '/0/authentication/key must be'],
      ['with a secret in no file', keyed({ file: 'none' }), '/key/file names a file that cannot be read (ENOENT)'],
      ['with a secret in a folder', keyed({ file: '.' }), '/key/file names a file that cannot be read (EISDIR)'],
      ['with a secret in an empty file', keyed({ file: 'empty' }), '/key/file names a file that is empty'],
      [
        'with a secret in no variable',
        keyed({ environment: 'NONE' }),
        '/key/environment names an environment variable',
      ],
      ['with a secret in an empty variable', keyed({ environment: 'EMPTY' }), '/key/environment names an environment'],
      ['with a hub that takes binary', [{ ...HUB, format: 'binary' }], '/0/format must be "json" or "xml"'],
      [
        'with a namespace over https',
        [{ ...HUB, namespaceAddress: 'https://a.b.net/' }],
        '/0/namespaceAddress must be',
      ],
      ['with a key that has a space', [{ ...HUB, sasKey: 'a b' }], '/0/sasKey must be a shared access key'],
      [
        'with a connection string for a key',
        [{ ...HUB, sasKey: 'Endpoint=sb://a.b.net/;SharedAccessKey=hunter2' }],
        '/0/sasKey must be a shared access key',
      ],
    ])('%s', (_case, content, expected) => {
      expect(refusal(content)).toContain(expected);
      expect(refusal(content)).not.toContain('hunter2');
    });

    it('with every fault at once', () => {
      const message = refusal([
        { ...WEBHOOK, url: 'ftp://x', rank: 0 },
        { ...HUB, path: '' },
      ]);
      expect(message).toMatch(/\/0\/url must.*\/0\/rank must.*\/1\/path must/s);
    });

    it('where it is not there', () => {
      const path = join(folder, 'nowhere.json');
      expect(() => readEndpointsFile(path, { types: [], environment: {} })).toThrow('cannot be read (ENOENT)');
    });
  });

  describe('is warned about', () => {
    const keyed = { ...WEBHOOK, authentication: { kind: 'webhook-key', key: 'in-the-file' } };
    it.each<[string, unknown, number, readonly RegExp[]]>([
      ['secrets of its own that others can read', keyed, 0o640, [/chmod 600/]],
      ['an address over http', { ...keyed, url: 'http://a.example.com/' }, 0o600, [/travel in the clear/]],
      ['an address nobody outside reaches', { ...keyed, url: 'https://localhost/' }, 0o600, [/public addresses only/]],
      ['an endpoint without authentication', WEBHOOK, 0o644, [/authenticates nobody/]],
    ])('%s', (_what, endpoint, mode, expected) => {
      expect(read([endpoint], mode).warnings).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    });

    it('two that have one address', () => {
      const { warnings } = read([WEBHOOK, { ...WEBHOOK, name: 'Twin' }]);
      expect(warnings).toContainEqual(expect.stringMatching(/'Twin' have one address/));
    });

    it('nothing, where secrets are elsewhere', () => {
      const key = { environment: 'KEY' };
      expect(read([{ ...WEBHOOK, authentication: { kind: 'webhook-key', key } }], 0o644).warnings).toEqual([]);
    });
  });
});
