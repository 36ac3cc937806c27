import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterMs } from './retry-after.js';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 10, 0, 0);

describe('retryAfterMs', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['no header', {}, null],
    ['an empty header', { 'retry-after': '' }, null],
    ['seconds', { 'retry-after': '17' }, 17_000],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['parts of seconds', { 'retry-after': '1.5' }, 1_500],
    ['hundredths of seconds', { 'retry-after': '1.25' }, 1_250],
    ['parts of milliseconds, rounded up', { 'retry-after': '0.0001' }, 1],
    ['white space around', { 'retry-after': ' 3 ' }, 3_000],
    ['exactly an hour', { 'retry-after': '3600' }, HOUR_MS],
    ['more than an hour', { 'retry-after': '3601' }, HOUR_MS],
    ['more than a number can hold', { 'retry-after': '9'.repeat(400) }, HOUR_MS],
    ['negative seconds', { 'retry-after': '-1' }, null],
    ['words', { 'retry-after': 'soon' }, null],
    ['a number in words of another kind', { 'retry-after': '0x10' }, null],
    ['something before a date', { 'retry-after': 'at Sun, 22 Nov 2026 10:00:05 GMT' }, null],
    ['a date of another standard', { 'retry-after': '2026-11-22T10:00:05Z' }, null],
    ['a weekday without a date', { 'retry-after': 'Sunday' }, null],
    ['a date, counted from when it came', { 'retry-after': 'Sun, 22 Nov 2026 10:00:05 GMT' }, 5_000],
    ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
    ['a date in a year', { 'retry-after': 'Mon, 22 Nov 2027 10:00:00 GMT' }, HOUR_MS],
    ['a date of RFC 850', { 'retry-after': 'Sunday, 22-Nov-26 10:00:05 GMT' }, 5_000],
    ['a date of asctime()', { 'retry-after': 'Sun Nov 22 10:00:05 2026' }, 5_000],
    [
      "a date, counted from the answer's own Date",
      { 'retry-after': 'Sun, 22 Nov 2020 10:00:07 GMT', date: 'Sun, 22 Nov 2020 10:00:00 GMT' },
      7_000,
    ],
    [
      'a date beside a Date that cannot be read',
      { 'retry-after': 'Sun, 22 Nov 2026 10:00:05 GMT', date: 'now' },
      5_000,
    ],
  ])('reads %s', (_, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), NOW)).toBe(expected);
  });

  it('ignores white space, whoever left it there', () => {
    const spaced = { 'retry-after': ' Sun, 22 Nov 2026 10:00:07 GMT\t', date: '\tSun, 22 Nov 2026 10:00:00 GMT ' };
    expect(retryAfterMs({ get: (name) => spaced[name as keyof typeof spaced] }, 0)).toBe(7_000);
    expect(retryAfterMs({ get: () => ' 5 ' }, 0)).toBe(5_000);
  });

  it('reads any whole number of seconds as that many, up to an hour', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seconds) => {
        expect(retryAfterMs(new Headers({ 'retry-after': `${seconds}` }), NOW)).toBe(Math.min(seconds * 1000, HOUR_MS));
      }),
    );
  });

  it('waits the same by date as by seconds, whatever either clock shows', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000), fc.nat(5000), fc.integer(), (minutes, seconds, receivedAt) => {
        const from = minutes * 60_000;
        const byDate = { 'retry-after': httpDate(from + seconds * 1000), date: httpDate(from) };
        const bySeconds = { 'retry-after': `${seconds}` };
        expect(retryAfterMs(new Headers(byDate), receivedAt)).toBe(retryAfterMs(new Headers(bySeconds), receivedAt));
      }),
    );
  });

  it('is null or between nothing and an hour for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, date) => {
        const get = (name: string) => (name === 'date' ? date : text);
        const wait = retryAfterMs({ get }, NOW);
        expect(wait === null || (wait >= 0 && wait <= HOUR_MS)).toBe(true);
      }),
    );
  });
});

function httpDate(instant: number): string {
  return new Date(instant).toUTCString();
}
