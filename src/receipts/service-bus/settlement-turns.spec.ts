import { describe, expect, it } from '@jest/globals';
import type { SettlementWord } from './listener-journal.js';
import { SettlementTurns } from './settlement-turns.js';

/** What was settled together, turn by turn, of settlements that are asked for at once. */
async function turnsOf(words: readonly SettlementWord[]): Promise<readonly (readonly SettlementWord[])[]> {
  const turns = new SettlementTurns();
  const seen: SettlementWord[][] = [];
  let current: SettlementWord[] | null = null;
  const settle = (word: SettlementWord) => async () => {
    if (current === null) {
      current = [];
      seen.push(current);
      // What rhea does at the end of a turn.
      process.nextTick(() => {
        current = null;
      });
    }
    current.push(word);
  };
  await Promise.all(words.map((word) => turns.run(word, settle(word))));
  return seen;
}

describe('SettlementTurns', () => {
  it.each<{ readonly words: readonly SettlementWord[]; readonly together: readonly (readonly SettlementWord[])[] }>([
    { words: ['complete', 'complete', 'complete'], together: [['complete', 'complete', 'complete']] },
    { words: ['complete', 'abandon'], together: [['complete'], ['abandon']] },
    { words: ['abandon', 'complete', 'complete'], together: [['abandon'], ['complete', 'complete']] },
    { words: ['abandon', 'abandon'], together: [['abandon'], ['abandon']] },
    {
      words: ['complete', 'dead-letter', 'complete', 'abandon'],
      together: [['complete'], ['dead-letter'], ['complete'], ['abandon']],
    },
  ])('lets $words out so that no two kinds leave together', async ({ words, together }) => {
    expect(await turnsOf(words)).toEqual(together);
  });

  it('ends as the settlement ends', async () => {
    const lost = new Error('the lock is lost');
    await expect(new SettlementTurns().run('complete', () => Promise.reject(lost))).rejects.toBe(lost);
  });

  it('goes on after one that does not end', async () => {
    const turns = new SettlementTurns();
    turns.run('abandon', () => new Promise(() => {}));
    await expect(turns.run('complete', async () => {})).resolves.toBeUndefined();
  });
});
