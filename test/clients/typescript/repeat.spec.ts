import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NoAnswerError } from '../../../clients/typescript/src/no-answer.error.js';
import { ProblemError } from '../../../clients/typescript/src/problem.error.js';
import { isPassing, pauseAfter, repeat } from '../../../clients/typescript/src/repeat.js';
import { parseRetryAfter } from '../../../clients/typescript/src/retry-after.js';
import { HeldTiming } from '../support/held-timing.js';

const PATIENCE = { deadlineMs: 60_000, attemptTimeoutMs: 15_000, firstPauseMs: 250, longestPauseMs: 10_000 };

function problem(status: number, retryAfterMs: number | null = null): ProblemError {
  const said = { type: '/problems/x', title: 'X', status, detail: 'x', instance: '/' };
  return new ProblemError(said, retryAfterMs);
}

describe('what is sent again', () => {
  it.each([408, 429, 500, 502, 503, 504])('is what was answered with %i', (status) => {
    expect(pauseAfter(problem(status), 1, PATIENCE, 0)).toBe(125);
  });

  it.each([400, 401, 403, 404, 405, 409, 413, 415, 422, 431, 301, 307, 501, 505])(
    'is not what was answered with %i',
    (status) => {
      expect(pauseAfter(problem(status, 1), 1, PATIENCE, 0)).toBeNull();
      expect(isPassing(status)).toBe(false);
    },
  );

  it('is what was not answered, and not what failed for a reason of its own', () => {
    expect(pauseAfter(new NoAnswerError('none'), 1, PATIENCE, 0)).toBe(125);
    expect(pauseAfter(new TypeError('a mistake'), 1, PATIENCE, 0)).toBeNull();
  });
});

describe('the pause', () => {
  it.each([
    [1, 0, 125],
    [1, 1, 250],
    [2, 1, 500],
    [6, 1, 8_000],
    [7, 1, 10_000],
    [50, 0, 5_000],
  ])('after attempt %i with chance %d is %i ms', (attempt, random, pauseMs) => {
    expect(pauseAfter(new NoAnswerError('none'), attempt, PATIENCE, random)).toBe(pauseMs);
  });

  it('never undercuts Retry-After', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1 }),
        (asked, n, chance) => {
          const pauseMs = pauseAfter(problem(503, asked), n, PATIENCE, Number.isNaN(chance) ? 0 : chance) ?? -1;
          return pauseMs >= asked && pauseMs <= Math.max(asked, PATIENCE.longestPauseMs);
        },
      ),
    );
  });
});

describe('repeating', () => {
  it('ends with the first success', async () => {
    const timing = new HeldTiming();
    const failures: Error[] = [problem(503), new NoAnswerError('none')];
    const outcome = await repeat(
      async () => {
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        return 'stored';
      },
      PATIENCE,
      timing,
    );
    expect(outcome).toBe('stored');
    expect(timing.pauses).toEqual([125, 250]);
  });

  it('gives up before its deadline would pass, with the failure it had last', async () => {
    const timing = new HeldTiming(1);
    const failing = repeat(() => Promise.reject(problem(503)), { ...PATIENCE, deadlineMs: 1_000 }, timing);
    await expect(failing).rejects.toMatchObject({ status: 503 });
    expect(timing.pauses).toEqual([250, 500]);
  });

  it('does not wait for what it will not live to see', async () => {
    const timing = new HeldTiming();
    await expect(repeat(() => Promise.reject(problem(429, 61_000)), PATIENCE, timing)).rejects.toThrow('429');
    expect(timing.pauses).toEqual([]);
  });
});

describe('Retry-After', () => {
  const now = 'Sun, 22 Nov 2026 10:00:00 GMT';
  it.each([
    [null, now, null],
    ['7', now, 7_000],
    ['0', null, 0],
    ['Sun, 22 Nov 2026 10:00:05 GMT', now, 5_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', now, 0],
    ['soon', now, null],
    ['-5', 'never', null],
  ])('%p asks, beside the date %p, for %p ms', (header, date, ms) => {
    expect(parseRetryAfter(header, date)).toBe(ms);
  });
});
