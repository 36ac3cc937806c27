import { describe, expect, it } from '@jest/globals';
import { writeBatch } from './write-batch.js';

const headers = { 'Content-Type': 'application/json; charset=utf-8' };

describe('writeBatch', () => {
  it('writes exactly the documented form, every line ended by CRLF', () => {
    const operations = [
      { path: '/api/data/v9.2/contoso_A?tag=1', headers, body: '{"Amount":1.50}' },
      { path: '/api/data/v9.2/contoso_B?tag=2', headers: { ...headers, traceparent: '00-1-2-01' }, body: '{}' },
    ];
    expect(writeBatch(operations, () => '1')).toEqual({
      contentType: 'multipart/mixed; boundary="batch_1"',
      body: [
        '--batch_1',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        '',
        'POST /api/data/v9.2/contoso_A?tag=1 HTTP/1.1',
        'Content-Type: application/json; charset=utf-8',
        '',
        '{"Amount":1.50}',
        '--batch_1',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        '',
        'POST /api/data/v9.2/contoso_B?tag=2 HTTP/1.1',
        'Content-Type: application/json; charset=utf-8',
        'traceparent: 00-1-2-01',
        '',
        '{}',
        '--batch_1--',
        '',
      ].join('\r\n'),
    });
  });

  it('takes another boundary where an event holds the first', () => {
    const ids = ['1', '2', '3'];
    const bodies = ['{"Text":"--batch_1--"}', '{"Text":"batch_2"}'];
    const operations = bodies.map((body) => ({ path: '/', headers, body }));
    const { contentType, body } = writeBatch(operations, () => ids.shift() ?? '');
    expect(contentType).toBe('multipart/mixed; boundary="batch_3"');
    expect(body.split('--batch_3')).toHaveLength(4);
  });

  it('takes a boundary of its own each time', () => {
    expect(writeBatch([]).contentType).not.toBe(writeBatch([]).contentType);
    expect(writeBatch([]).contentType).toMatch(/^multipart\/mixed; boundary="batch_[0-9a-f-]{36}"$/);
  });
});
