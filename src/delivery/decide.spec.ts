import { describe, expect, it } from '@jest/globals';
import type { AttemptCounts } from '../outbox/settlement.js';
import { decide, type EndedAttempt } from './decide.js';
import { DEFAULT_DELIVERY_POLICY } from './delivery-policy.js';
import type { Outcome } from './destination.js';

const HOUR = 3_600_000;
const NONE: AttemptCounts = { attempts: 0, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };
const SOME: AttemptCounts = { attempts: 3, uncertain: 2, conflicted: 1, lostLeases: 1, gateClosings: 1 };

interface Given extends Partial<EndedAttempt> {
  readonly counts?: AttemptCounts;
  readonly age?: number;
  readonly confirmWithinMs?: number;
}

function decided(outcome: EndedAttempt['outcome'], { counts = SOME, age = 0, ...more }: Given = {}) {
  const { confirmWithinMs = null, ...given } = more;
  const attempt: EndedAttempt = {
    outcome,
    event: { counts, ageStartsAt: 0 },
    whenDead: 'continue',
    closedOpenGate: false,
    refusedTogether: false,
    gated: false,
    now: age,
    ...given,
  };
  return decide(attempt, { ...DEFAULT_DELIVERY_POLICY, confirmWithinMs }, () => 0);
}

describe('decide', () => {
  describe('by outcome', () => {
    it('ends a delivered event, and an answer ends a run of lost leases', () => {
      expect(decided({ kind: 'delivered' })).toEqual({
        counted: true,
        settlement: { kind: 'delivered', counts: { ...SOME, attempts: 4, lostLeases: 0 } },
      });
    });

    it('says how long a receipt may take where one is expected, and nothing of it where none is', () => {
      const settlement = { kind: 'delivered', counts: { ...SOME, attempts: 4, lostLeases: 0 } };
      expect(decided({ kind: 'delivered' }, { confirmWithinMs: 900_000 })).toStrictEqual({
        counted: true,
        settlement: { ...settlement, confirmWithinMs: 900_000 },
      });
      expect(decided({ kind: 'delivered' })).toStrictEqual({ counted: true, settlement });
    });

    it.each<Outcome>([
      { kind: 'throttled', retryAfterMs: 5_000, limit: 'requests' },
      { kind: 'throttled', retryAfterMs: null, limit: 'other' },
      { kind: 'unauthorized' },
      { kind: 'forbidden', scope: 'user' },
      { kind: 'forbidden', scope: 'pair' },
      { kind: 'misconfigured', scope: 'user' },
      { kind: 'misconfigured', scope: 'type' },
      { kind: 'unavailable' },
    ])('gives the attempt back after $kind', (outcome) => {
      expect(decided(outcome)).toEqual({
        counted: false,
        settlement: { kind: 'retry', delayMs: 0, counts: { ...SOME, lostLeases: 0 } },
      });
    });

    it.each<[Outcome['kind'], Partial<AttemptCounts>]>([
      ['uncertain', { uncertain: 3 }],
      ['transient', {}],
      ['conflicted', { conflicted: 2 }],
    ])('backs off after %s, and counts it', (kind, counted) => {
      expect(decided({ kind } as Outcome)).toEqual({
        counted: true,
        settlement: { kind: 'retry', delayMs: 8_000, counts: { ...SOME, attempts: 4, lostLeases: 0, ...counted } },
      });
    });

    it('gives a rejected event up at once', () => {
      expect(decided({ kind: 'rejected' }, { counts: NONE })).toEqual({
        counted: true,
        settlement: { kind: 'dead', reason: 'rejected', blocksKey: false, counts: { ...NONE, attempts: 1 } },
      });
    });

    it('takes a lost lease for uncertain, and counts it in the run', () => {
      expect(decided({ kind: 'lease-lost' })).toEqual({
        counted: true,
        settlement: {
          kind: 'retry',
          delayMs: 8_000,
          counts: { ...SOME, attempts: 4, uncertain: 3, lostLeases: 2 },
        },
      });
    });
  });

  describe('at a limit', () => {
    const reasonOf = (outcome: EndedAttempt['outcome'], given: Given) => {
      const { settlement } = decided(outcome, given);
      return settlement.kind === 'dead' ? settlement.reason : settlement.kind;
    };

    it.each<[string, EndedAttempt['outcome'], Given, string]>([
      ['the ninth uncertain', { kind: 'uncertain' }, { counts: { ...NONE, uncertain: 8 } }, 'retry'],
      ['the tenth uncertain', { kind: 'uncertain' }, { counts: { ...NONE, uncertain: 9 } }, 'uncertain'],
      [
        'a lost lease as the tenth uncertain',
        { kind: 'lease-lost' },
        { counts: { ...NONE, uncertain: 9 } },
        'uncertain',
      ],
      ['a transient after ten uncertain', { kind: 'transient' }, { counts: { ...NONE, uncertain: 10 } }, 'retry'],
      ['the fourth conflicted', { kind: 'conflicted' }, { counts: { ...NONE, conflicted: 3 } }, 'retry'],
      ['the fifth conflicted', { kind: 'conflicted' }, { counts: { ...NONE, conflicted: 4 } }, 'conflicted'],
      ['an uncertain after five conflicted', { kind: 'uncertain' }, { counts: { ...NONE, conflicted: 5 } }, 'retry'],
      ['the hundredth transient', { kind: 'transient' }, { counts: { ...NONE, attempts: 99 } }, 'retry'],
      ['the second lost lease', { kind: 'lease-lost' }, { counts: { ...NONE, lostLeases: 1 } }, 'retry'],
      ['the third lost lease', { kind: 'lease-lost' }, { counts: { ...NONE, lostLeases: 2 } }, 'poison'],
      ['an answer after two lost leases', { kind: 'uncertain' }, { counts: { ...NONE, lostLeases: 2 } }, 'retry'],
    ])('%s: %s', (_situation, outcome, given, expected) => {
      expect(reasonOf(outcome, given)).toBe(expected);
    });

    it.each<[string, EndedAttempt['outcome'], number, string]>([
      ['uncertain at 72 h', { kind: 'uncertain' }, 72 * HOUR, 'retry'],
      ['uncertain past 72 h', { kind: 'uncertain' }, 72 * HOUR + 1, 'too-old'],
      ['transient past 72 h', { kind: 'transient' }, 72 * HOUR + 1, 'too-old'],
      ['conflicted past 72 h', { kind: 'conflicted' }, 72 * HOUR + 1, 'too-old'],
      ['a lost lease past 72 h', { kind: 'lease-lost' }, 72 * HOUR + 1, 'too-old'],
      ['throttled past 72 h', { kind: 'throttled', retryAfterMs: 1, limit: 'concurrency' }, 100 * HOUR, 'retry'],
      ['unavailable past 72 h', { kind: 'unavailable' }, 100 * HOUR, 'retry'],
      ['forbidden past 72 h', { kind: 'forbidden', scope: 'pair' }, 100 * HOUR, 'retry'],
      ['misconfigured past 72 h', { kind: 'misconfigured', scope: 'type' }, 100 * HOUR, 'retry'],
      ['unauthorized past 72 h', { kind: 'unauthorized' }, 100 * HOUR, 'retry'],
      ['delivered past 72 h', { kind: 'delivered' }, 100 * HOUR, 'delivered'],
    ])('judges age only when a counted attempt fails: %s', (_situation, outcome, age, expected) => {
      expect(reasonOf(outcome, { counts: NONE, age })).toBe(expected);
    });

    it('counts age from when the event was accepted or replayed', () => {
      const ageStartsAt = Date.UTC(2026, 0, 1);
      const settlement = (now: number) =>
        decided({ kind: 'transient' }, { event: { counts: NONE, ageStartsAt }, now }).settlement;
      expect(settlement(ageStartsAt + 72 * HOUR)).toMatchObject({ kind: 'retry' });
      expect(settlement(ageStartsAt + 72 * HOUR + 1)).toMatchObject({ kind: 'dead', reason: 'too-old' });
    });

    it.each(['uncertain', 'transient', 'conflicted'] as const)(
      'lets nobody die of age before a closed gate: %s',
      (kind) => {
        expect(reasonOf({ kind }, { counts: NONE, age: 100 * HOUR, gated: true })).toBe('retry');
      },
    );
  });

  describe('of an event that closes its gate', () => {
    const closing = (gateClosings: number, closedOpenGate: boolean) =>
      decided({ kind: 'misconfigured', scope: 'type' }, { counts: { ...NONE, gateClosings }, closedOpenGate });

    it('counts only closings of a gate that others had passed', () => {
      expect(closing(1, true).settlement.counts.gateClosings).toBe(2);
      expect(closing(2, false).settlement).toMatchObject({ kind: 'retry', counts: { gateClosings: 2 } });
    });

    it('gives it up as rejected the third time', () => {
      expect(closing(2, true)).toEqual({
        counted: true,
        settlement: {
          kind: 'dead',
          reason: 'rejected',
          blocksKey: false,
          counts: { ...NONE, attempts: 1, gateClosings: 3 },
        },
      });
    });
  });

  describe('of an event whose whole batch was rejected', () => {
    it('condemns nobody for it: the event backs off, counts, and is judged alone by its next attempt', () => {
      expect(decided({ kind: 'rejected' }, { refusedTogether: true })).toEqual({
        counted: true,
        settlement: { kind: 'retry', delayMs: 8_000, counts: { ...SOME, attempts: 4, lostLeases: 0 } },
      });
    });

    it('is judged by its age like any counted attempt that fails', () => {
      const settlement = (age: number) =>
        decided({ kind: 'rejected' }, { refusedTogether: true, counts: NONE, age }).settlement;
      expect(settlement(72 * HOUR)).toMatchObject({ kind: 'retry' });
      expect(settlement(72 * HOUR + 1)).toMatchObject({ kind: 'dead', reason: 'too-old' });
    });
  });

  it.each([
    ['continue', false],
    ['block', true],
  ] as const)('a dead event of a type that says %s blocks its key: %s', (whenDead, blocksKey) => {
    expect(decided({ kind: 'rejected' }, { whenDead }).settlement).toMatchObject({ kind: 'dead', blocksKey });
  });
});
