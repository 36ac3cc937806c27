import { describe, expect, it } from '@jest/globals';
import { type Moment, summaryRange } from './summary-range.js';
import { TimeZone } from './time-zone.js';

const NOW = Date.UTC(2026, 10, 22, 10);

function range(from: Moment | undefined, to: Moment | undefined, zone = 'Europe/Berlin'): readonly string[] {
  const found = TimeZone.named(zone);
  if (found === undefined) throw new Error(`no zone ${zone}`);
  const { from: first, to: last } = summaryRange({ from, to }, found, NOW);
  return [new Date(first).toISOString(), new Date(last).toISOString()];
}

function day(date: string): Moment {
  return { kind: 'day', date };
}

function at(instant: string): Moment {
  return { kind: 'instant', at: Date.parse(instant) };
}

describe('the range of a summary', () => {
  it.each<[string, Moment | undefined, Moment | undefined, readonly string[]]>([
    ['seven days to now', undefined, undefined, ['2026-11-15T23:00:00.000Z', '2026-11-22T10:00:00.000Z']],
    ['from a day to now', day('2026-11-21'), undefined, ['2026-11-20T23:00:00.000Z', '2026-11-22T10:00:00.000Z']],
    ['a single day', day('2026-11-21'), day('2026-11-22'), ['2026-11-20T23:00:00.000Z', '2026-11-21T23:00:00.000Z']],
    ['seven days to a day', undefined, day('2026-11-22'), ['2026-11-14T23:00:00.000Z', '2026-11-21T23:00:00.000Z']],
    [
      'between instants',
      at('2026-11-21T10:00:00+05:00'),
      at('2026-11-21T05:00:00.001Z'),
      ['2026-11-21T05:00:00.000Z', '2026-11-21T05:00:00.001Z'],
    ],
    [
      '92 days, with the hour that a change of clocks adds',
      day('2026-09-01'),
      day('2026-12-02'),
      ['2026-08-31T22:00:00.000Z', '2026-12-01T23:00:00.000Z'],
    ],
  ])('is %s', (_, from, to, expected) => {
    expect(range(from, to)).toEqual(expected);
  });

  it.each<[string, Moment | undefined, Moment | undefined, string]>([
    ['nothing', day('2026-11-21'), day('2026-11-21'), 'invalid-parameter'],
    ['backwards', at('2026-11-21T10:00:00Z'), at('2026-11-21T09:00:00Z'), 'invalid-parameter'],
    ['in the future', at('2026-11-22T10:00:00Z'), undefined, 'invalid-parameter'],
    ['93 days', day('2026-08-01'), day('2026-11-02'), 'range-too-large'],
    ['as long as time', day('1970-01-01'), undefined, 'range-too-large'],
  ])('cannot be %s', (_, from, to, slug) => {
    expect(() => range(from, to)).toThrow(expect.objectContaining({ slug }));
  });
});
