import { describe, expect, it } from '@jest/globals';
import { judgeAnswer, type SentOnce } from './judge-answer.js';

describe('what a receiver answers', () => {
  it.each<readonly [SentOnce, number, string]>([
    [{ kind: 'answered', status: 200 }, 1, 'done'],
    [{ kind: 'answered', status: 299 }, 2, 'done'],
    [{ kind: 'answered', status: 300 }, 1, '0x80050201'],
    [{ kind: 'answered', status: 500 }, 1, '0x80050201'],
    [{ kind: 'answered', status: 501 }, 1, '0x80050201'],
    [{ kind: 'answered', status: 502 }, 1, 'repeat'],
    [{ kind: 'answered', status: 503 }, 1, 'repeat'],
    [{ kind: 'answered', status: 504 }, 1, 'repeat'],
    [{ kind: 'answered', status: 505 }, 1, '0x80050201'],
    [{ kind: 'answered', status: 503 }, 2, '0x80050201'],
    [{ kind: 'timed-out' }, 1, '0x80050202'],
    [{ kind: 'timed-out' }, 2, '0x80050202'],
    [{ kind: 'broken', reason: 'ECONNRESET' }, 1, '0x80050205'],
  ])('%j at the try %i: %s', (sent, tries, verdict) => {
    const judgement = judgeAnswer(sent, tries);
    expect(judgement.kind === 'failed' ? judgement.failure.code : judgement.kind).toBe(verdict);
  });
});
