import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunks, MAX_BYTES, MAX_ITEMS } from '../../../clients/typescript/src/chunks.js';

async function lengthsOf(events: Iterable<object> | AsyncIterable<object>): Promise<readonly number[]> {
  return (await allChunks(events)).map(({ length }) => length);
}

async function allChunks(events: Iterable<object> | AsyncIterable<object>): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for await (const chunk of chunks(events)) all.push(chunk);
  return all;
}

describe('events cut into requests', () => {
  it('are none for none, and full ones with a rest for many', async () => {
    expect(await lengthsOf([])).toEqual([]);
    const many = Array.from({ length: 2 * MAX_ITEMS + 1 }, (_, n) => ({ n }));
    expect(await lengthsOf(many)).toEqual([MAX_ITEMS, MAX_ITEMS, 1]);
  });

  it('stay below the bytes of a request, counted as they are sent', async () => {
    const large = { text: 'ü'.repeat(MAX_BYTES / 8) };
    expect(await lengthsOf([large, large, large, large, large])).toEqual([3, 2]);
  });

  it('go alone where one is larger than a request: the gateway says what is wrong with it', async () => {
    expect(await lengthsOf([{ text: 'x'.repeat(MAX_BYTES) }, {}])).toEqual([1, 1]);
  });

  it('are read only as far as they are asked for', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield { read };
      }
    }
    for await (const chunk of chunks(endless())) {
      expect(chunk).toHaveLength(MAX_ITEMS);
      break;
    }
    expect(read).toBe(MAX_ITEMS + 1);
  });

  it('are all there, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text: fc.string({ unit: 'binary' }) })), async (events) => {
        const sent = (await allChunks(events)).flat();
        expect(sent).toEqual(events.map((event) => JSON.stringify(event)));
      }),
    );
  });
});
