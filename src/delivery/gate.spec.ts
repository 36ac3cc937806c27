import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import { closingMs } from './closing-time.js';
import {
  closeGate,
  gateState,
  isNews,
  isOthersTurn,
  openGate,
  passGate,
  pauseGate,
  probeGate,
  resumeGate,
  takeTurn,
  whyNotProbed,
} from './gate.js';

const NOW = 1_000_000;
const GATE = openGate('user:a');

const close = (gate: GateRecord, cause: GateCause, now = NOW, retryAfterMs: number | null = null) =>
  closeGate(gate, { cause, detail: null, retryAfterMs }, now);

describe('closingMs', () => {
  const SLOW = [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000];
  it.each<[GateCause, readonly number[]]>([
    ['unavailable', [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    ['throttled', SLOW],
    ['unauthorized', SLOW],
    ['forbidden', SLOW],
    ['misconfigured', SLOW],
    ['drift', SLOW],
  ])('%s closes for %j', (cause, expected) => {
    expect(expected.map((_, index) => closingMs(cause, index + 1, null))).toEqual(expected);
  });

  it.each([
    [17_000, 17_000],
    [1, 1_000],
    [0, 1_000],
    [-5, 1_000],
    [3_600_000, 3_600_000],
    [3_600_001, 3_600_000],
    [Number.POSITIVE_INFINITY, 3_600_000],
  ])('a Retry-After of %d ms closes for %d', (retryAfterMs, expected) => {
    expect(closingMs('throttled', 4, retryAfterMs)).toBe(expected);
  });
});

describe('a gate', () => {
  it('is open until it is closed, probing once its time is over', () => {
    const gate = close(GATE, 'unavailable');
    expect(gateState(GATE, NOW)).toBe('open');
    expect(gateState(gate, NOW + 1_999)).toBe('closed');
    expect(gateState(gate, NOW + 2_000)).toBe('probing');
  });

  it('closes for longer each time it closes again', () => {
    const once = close(GATE, 'forbidden');
    const twice = close(once, 'forbidden', NOW + 30_000);
    expect(twice).toMatchObject({ closings: 2, closedUntil: NOW + 30_000 + 60_000 });
  });

  it('takes one step, however many calls under way report the same trouble', () => {
    const once = close(GATE, 'throttled', NOW);
    const again = close(once, 'throttled', NOW + 100);
    expect(again).toMatchObject({ closings: 1, closedUntil: NOW + 100 + 30_000 });
    expect(close(again, 'throttled', NOW + 100)).toBe(again);
  });

  it('keeps the cause that holds it longest', () => {
    const throttled = close(GATE, 'throttled', NOW, 300_000);
    expect(close(throttled, 'unavailable', NOW + 1)).toBe(throttled);
    const unavailable = close(GATE, 'unavailable');
    expect(close(unavailable, 'throttled', NOW + 1, 300_000)).toMatchObject({ cause: 'throttled' });
  });

  it('is prolonged while closed, never shortened', () => {
    const causes = fc.constantFrom<GateCause>('throttled', 'unauthorized', 'forbidden', 'misconfigured', 'unavailable');
    const step = fc.record({
      cause: causes,
      after: fc.integer({ min: 0, max: 700_000 }),
      retryAfterMs: fc.option(fc.integer({ min: -10, max: 5_000_000 })),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let gate = GATE;
        let now = NOW;
        for (const { cause, after, retryAfterMs } of steps) {
          now += after;
          const before = gate;
          gate = close(gate, cause, now, retryAfterMs);
          expect(gate.closedUntil).toBeGreaterThan(now);
          expect(gate.closedUntil).toBeGreaterThanOrEqual(before.closedUntil ?? 0);
          expect(gate.closings - before.closings).toBe(gateState(before, now) === 'closed' ? 0 : 1);
        }
      }),
    );
  });

  describe('passed by a delivered event', () => {
    const gate = close(close(GATE, 'unavailable'), 'unavailable', NOW + 2_000);
    const reopensAt = NOW + 6_000;

    it('opens, and its next closing takes the first step', () => {
      const passed = passGate(gate, reopensAt, reopensAt + 50);
      expect(gateState(passed, reopensAt + 50)).toBe('open');
      expect(close(passed, 'unavailable', reopensAt + 60)).toMatchObject({ closings: 1 });
    });

    it('stays closed where the call began before it reopened', () => {
      expect(passGate(gate, reopensAt - 1, reopensAt + 50)).toBe(gate);
      expect(passGate(gate, NOW - 10, NOW + 2_001)).toBe(gate);
    });

    it('changes nothing where it stands open', () => {
      expect(passGate(GATE, NOW, NOW)).toBe(GATE);
    });
  });

  describe('paused', () => {
    const pause = { by: 'operator', reason: 'maintenance', since: NOW };

    it('keeps its cause and time beside the pause, and both after it', () => {
      const closed = close(GATE, 'throttled', NOW, 60_000);
      const paused = pauseGate(closed, pause);
      expect(paused).toMatchObject({ pause, cause: 'throttled', closedUntil: NOW + 60_000 });
      expect(resumeGate(paused, NOW + 1)).toMatchObject({ pause: null, cause: 'throttled', closedUntil: NOW + 60_000 });
    });

    it('keeps the beginning of its first pause', () => {
      const again = pauseGate(pauseGate(GATE, pause), { by: 'bert', reason: 'longer', since: NOW + 500 });
      expect(again.pause).toEqual({ by: 'bert', reason: 'longer', since: NOW });
    });

    it('again by the same person for the same reason changes nothing', () => {
      const paused = pauseGate(GATE, pause);
      expect(pauseGate(paused, { ...pause, since: NOW + 500 })).toBe(paused);
      expect(pauseGate(paused, { ...pause, by: 'bert' })).not.toBe(paused);
      expect(pauseGate(paused, { ...pause, reason: 'another' })).not.toBe(paused);
    });

    it('changes nothing when resumed without a pause', () => {
      expect(resumeGate(GATE, NOW)).toBe(GATE);
    });
  });

  it('told to probe ends its closing now and keeps its step', () => {
    const probing = probeGate(close(GATE, 'forbidden'), NOW + 5);
    expect(gateState(probing, NOW + 5)).toBe('probing');
    expect(probing.closings).toBe(1);
    expect(probeGate(probing, NOW + 6)).toBe(probing);
    expect(probeGate(GATE, NOW)).toBe(GATE);
  });

  describe('changed', () => {
    const closed = close(GATE, 'misconfigured');
    const pause = { by: 'operator', reason: 'maintenance', since: NOW };
    it.each<[string, boolean, GateRecord, GateRecord]>([
      ['closed', true, GATE, closed],
      ['opened', true, closed, GATE],
      ['closed for another cause', true, closed, { ...closed, cause: 'drift' }],
      ['told to probe', true, closed, { ...closed, closedUntil: NOW }],
      ['paused', true, closed, { ...closed, pause }],
      ['paused by somebody else', true, { ...closed, pause }, { ...closed, pause: { ...pause, by: 'bert' } }],
      ['paused for another reason', true, { ...closed, pause }, { ...closed, pause: { ...pause, reason: 'x' } }],
      ['prolonged', false, closed, { ...closed, closedUntil: NOW + 90_000, detail: 'other words', changedAt: NOW + 1 }],
    ])('by being %s is news: %s', (_how, expected, before, after) => {
      expect(isNews(after, before, NOW)).toBe(expected);
    });

    it('by being closed anew while it probes is news', () => {
      const again = close(closed, 'misconfigured', NOW + 30_000);
      expect(isNews(again, closed, NOW + 30_000)).toBe(true);
    });
  });

  describe('whose turn it is to probe', () => {
    const closed = close(GATE, 'misconfigured');
    const reopensAt = NOW + 30_000;
    const turn = { owner: 'a', until: reopensAt + 10_000 };
    const taken = takeTurn(closed, turn, reopensAt);

    it('is taken while it probes, and only then', () => {
      expect(taken.probe).toEqual(turn);
      expect(takeTurn(closed, turn, reopensAt - 1)).toBe(closed);
      expect(takeTurn(GATE, turn, reopensAt)).toBe(GATE);
    });

    it('is prolonged by its owner, and nobody else has it before its end', () => {
      const later = { owner: 'a', until: reopensAt + 20_000 };
      const others = { owner: 'b', until: reopensAt + 20_000 };
      expect(takeTurn(taken, later, reopensAt + 5_000).probe).toEqual(later);
      expect(takeTurn(taken, others, turn.until - 1)).toBe(taken);
      expect(takeTurn(taken, others, turn.until).probe).toEqual(others);
    });

    it('is another one, for all but its owner, until its end', () => {
      expect(isOthersTurn(closed, 'b', reopensAt)).toBe(false);
      expect(isOthersTurn(taken, 'a', reopensAt)).toBe(false);
      expect(isOthersTurn(taken, 'b', turn.until - 1)).toBe(true);
      expect(isOthersTurn(taken, 'b', turn.until)).toBe(false);
    });

    it('ends with the next opening or closing, and not with a pause', () => {
      expect(passGate(taken, reopensAt, reopensAt + 1).probe).toBeNull();
      expect(close(taken, 'misconfigured', reopensAt + 1).probe).toBeNull();
      expect(pauseGate(taken, { by: 'ada', reason: 'x', since: reopensAt }).probe).toEqual(turn);
    });

    it('is no news to anybody else', () => {
      const pause = { by: 'ada', reason: 'x', since: closed.changedAt };
      expect(isNews(taken, closed, reopensAt)).toBe(false);
      expect(isNews({ ...taken, revision: 9 }, closed, reopensAt)).toBe(false);
      expect(isNews({ ...taken, pause }, { ...closed, pause }, reopensAt)).toBe(false);
    });
  });
});

describe('whyNotProbed', () => {
  const drifted = close(GATE, 'drift');
  const end = drifted.closedUntil ?? 0;
  it.each([
    ['open', GATE, NOW],
    ['probing', close(GATE, 'unavailable'), NOW + 60_000],
    ['due', drifted, end],
    [null, drifted, end - 1],
    ['throttled', close(GATE, 'throttled'), NOW],
    ['paused', pauseGate(drifted, { by: 'operator', reason: 'upgrade', since: NOW }), NOW],
  ])('is %s', (why, gate, now) => {
    expect(whyNotProbed(gate, now)).toBe(why);
  });
});
