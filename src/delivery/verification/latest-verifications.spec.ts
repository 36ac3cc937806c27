import { describe, expect, it } from '@jest/globals';
import type { Verification } from '../../contract/verification.js';
import { LatestVerifications } from './latest-verifications.js';

const verified: Verification = { status: 'verified', at: 1 };
const drifted: Verification = { status: 'drifted', at: 1, detail: 'Amount is missing' };
const unread: Verification = { status: 'not-verified', at: 1, detail: 'HTTP 403' };

describe('the latest verification of a type', () => {
  it('is none before the first look', () => {
    expect(new LatestVerifications().of('Sale')).toMatchObject({ status: 'not-verified', at: null });
  });

  it.each<[boolean, Verification | null, Verification]>([
    [true, null, verified],
    [true, null, unread],
    [false, verified, { ...verified, at: 2 }],
    [true, verified, drifted],
    [false, drifted, { ...drifted, at: 2 }],
    [true, drifted, { ...drifted, detail: 'Currency is missing' }],
    [true, drifted, unread],
    [false, unread, { ...unread, detail: 'timeout' }],
    [true, unread, verified],
  ])('is news: %s, after %j, being %j', (isNews, before, after) => {
    const verifications = new LatestVerifications();
    if (before !== null) verifications.learn('Sale', before);
    verifications.learn('Refund', after);
    expect(verifications.learn('Sale', after)).toBe(isNews);
    expect(verifications.of('Sale')).toEqual(after);
  });
});
