import { describe, expect, it } from '@jest/globals';
import type { Timers } from '../../kernel/timers.js';
import type { OperatorActions, ReplayStep } from '../../outbox/operator-actions.js';
import { replayInSteps, type SteppedReplay } from './replay-in-steps.js';

/** Answers steps from a script of counts; `next` counts the steps, and is null after the last. */
function scripted(counts: readonly (number | Error)[]) {
  const asked: ReplayStep[] = [];
  const actions: Pick<OperatorActions, 'replayStep'> = {
    replayStep: async (step) => {
      const answer = counts[asked.push(step) - 1];
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
      return { replayed: answer, next: asked.length < counts.length ? asked.length * 10 : null };
    },
  };
  const rests: number[] = [];
  const timers: Timers = {
    after: (ms, ring) => {
      rests.push(ms);
      queueMicrotask(ring);
      return () => undefined;
    },
  };
  const run = (how: Partial<SteppedReplay> = {}) =>
    replayInSteps(actions, timers, {
      replay: { filter: { type: 'A' }, force: false, reason: 'why', by: 'chief' },
      after: 0,
      mayGoOn: () => true,
      onStep: () => undefined,
      ...how,
    });
  return { asked, rests, run };
}

describe('a replay in steps', () => {
  it('goes from step to step to the end, and tells of each', async () => {
    const { asked, run } = scripted([250, 0, 7]);
    const told: number[] = [];
    expect(await run({ onStep: (count) => told.push(count) })).toEqual({ kind: 'finished', replayed: 257 });
    expect(told).toEqual([250, 0, 7]);
    expect(asked.map(({ after }) => after)).toEqual([0, 10, 20]);
    for (const step of asked)
      expect(step).toMatchObject({ filter: { type: 'A' }, force: false, reason: 'why', by: 'chief' });
  });

  it('rests between steps, and not after the last', async () => {
    const { rests, run } = scripted([1, 1, 1]);
    await run();
    expect(rests).toHaveLength(2);
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(2);
  });

  it('begins where another left off', async () => {
    const { asked, run } = scripted([1]);
    await run({ after: 4711 });
    expect(asked[0]?.after).toBe(4711);
  });

  it('does nothing where it may not begin', async () => {
    const { asked, run } = scripted([1]);
    expect(await run({ after: 5, mayGoOn: () => false })).toEqual({ kind: 'stopped', replayed: 0, next: 5 });
    expect(asked).toEqual([]);
  });

  it('leaves off between two steps, and says where to go on', async () => {
    const { asked, run } = scripted([3, 4, 5]);
    expect(await run({ mayGoOn: () => asked.length < 2 })).toEqual({ kind: 'stopped', replayed: 7, next: 20 });
  });

  it('is finished after the last step, whoever stops it then', async () => {
    const { asked, run } = scripted([3]);
    expect(await run({ mayGoOn: () => asked.length < 1 })).toEqual({ kind: 'finished', replayed: 3 });
  });

  it('says what was done before the store failed, and where to go on', async () => {
    const error = new Error('the disk is full');
    expect(await scripted([3, error]).run()).toEqual({ kind: 'failed', replayed: 3, next: 10, error });
  });
});
