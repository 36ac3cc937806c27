import { describe, expect, it } from '@jest/globals';
import { leaseEnd } from './lease-end.js';
import type { Settlement } from './settlement.js';

describe('the end of a lease', () => {
  const counts = { attempts: 1, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };
  const now = 10_000;
  const event = { availableAt: 7_000 };

  it.each<[string, Settlement, object]>([
    ['delivered', { kind: 'delivered', counts }, { status: 'delivered', deliveredAt: now, keepsPlace: false }],
    ['retry', { kind: 'retry', delayMs: 500, counts }, { status: 'pending', availableAt: 10_500, keepsPlace: true }],
    ['retry at once', { kind: 'retry', delayMs: 0, counts }, { availableAt: now }],
    ['retry after a fraction', { kind: 'retry', delayMs: 0.01, counts }, { availableAt: 10_001 }],
    [
      'dead, others go on',
      { kind: 'dead', reason: 'rejected', blocksKey: false, counts },
      { status: 'dead', reason: 'rejected', availableAt: 7_000, deliveredAt: null, keepsPlace: false },
    ],
    ['dead, others wait', { kind: 'dead', reason: 'poison', blocksKey: true, counts }, { keepsPlace: true }],
  ])('by %s', (_, settlement, expected) => {
    expect(leaseEnd(settlement, event, now)).toMatchObject(expected);
  });
});
