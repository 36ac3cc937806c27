import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { targetHints } from './target-hints.js';

const PARALLELISM = 'x-ms-dop-hint';
const REQUESTS = 'x-ms-ratelimit-burst-remaining-xrm-requests';
const TIME = 'x-ms-ratelimit-time-remaining-xrm-requests';
const GARBAGE = [
  '',
  ' ',
  '-1',
  '+1',
  '1.',
  '.5',
  '1e3',
  '0x10',
  '1 2',
  '1, 2',
  'ten',
  'NaN',
  'Infinity',
  '9'.repeat(10),
];

describe('targetHints', () => {
  it('says nothing where the headers say nothing', () => {
    expect(targetHints(new Headers())).toEqual({ parallelism: null, remainingRequests: null, remainingTimeMs: null });
  });

  it('reads all three as captured', () => {
    const headers = new Headers({ [PARALLELISM]: '10', [REQUESTS]: '5999', [TIME]: '1,199.25' });
    expect(targetHints(headers)).toEqual({ parallelism: 10, remainingRequests: 5999, remainingTimeMs: 1_199_250 });
  });

  it.each<readonly [string, number | null]>([
    ['1', 1],
    ['52', 52],
    ['999999999', 999_999_999],
    ['0', null],
    ['00', null],
    ['8.5', null],
    ['1,000', null],
    ...GARBAGE.map((text) => [text, null] as const),
  ])('reads a parallelism of "%s" as %p', (text, parallelism) => {
    expect(hintsOf(PARALLELISM, text).parallelism).toBe(parallelism);
  });

  it.each<readonly [string, number | null]>([
    ['0', 0],
    ['6000', 6000],
    ['999999999', 999_999_999],
    ['8.5', null],
    ...GARBAGE.map((text) => [text, null] as const),
  ])('reads "%s" remaining requests as %p', (text, remainingRequests) => {
    expect(hintsOf(REQUESTS, text).remainingRequests).toBe(remainingRequests);
  });

  it.each<readonly [string, number | null]>([
    ['0', 0],
    ['0.00', 0],
    ['0.0004', 0],
    ['0.0005', 1],
    ['1200', 1_200_000],
    ['1,200.00', 1_200_000],
    ['12,345.678', 12_345_678],
    ['999,999,999', 999_999_999_000],
    ['1,199.25,', null],
    ['1,19.25', null],
    ['1199,250', null],
    [',199', null],
    ['1.199,25', null],
    ['1,199.25, 1,199.25', null],
    ['1,000,000,000', null],
    ...GARBAGE.map((text) => [text, null] as const),
  ])('reads a remaining time of "%s" s as %p ms', (text, remainingTimeMs) => {
    expect(hintsOf(TIME, text).remainingTimeMs).toBe(remainingTimeMs);
  });

  it('ignores white space around', () => {
    const get = (name: string) => (name === TIME ? ' 2.5\t' : ' 4 ');
    expect(targetHints({ get })).toEqual({ parallelism: 4, remainingRequests: 4, remainingTimeMs: 2500 });
  });

  it('is null or a number from 0 up for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const hint of Object.values(targetHints({ get: () => text }))) {
          expect(hint === null || (Number.isSafeInteger(hint) && hint >= 0)).toBe(true);
        }
      }),
    );
  });
});

function hintsOf(name: string, text: string) {
  return targetHints({ get: (asked) => (asked === name ? text : null) });
}
