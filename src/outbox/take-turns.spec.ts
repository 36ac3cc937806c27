import { describe, expect, it } from '@jest/globals';
import { type DueEvent, takeTurns } from './take-turns.js';

describe('taking turns', () => {
  it.each<[string, string, string, number, string]>([
    ['nothing due', '', '', 5, ''],
    ['no room', 'a1 b2', '', 0, ''],
    ['one client, the longest due first', 'a3 a1 a2', '', 9, 'a1 a2 a3'],
    ['two clients, one each', 'a1 a2 a3 b4 b5', '', 9, 'a1 b4 a2 b5 a3'],
    ['beginning behind the one served last', 'a1 b2 c3', 'a', 9, 'b2 c3 a1'],
    ['beginning again after the last of all', 'a1 b2', 'b', 9, 'a1 b2'],
    ['behind one that has nothing due any more', 'a1 c2', 'b', 9, 'c2 a1'],
    ['by name, whoever has waited longest', 'c1 a2 b3', '', 9, 'a2 b3 c1'],
    ['one each to all of them, to those behind the last one too', 'a1 a5 b2 b3 b4', 'a', 9, 'b2 a1 b3 a5 b4'],
    ['as many as there is room for', 'a1 a2 b3 b4', '', 3, 'a1 b3 a2'],
  ])('%s', (_, due, after, limit, expected) => {
    const ofType = new Map([['T', 99]]);
    expect(shown(takeTurns(events(due, 'T'), { after, limit, ofType }))).toBe(expected);
  });

  it('gives the longest due first by sequence where the instants are the same', () => {
    const due = [2, 1, 3].map((sequence) => ({ sequence, type: 'T', client: 'a', availableAt: 5 }));
    const taken = takeTurns(due, { after: '', limit: 9, ofType: new Map([['T', 9]]) });
    expect(taken.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('keeps to the limit of each type and goes on with the others', () => {
    const due = [...events('a1 a2 b3', 'T'), ...events('a4 b5', 'U')];
    const ofType = new Map([
      ['T', 1],
      ['U', 9],
    ]);
    expect(shown(takeTurns(due, { after: '', limit: 9, ofType }))).toBe('a1 b5 a4');
  });

  it('hands out nothing of a type that is not wanted', () => {
    const ofType = new Map([['T', 9]]);
    expect(takeTurns(events('a1 b2', 'U'), { after: '', limit: 9, ofType })).toEqual([]);
    expect(shown(takeTurns([...events('a1 b2', 'U'), ...events('b3', 'T')], { after: '', limit: 9, ofType }))).toBe(
      'b3',
    );
  });

  it('lets a client wait for one event of each other client at most', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => `a${n + 1}`).join(' ');
    const taken = takeTurns(events(`${hundred} z200`, 'T'), { after: 'a', limit: 9, ofType: new Map([['T', 99]]) });
    expect(taken[0]?.client).toBe('z');
  });

  /** `a3`: of client a, due at 3. */
  function events(words: string, type: string): DueEvent[] {
    return words
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({
        sequence: Number(word.slice(1)),
        type,
        client: word.slice(0, 1),
        availableAt: Number(word.slice(1)),
      }));
  }

  function shown(taken: readonly DueEvent[]): string {
    return taken.map(({ client, availableAt }) => `${client}${availableAt}`).join(' ');
  }
});
