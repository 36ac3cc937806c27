import { describe, expect, it } from '@jest/globals';
import { HOW, queueBody, seededTables, webhookBody } from './support/seeded-tables.js';

const SETTINGS = '<settings><setting name="x-api-key" value="a&amp;b"/><setting name="y" value=""/></settings>';

describe('a webhook', () => {
  const urls: readonly (readonly [string | null, boolean])[] = [
    ['https://listener.example/events', true],
    ['https://listener.example:443/events', true],
    ['http://listener.example/events', true],
    ['http://listener.example:80/events?a=b', true],
    ['https://listener.example:8443/events', false],
    ['http://listener.example:443/events', false],
    ['ftp://listener.example/events', false],
    ['listener.example', false],
    ['', false],
    [null, false],
  ];
  it.each(urls)('at %s: taken %s', (url, taken) => {
    expect(seededTables().create('serviceendpoint', webhookBody({ url }), HOW)).toMatchObject(
      taken ? { kind: 'done' } : { kind: 'refused', status: 400, code: '0x80040203' },
    );
  });

  const authentication: readonly (readonly [number | null, string | null, string | null])[] = [
    [4, 'code', null],
    [5, SETTINGS, null],
    [6, SETTINGS, null],
    [5, '<settings></settings>', null],
    [5, '<settings><setting name="a" value="b"></setting></settings>', null],
    [5, 'x-api-key: a', '0x80050203'],
    [5, null, '0x80050203'],
    [5, '<settings><setting name="a" value="a & b"/></settings>', '0x80050203'],
    [5, '<settings><setting name="a"/></settings>', '0x80050203'],
    [6, '<settings><setting name="a" value="b"/>', '0x80050204'],
    [5, '<settings><setting name="a" value="&#x1F600;&#65;"/></settings>', null],
    [5, '<settings><setting name="a" value="&#x110000;"/></settings>', '0x80050203'],
    [6, '<settings><setting name="a" value="&#0;"/></settings>', '0x80050204'],
    [6, '<other/>', '0x80050204'],
    [1, 'x', '0x80040203'],
    [2, 'x', '0x80040203'],
    [null, 'x', '0x80040203'],
  ];
  it.each(authentication)('of authtype %j with %j: %s', (authtype, authvalue, code) => {
    expect(seededTables().create('serviceendpoint', webhookBody({ authtype, authvalue }), HOW)).toMatchObject(
      code === null ? { kind: 'done' } : { kind: 'refused', status: 400, code },
    );
  });

  it('never has its secret in what it is refused with', () => {
    const result = seededTables().create('serviceendpoint', webhookBody({ authtype: 5, authvalue: 'S3CRET' }), HOW);
    expect(JSON.stringify(result)).not.toContain('S3CRET');
  });
});

describe('a service bus endpoint', () => {
  const bodies: readonly (readonly [string, Record<string, unknown>, string | null])[] = [
    ['a queue', {}, null],
    ['a topic', { contract: 5 }, null],
    ['an Event Hub in JSON', { contract: 7, messageformat: 2 }, null],
    ['an Event Hub in XML', { contract: 7, messageformat: 3 }, null],
    ['an Event Hub in binary', { contract: 7, messageformat: 1 }, '0x80040203'],
    ['an Event Hub without format', { contract: 7, messageformat: null }, '0x80040203'],
    ['with a token', { authtype: 3, saskeyname: null, saskey: null, sastoken: 'token' }, null],
    ['with a namespace by name', { namespaceaddress: null, solutionnamespace: 'contoso', namespaceformat: 1 }, null],
    ['without namespace', { namespaceaddress: null }, '0x80040203'],
    ['without path', { path: null }, '0x80040203'],
    ['without key', { saskey: null }, '0x80040203'],
    ['without name of the key', { saskeyname: null }, '0x80040203'],
    ['without token', { authtype: 3 }, '0x80040203'],
    ['with ACS', { authtype: 1 }, '0x80050209'],
    ['with a header', { authtype: 5 }, '0x80040203'],
    ['without contract', { contract: null }, '0x80040203'],
    ['with an unknown contract', { contract: 11 }, '0x8004431a'],
  ];
  it.each(bodies)('%s', (_case, more, code) => {
    expect(seededTables().create('serviceendpoint', queueBody(more), HOW)).toMatchObject(
      code === null ? { kind: 'done' } : { kind: 'refused', status: 400, code },
    );
  });

  it('keeps its key where an update does not name it', () => {
    const tables = seededTables();
    const result = tables.create('serviceendpoint', queueBody(), HOW);
    const id = result.kind === 'done' ? result.id : '';
    expect(tables.update(['serviceendpoint', id], { path: 'other' }, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.find('serviceendpoint', id)).toMatchObject({ path: 'other', saskey: 'secret', issaskeyset: true });
  });
});
