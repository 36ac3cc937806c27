import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

const SIZE = { capacity: 10, perSecond: 2 };

describe('a token bucket', () => {
  it('is full at first, and never fuller', () => {
    const bucket = new TokenBucket(10, 0);
    expect(bucket.level(SIZE, 0)).toBe(10);
    expect(bucket.level(SIZE, 60_000)).toBe(10);
  });

  it('fills up by itself, by fractions', () => {
    const bucket = new TokenBucket(10, 0);
    bucket.take(10);
    expect(bucket.level(SIZE, 250)).toBe(0.5);
    expect(bucket.level(SIZE, 1_000)).toBe(2);
  });

  it('may be overdrawn, and pays back first', () => {
    const bucket = new TokenBucket(10, 0);
    bucket.take(30);
    expect(bucket.level(SIZE, 0)).toBe(-20);
    expect(bucket.level(SIZE, 10_000)).toBe(0);
  });

  it('neither gains nor loses by a clock that is set back', () => {
    const bucket = new TokenBucket(10, 3_600_000);
    bucket.take(10);
    expect(bucket.level(SIZE, 0)).toBe(0);
    expect(bucket.level(SIZE, 1_000)).toBe(2);
  });

  it('takes another size at once', () => {
    const bucket = new TokenBucket(10, 0);
    expect(bucket.level({ capacity: 4, perSecond: 2 }, 0)).toBe(4);
  });
});
