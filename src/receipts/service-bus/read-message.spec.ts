import { describe, expect, it } from '@jest/globals';
import { CONTEXT_BYTES } from '../context-limit.js';
import { readMessage } from './read-message.js';

const CONTEXT = '{"MessageName":"contoso_CustomerPurchase","Größe":1.10}';
const TEXT = { kind: 'text', body: CONTEXT, stripped: false };

describe('readMessage', () => {
  it.each<readonly [string, unknown]>([
    ['a Buffer', Buffer.from(CONTEXT)],
    ['a Buffer with a byte order mark', Buffer.from(`\uFEFF${CONTEXT}`)],
    ['pieces, cut within a letter', [Buffer.from(CONTEXT).subarray(0, 46), Buffer.from(CONTEXT).subarray(46)]],
    ['a string', CONTEXT],
  ])('takes the text as it stands of %s', (_what, body) => {
    expect(readMessage({ body, contentType: 'application/json' })).toEqual(TEXT);
  });

  it('writes out what was parsed already', () => {
    expect(readMessage({ body: { MessageName: 'x' } })).toEqual({
      kind: 'text',
      body: '{"MessageName":"x"}',
      stripped: false,
    });
  });

  it.each([undefined, 'application/json', 'application/json; charset=utf-8', 'text/plain', 7, ['x']])(
    'does not mind the content type %s',
    (contentType) => {
      expect(readMessage({ body: Buffer.from(CONTEXT), contentType })).toEqual(TEXT);
    },
  );

  it.each([
    ['MessageMaxSizeExceeded', true],
    ['http://schemas.microsoft.com/xrm/2011/Claims/MessageMaxSizeExceeded', true],
    ['x-ms-dynamics-msg-size-exceeded', true],
    ['http://schemas.microsoft.com/xrm/2011/Claims/RequestName', false],
    ['NoMessageMaxSizeExceeded', false],
  ])('finds out from the property %s whether content was removed: %s', (name, stripped) => {
    expect(readMessage({ body: CONTEXT, applicationProperties: { [name]: true } })).toMatchObject({ stripped });
  });

  it.each<readonly [string, unknown, unknown]>([
    ['application/msbin1', 'application/msbin1', Buffer.from(CONTEXT)],
    ['application/xml', 'Application/XML; charset=utf-8', Buffer.from(CONTEXT)],
    ['text/xml', 'text/xml', Buffer.from(CONTEXT)],
    ['an XML document', 'application/json', Buffer.from('<a/>')],
    ['a string in binary XML', undefined, Buffer.from('@\u0006string\b3http://schemas.microsoft.com/')],
  ])('knows %s for a format that is not read here', (_what, contentType, body) => {
    const read = readMessage({ body, contentType });
    expect(read).toMatchObject({ kind: 'unusable', reason: 'unsupported-format' });
  });

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a number', 7],
    ['a list of no pieces', []],
    ['a list of values', ['a', 1]],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['what JSON cannot say', { id: 1n }],
  ])('cannot read %s', (_what, body) => {
    expect(readMessage({ body })).toMatchObject({ kind: 'unusable', reason: 'unreadable' });
  });

  it('reads no more than the limit', () => {
    expect(readMessage({ body: Buffer.alloc(CONTEXT_BYTES, ' ') }).kind).toBe('text');
    expect(readMessage({ body: Buffer.alloc(CONTEXT_BYTES + 1, ' ') })).toMatchObject({ reason: 'too-large' });
  });

  it('echoes nothing of what it cannot read', () => {
    expect(JSON.stringify(readMessage({ body: Buffer.from('<secret/>') }))).not.toContain('secret');
  });
});
