import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readHookAuthWays, readSettings } from '../../src/settings/read-settings.js';
import { faultsOf, REQUIRED } from './support/settings-environment.js';

describe('how Dataverse authenticates at /hooks/dataverse', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hook-auth-'));
    path = join(folder, 'hook-auth.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(value: unknown): void {
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 });
  }

  function read(environment = {}) {
    return readSettings({ ...REQUIRED, HOOK_AUTH_FILE: path, ...environment });
  }

  function detailsOf(environment = {}): readonly string[] {
    return faultsOf({ ...REQUIRED, HOOK_AUTH_FILE: path, ...environment }).map(
      ({ name, detail }) => `${name} ${detail}`,
    );
  }

  it.each([
    [
      { kind: 'http-header', headers: { 'X-Key': 'a', 'x-other': 'b c' } },
      {
        kind: 'http-header',
        headers: [
          { name: 'X-Key', value: 'a' },
          { name: 'x-other', value: 'b c' },
        ],
      },
    ],
    [
      { kind: 'webhook-key', key: 'a+b/c=' },
      { kind: 'webhook-key', key: 'a+b/c=' },
    ],
    [
      { kind: 'query-string', parameters: { sig: 'ä b', sv: '1' } },
      {
        kind: 'query-string',
        parameters: [
          { name: 'sig', value: 'ä b' },
          { name: 'sv', value: '1' },
        ],
      },
    ],
    [{ kind: 'anonymous' }, { kind: 'anonymous' }],
  ])('is said in a file: %j', (way, expected) => {
    write(way);

    expect(read().receipts.hookAuth).toEqual([expected]);
  });

  it('may be several ways at once, in their order, while a secret is rotated', () => {
    write([
      { kind: 'webhook-key', key: 'new' },
      { kind: 'webhook-key', key: 'old' },
    ]);

    expect(read().receipts.hookAuth).toEqual([
      { kind: 'webhook-key', key: 'new' },
      { kind: 'webhook-key', key: 'old' },
    ]);
    expect(readHookAuthWays({ HOOK_AUTH_FILE: path }).hookAuth).toHaveLength(2);
  });

  it('is not asked for where no file is named', () => {
    expect(readSettings(REQUIRED).receipts.hookAuth).toBeNull();
    expect(readHookAuthWays({})).toEqual({ hookAuth: null, warnings: [] });
  });

  it('points to its secrets by file, beside the file itself, and by environment', () => {
    writeFileSync(join(folder, 'shop.key'), 'from-file\r\n');
    write([
      { kind: 'webhook-key', key: { file: 'shop.key' } },
      { kind: 'http-header', headers: { 'x-key': { environment: 'HOOK_KEY' } } },
    ]);

    expect(read({ HOOK_KEY: 'from-environment' }).receipts.hookAuth).toEqual([
      { kind: 'webhook-key', key: 'from-file' },
      { kind: 'http-header', headers: [{ name: 'x-key', value: 'from-environment' }] },
    ]);
  });

  it('is warned about where others can read secrets in its file', () => {
    write({ kind: 'webhook-key', key: 'a-secret-long-enough' });
    expect(read().warnings).toEqual([]);

    chmodSync(path, 0o644);
    expect(read().warnings).toEqual([{ name: 'HOOK_AUTH_FILE', detail: expect.stringContaining('chmod 600') }]);

    write({ kind: 'webhook-key', key: { environment: 'HOOK_KEY' } });
    expect(read({ HOOK_KEY: 'a-secret-long-enough' }).warnings).toEqual([]);
  });

  it.each([
    ['a secret that is guessed', { kind: 'webhook-key', key: 'x' }],
    ['no secret', { kind: 'anonymous' }],
  ])('is warned about where it asks for %s', (_what, way) => {
    write(way);
    const warnings = [{ name: 'HOOK_AUTH_FILE', detail: expect.stringContaining('could confirm') }];
    expect(read().warnings).toEqual(warnings);
    expect(readHookAuthWays({ HOOK_AUTH_FILE: path }).warnings).toEqual(warnings);
  });

  it('tells every fault at once, by its place, and no secret', () => {
    write([
      { kind: 'webhook-key', key: ' marker' },
      { kind: 'http-header', headers: { host: 'marker', 'x-a': 'mar\nker', 'x-b': 7 } },
      { kind: 'query-string', parameters: {} },
      { kind: 'basic', password: 'marker' },
      { kind: 'webhook-key', key: { file: 'missing.key' }, header: 'marker' },
      { kind: 'http-header', headers: { 'x-a': { environment: 'NOT_SET' }, 'x-b': { file: 'a', environment: 'b' } } },
      'marker',
    ]);

    const details = detailsOf();

    expect(details.join('\n')).not.toContain('marker');
    expect(details).toEqual([
      'HOOK_AUTH_FILE names a file whose /0/key must be printable ASCII, 1 to 2048 characters without a space at either end',
      'HOOK_AUTH_FILE names a file whose /1/headers/host is not the name of a header, or of one that Dataverse itself sends',
      expect.stringContaining('/1/headers/x-a must be'),
      expect.stringContaining('/1/headers/x-b must be a text, { "file": a path } or { "environment": a name }'),
      expect.stringContaining('/2/parameters must name at least one parameter'),
      expect.stringContaining('/3/kind must be http-header, webhook-key, query-string, anonymous'),
      expect.stringContaining('/4/key/file names a file that cannot be read (ENOENT)'),
      expect.stringContaining('/4/header is not a known property'),
      expect.stringContaining('/5/headers/x-a/environment names an environment variable that is not set, or empty'),
      expect.stringContaining('/5/headers/x-b must be a text'),
      expect.stringContaining('/6 must be an object'),
    ]);
  });

  it.each<readonly [string, unknown, RegExp]>([
    ['no JSON', '{ "kind": "webhook-key", "key": "marker"', /names a file that is not valid JSON/],
    ['a comma too many', '{ "kind": "webhook-key", "key": "marker", }', /names a file that is not valid JSON/],
    ['nothing', '', /names a file that is empty/],
    ['a text alone', '"marker"', /must be a JSON object, or a list of them/],
    ['an empty list', [], /at least one way/],
    ['too many ways', Array.from({ length: 11 }, () => ({ kind: 'webhook-key', key: 'a' })), /at most 10 ways/],
    ['anonymous beside a secret', [{ kind: 'anonymous' }, { kind: 'webhook-key', key: 'a' }], /lets in whoever calls/],
    ['an empty secret', { kind: 'webhook-key', key: '' }, /1 to 2048 characters/],
    ['a secret too long for Dataverse', { kind: 'webhook-key', key: 'a'.repeat(2049) }, /1 to 2048 characters/],
  ])('is refused where the file holds %s', (_what, value, expected) => {
    write(value);

    const [detail = '', ...others] = detailsOf();

    expect(others).toEqual([]);
    expect(detail).toMatch(expected);
    expect(detail).not.toContain('marker');
  });

  it('is refused where the file is not there', () => {
    expect(detailsOf()).toEqual(['HOOK_AUTH_FILE names a file that cannot be read (ENOENT)']);
    expect(() => readHookAuthWays({ HOOK_AUTH_FILE: path })).toThrow(/ENOENT/);
  });
});
