import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEndpointsFile } from '../../src/cli/endpoints/read-endpoints-file.js';
import { webhookAuthentication } from '../../src/cli/endpoints/webhook-authentication.js';
import { authSettingsOf } from '../../src/dataverse/provisioning/endpoints/auth-settings.js';
import { readHookAuth } from '../../src/settings/hook-auth.js';

const ENVIRONMENT = { KEY: 'from-the-environment', EMPTY: '' };
const IN_HOOK_AUTH_FILE = /^names a file whose (.*)$/;
const IN_ENDPOINTS_FILE = /^ {2}\/0\/authentication(.*)$/;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authentication-'));
  writeFileSync(join(folder, 'shop.key'), 'from-a-file\n');
  writeFileSync(join(folder, 'empty.key'), '\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const path = join(folder, 'authentication.json');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function hookAuth(way: string) {
  return readHookAuth(written(way), ENVIRONMENT);
}

function endpoints(way: string) {
  const webhook = `"name": "Shop", "kind": "webhook", "url": "https://shop.example.com/", "events": ["*"]`;
  const path = written(`[{ ${webhook}, "authentication": ${way} }]`);
  return readEndpointsFile(path, { types: [], environment: ENVIRONMENT });
}

/** Pointer and detail of each fault, by what a message puts around it. */
function faultsOf(lines: readonly string[], form: RegExp): readonly string[] {
  return lines.flatMap((line) => form.exec(line)?.[1] ?? []);
}

function faultsInEndpointsFile(way: string): readonly string[] {
  try {
    endpoints(way);
    return [];
  } catch (error) {
    return faultsOf(String(error).split('\n'), IN_ENDPOINTS_FILE);
  }
}

function faultsInHookAuthFile(way: string): readonly string[] {
  return faultsOf(
    hookAuth(way).faults.map(({ detail }) => detail),
    IN_HOOK_AUTH_FILE,
  );
}

describe('how Dataverse authenticates, said in HOOK_AUTH_FILE and in an endpoints file', () => {
  it.each([
    '{"kind":"http-header","headers":{"X-Key":"a","x-other":"b c"}}',
    '{"kind":"webhook-key","key":{"file":"shop.key"}}',
    '{"kind":"query-string","parameters":{"sig":{"environment":"KEY"},"sv":"ä b"}}',
    '{"kind":"anonymous"}',
  ])('means the same in both: %s', (way) => {
    const [own] = hookAuth(way).hookAuth ?? [];
    const [endpoint] = endpoints(way).endpoints;

    if (own === undefined || endpoint?.target.kind !== 'webhook') throw new Error('not read');
    const settings = authSettingsOf(webhookAuthentication(own));
    const wished = authSettingsOf(endpoint.target.authentication);
    expect([settings.authtype, settings.authvalue.reveal()]).toEqual([wished.authtype, wished.authvalue.reveal()]);
  });

  it.each([
    ['a header twice', '{"kind":"http-header","headers":{"x-key":"old","x-key":"new"}}', '/headers/x-key appears more'],
    ['a kind twice', '{"kind":"anonymous","kind":"webhook-key","key":"a"}', '/kind appears more than once'],
    ['a key twice', '{"kind":"webhook-key","key":"a","key":"b"}', '/key appears more than once'],
    ['a header in two cases', '{"kind":"http-header","headers":{"x-key":"a","X-Key":"b"}}', '/headers must not name'],
    ['a cookie', '{"kind":"http-header","headers":{"Cookie":"a"}}', '/headers/Cookie is not the name of a header'],
    ['no header', '{"kind":"http-header","headers":{}}', '/headers must name at least one header'],
    ['no parameter', '{"kind":"query-string","parameters":{}}', '/parameters must name at least one parameter'],
    ['a parameter with a space', '{"kind":"query-string","parameters":{"a b":"c"}}', '/parameters/a b is not the name'],
    ['a list of headers', '{"kind":"http-header","headers":["x-key"]}', '/headers must be an object'],
    ['no key', '{"kind":"webhook-key"}', '/key is required'],
    ['another member', '{"kind":"anonymous","key":"a"}', '/key is not a known property'],
    ['another kind', '{"kind":"basic"}', '/kind must be http-header, webhook-key'],
    ['an empty secret', '{"kind":"webhook-key","key":""}', '/key must be printable ASCII'],
    ['too long a secret', `{"kind":"webhook-key","key":"${'a'.repeat(2049)}"}`, '/key must be printable ASCII'],
    ['an empty file', '{"kind":"webhook-key","key":{"file":"empty.key"}}', '/key/file names a file that is empty'],
    [
      'no file',
      '{"kind":"webhook-key","key":{"file":"no.key"}}',
      '/key/file names a file that cannot be read (ENOENT)',
    ],
    ['an empty variable', '{"kind":"webhook-key","key":{"environment":"EMPTY"}}', '/key/environment names an env'],
    ['two places', '{"kind":"webhook-key","key":{"file":"shop.key","environment":"KEY"}}', '/key must be a text, {'],
    ['a control character', '{"kind":"query-string","parameters":{"a":"b\\u0007"}}', '/parameters/a must be a text of'],
  ])('is refused in both, in the same words, with %s', (_what, way, expected) => {
    const faults = faultsInHookAuthFile(way);

    expect(faults).toEqual([expect.stringContaining(expected)]);
    expect(faultsInEndpointsFile(way)).toEqual(faults);
  });
});
