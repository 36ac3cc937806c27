import { describe, expect, it } from '@jest/globals';
import { TurnMemory } from './turn-memory.js';

describe('the memory of turns', () => {
  it('knows of nobody before anybody was served', () => {
    expect(new TurnMemory().lastServed(['T'], false)).toBe('');
  });

  it('knows who was served last, in whatever order the types are named', () => {
    const turns = new TurnMemory();
    turns.remember(['T', 'U'], false, 'a');
    turns.remember(['U', 'T'], false, 'b');
    expect(turns.lastServed(['T', 'U'], false)).toBe('b');
  });

  it('keeps other types, and replayed events, apart', () => {
    const turns = new TurnMemory();
    turns.remember(['T'], false, 'a');
    expect(turns.lastServed(['U'], false)).toBe('');
    expect(turns.lastServed(['T'], true)).toBe('');
    turns.remember(['Sale', 'Return'], false, 'b');
    expect(turns.lastServed(['ReturnSale'], false)).toBe('');
  });
});
