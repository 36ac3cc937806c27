import { describe, expect, it } from '@jest/globals';
import type { SourceCounts } from '../../outbox/event-summary.js';
import { RunningCount, sumOf } from './running-count.js';

const NONE = { accepted: 0, pending: 0, delivered: 0, confirmed: 0, dead: 0, cancelled: 0 };

function counts(source: string, facts: Partial<SourceCounts> = {}): SourceCounts {
  return { client: 'pos', source, type: 'CustomerPurchase', ...NONE, ...facts };
}

describe('a running count', () => {
  it('adds up what several steps met of the same day, client, source and type, and nothing else', () => {
    const count = new RunningCount({ events: 10_000, rows: 10 });
    count.add('2026-11-22', {
      counts: [counts('b', { accepted: 3, pending: 1, delivered: 2, confirmed: 1 })],
      next: { after: 7, before: 99 },
    });
    count.add('2026-11-22', {
      counts: [counts('b', { accepted: 2, dead: 1, cancelled: 1 }), counts('a', { accepted: 1, pending: 1 })],
      next: null,
    });
    count.add('2026-11-21', { counts: [counts('b', { accepted: 1, pending: 1 })], next: null });
    expect(count.rows()).toEqual([
      { day: '2026-11-21', ...counts('b', { accepted: 1, pending: 1 }) },
      { day: '2026-11-22', ...counts('a', { accepted: 1, pending: 1 }) },
      {
        day: '2026-11-22',
        ...counts('b', { accepted: 5, pending: 1, delivered: 2, confirmed: 1, dead: 1, cancelled: 1 }),
      },
    ]);
    expect(sumOf(count.rows())).toEqual({ accepted: 7, pending: 3, delivered: 2, confirmed: 1, dead: 1, cancelled: 1 });
  });

  it('does not take one client’s source for another client’s', () => {
    const count = new RunningCount({ events: 10_000, rows: 10 });
    const names = [
      { client: 'a b', source: 'c' },
      { client: 'a', source: 'b c' },
    ];
    count.add('2026-11-22', { counts: names.map((name) => counts('', { ...name, accepted: 1 })), next: null });
    expect(count.rows()).toHaveLength(2);
  });

  it('ends where more events were looked at than allowed, whether they fit or not', () => {
    const count = new RunningCount({ events: 4_000, rows: 10 });
    count.add('2026-11-22', { counts: [], next: { after: 1, before: 99 } });
    count.add('2026-11-22', { counts: [], next: { after: 2, before: 99 } });
    expect(() => count.add('2026-11-22', { counts: [], next: { after: 3, before: 99 } })).toThrow(
      expect.objectContaining({ slug: 'range-too-large', message: expect.stringContaining('4000 events') }),
    );
  });

  it('ends where there are more rows than allowed', () => {
    const count = new RunningCount({ events: 4_000, rows: 2 });
    count.add('2026-11-22', { counts: [counts('a'), counts('b')], next: null });
    expect(() => count.add('2026-11-23', { counts: [counts('a')], next: null })).toThrow(
      expect.objectContaining({ slug: 'range-too-large', message: expect.stringContaining('2 rows') }),
    );
  });
});
