import { describe, expect, it } from '@jest/globals';
import { GroupCommit } from './group-commit.js';

const BAD = 'bad';

describe('group commit', () => {
  it('lets calls that come together share a group, and those that come meanwhile the next one', async () => {
    const { commit, groups, go } = committing();
    const first = [commit.call('a'), commit.call('b')];
    await go(0);
    const second = [commit.call('c'), commit.call('d')];
    await go(2);
    expect(await Promise.all([...first, ...second])).toEqual(['A', 'B', 'C', 'D']);
    expect(groups).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('closes a group that is full, and lets a call that weighs more go alone', async () => {
    const { commit, groups, go } = committing();
    const calls = ['aaa', 'bbb', 'cccccccccccccc', 'd'].map((call) => commit.call(call));
    await go(4);
    await Promise.all(calls);
    expect(groups).toEqual([['aaa', 'bbb'], ['cccccccccccccc'], ['d']]);
  });

  it('tells the error to the one call whose it is, and stores the others in their order', async () => {
    const { commit, stored, go } = committing();
    const calling = Promise.allSettled(['a', 'b', BAD, 'c', 'd'].map((call) => commit.call(call)));
    await go(20);
    const outcomes = await calling;
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(stored).toEqual(['a', 'b', 'c', 'd']);
  });

  it('tells an error that is nobody’s to all, after one try', async () => {
    const { commit, groups, go } = committing(false);
    const calling = Promise.allSettled(['a', BAD, 'b'].map((call) => commit.call(call)));
    await go(4);
    expect((await calling).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(groups).toHaveLength(1);
  });

  it('goes on after an error', async () => {
    const { commit, go } = committing();
    const failing = expect(commit.call(BAD)).rejects.toThrow(BAD);
    await go(2);
    await failing;
    const next = commit.call('a');
    await go(2);
    expect(await next).toBe('A');
  });

  /** Groups are kept under way until they are let go; `go` lets so many more turns of the event loop pass as well. */
  function committing(isOfOneCall = true) {
    const groups: string[][] = [];
    const stored: string[] = [];
    const run = async (calls: readonly string[]) => {
      groups.push([...calls]);
      await new Promise((resolve) => setImmediate(resolve));
      if (calls.includes(BAD)) throw new Error(BAD);
      stored.push(...calls);
      return calls.map((call) => call.toUpperCase());
    };
    const weigh = (call: string) => call.length;
    const commit = new GroupCommit<string, string>({ run, weigh, maxWeight: 9, isOfOneCall: () => isOfOneCall });
    const go = async (turns: number) => {
      for (let turn = 0; turn <= turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    return { commit, groups, stored, go };
  }
});
