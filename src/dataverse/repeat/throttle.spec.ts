import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../answer.js';
import { Throttle } from './throttle.js';

function answer(status: number, receivedAt: number, retryAfter?: string): Answer {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  return { kind: 'response', status, headers, body: '', complete: true, receivedAt };
}

describe('Throttle', () => {
  let now = 0;
  const throttled = (...answers: readonly Answer[]) => {
    now = 0;
    const throttle = new Throttle({ now: () => now });
    for (const each of answers) throttle.note(each);
    return throttle;
  };

  it('holds from when the answer came for as long as it asked, and no longer', () => {
    const throttle = throttled(answer(429, 0, '10'));
    now = 4_000;
    expect(throttle.current()).toMatchObject({ remainingMs: 6_000, answer: { status: 429 } });
    now = 10_000;
    expect(throttle.current()).toBeNull();
  });

  it('is not shortened by a later answer that asks for less', () => {
    expect(throttled(answer(429, 0, '10'), answer(503, 1_000, '2')).current()).toMatchObject({ remainingMs: 10_000 });
  });

  it('is lengthened by one that asks for more', () => {
    expect(throttled(answer(429, 0, '10'), answer(429, 1_000, '20')).current()).toMatchObject({ remainingMs: 21_000 });
  });

  it.each<[string, Answer]>([
    ['a success', answer(200, 0, '10')],
    ['a throttle that does not say for how long', answer(429, 0)],
  ])('holds nothing after %s', (_name, each) => expect(throttled(each).current()).toBeNull());
});
