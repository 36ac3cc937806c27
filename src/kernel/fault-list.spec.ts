import { describe, expect, it } from '@jest/globals';
import { FaultList, toldOf } from './fault-list.js';

function listOf(count: number, pointer: string): FaultList {
  const list = new FaultList();
  for (let index = 0; index < count; index++) list.add(pointer, 'is wrong');
  return list;
}

describe('a list of faults', () => {
  it.each([
    [0, '/a', 0, 0],
    [100, '/a', 100, 100],
    [101, '/a', 101, 100],
    [5_000, '/a', 101, 100],
    [4, `/${'a'.repeat(8_000)}`, 3, 2],
    [4, `/${'a'.repeat(60_000)}`, 1, 1],
  ])('of %d keeps what is told and one more', (count, pointer, kept, told) => {
    const { faults, isFull } = listOf(count, pointer);
    expect([faults.length, toldOf(faults).length]).toEqual([kept, told]);
    expect(isFull).toBe(kept > told || pointer.length > 16_384);
  });

  it('tells the first', () => {
    const list = new FaultList();
    for (let index = 0; index < 200; index++) list.add(`/${index}`, 'is wrong');
    expect(toldOf(list.faults).map(({ pointer }) => pointer)).toEqual(
      Array.from({ length: 100 }, (_, index) => `/${index}`),
    );
  });
});
