import { describe, expect, it } from '@jest/globals';
import { cursorOf, readCursor } from './cursor.js';

describe('a cursor', () => {
  it.each([[1], [42], [4711], [Number.MAX_SAFE_INTEGER]])('brings %i back', (sequence) => {
    expect(readCursor(cursorOf(sequence), '')).toEqual({ kind: 'read', value: sequence });
  });

  it.each([
    ['nothing', ''],
    ['another spelling of one', `${cursorOf(4711)}=`],
    ['a zero', Buffer.from('0').toString('base64url')],
    ['a leading zero', Buffer.from('07').toString('base64url')],
    ['a negative number', Buffer.from('-7').toString('base64url')],
    ['what is no number', Buffer.from('1e3').toString('base64url')],
    ['a number beyond every sequence', Buffer.from('9'.repeat(17)).toString('base64url')],
    ['two numbers', Buffer.from('1 2').toString('base64url')],
    ['the bare number', '4711'],
    ['no text', 4711],
  ])('is not %s', (_what, text) => {
    expect(readCursor(text, '/cursor')).toMatchObject({ kind: 'refused', faults: [{ pointer: '/cursor' }] });
  });
});
