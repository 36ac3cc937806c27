import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GrowingBuffer } from './growing-buffer.js';

describe('a growing buffer', () => {
  it('holds what was added, in order, and leaves the pieces as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (pieces) => {
        const buffers = pieces.map((piece) => Buffer.from(piece));
        const growing = new GrowingBuffer();
        for (const buffer of buffers) growing.add(buffer);
        expect(growing.bytes).toEqual(Buffer.concat(buffers));
        expect(growing.length).toBe(growing.bytes.length);
        expect(buffers).toEqual(pieces.map((piece) => Buffer.from(piece)));
      }),
    );
  });

  it('costs no more memory than bytes do, though they come one by one', () => {
    const growing = new GrowingBuffer();
    for (let n = 0; n < 64 * 1024; n++) growing.add(Buffer.from('x'));
    expect(growing.bytes.buffer.byteLength).toBe(64 * 1024);
  });
});
