import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, daysBetween } from './days-between.js';
import { TimeZone } from './time-zone.js';

const HOUR_MS = 3_600_000;

function zone(name: string): TimeZone {
  const found = TimeZone.named(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
}

/** Each day with its length in hours. */
function days(from: string, to: string, name: string): readonly (readonly [string, number])[] {
  const found = daysBetween(Date.parse(from), Date.parse(to), zone(name));
  return found.map((day) => [day.date, (day.to - day.from) / HOUR_MS]);
}

describe('the days between two instants', () => {
  it.each<[string, string, string, string, readonly (readonly [string, number])[]]>([
    [
      'whole days',
      '2026-11-20T00:00Z',
      '2026-11-22T00:00Z',
      'UTC',
      [
        ['2026-11-20', 24],
        ['2026-11-21', 24],
      ],
    ],
    [
      'parts of days',
      '2026-11-20T18:00Z',
      '2026-11-21T06:00Z',
      'UTC',
      [
        ['2026-11-20', 6],
        ['2026-11-21', 6],
      ],
    ],
    ['a part of one day', '2026-11-20T18:00Z', '2026-11-20T19:00Z', 'UTC', [['2026-11-20', 1]]],
    [
      'days of a zone',
      '2026-11-20T23:00Z',
      '2026-11-22T23:00Z',
      'Europe/Berlin',
      [
        ['2026-11-21', 24],
        ['2026-11-22', 24],
      ],
    ],
    [
      'a day on which clocks go forward',
      '2026-03-28T23:00Z',
      '2026-03-29T22:00Z',
      'Europe/Berlin',
      [['2026-03-29', 23]],
    ],
    ['a day on which clocks go back', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 'Europe/Berlin', [['2026-10-25', 25]]],
    ['a day that begins at one', '2024-04-25T22:00Z', '2024-04-26T21:00Z', 'Africa/Cairo', [['2024-04-26', 23]]],
    [
      'a day that was left out',
      '2011-12-29T10:00Z',
      '2011-12-31T10:00Z',
      'Pacific/Apia',
      [
        ['2011-12-29', 24],
        ['2011-12-31', 24],
      ],
    ],
    ['a zone of quarter hours', '2026-11-21T18:15Z', '2026-11-22T18:15Z', 'Asia/Kathmandu', [['2026-11-22', 24]]],
    [
      'a zone that changes by half an hour',
      '2026-10-03T13:30Z',
      '2026-10-04T13:00Z',
      'Australia/Lord_Howe',
      [['2026-10-04', 23.5]],
    ],
    [
      'the turn of a year',
      '2026-12-31T00:00Z',
      '2027-01-02T00:00Z',
      'UTC',
      [
        ['2026-12-31', 24],
        ['2027-01-01', 24],
      ],
    ],
    ['nothing', '2026-11-20T00:00Z', '2026-11-20T00:00Z', 'UTC', []],
  ])('are %s', (_, from, to, name, expected) => {
    expect(days(from, to, name)).toEqual(expected);
  });

  it('leave no gap and no overlap, and are of one date each, wherever and whenever', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const begins = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    const lengths = fc.integer({ min: 1, max: 10 * 24 * HOUR_MS });
    fc.assert(
      fc.property(zones, begins, lengths, (name, from, length) => {
        const [found, own] = [daysBetween(from, from + length, zone(name)), zone(name)];
        expect([found[0]?.from, found.at(-1)?.to]).toEqual([from, from + length]);
        expect(found.slice(1).map((day) => day.from)).toEqual(found.slice(0, -1).map((day) => day.to));
        for (const day of found) expect([own.dateAt(day.from), own.dateAt(day.to - 1)]).toEqual([day.date, day.date]);
      }),
    );
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-30', 1, '2026-12-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2024-02-28', 1, '2024-02-29'],
  ])('%s, %i days on, is %s', (date, count, expected) => {
    expect(dayAfter(date, count)).toBe(expected);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'])('is %s', (name) => {
    expect(zone(name).name).toBe(name);
  });

  it.each(['', '+01:00', 'Europe/Atlantis', 'Europe/Berlin ', '../UTC', 'x'.repeat(65), '\u0000', 'UTC\n'])(
    'is not %j',
    (name) => {
      expect(TimeZone.named(name)).toBeUndefined();
    },
  );
});
