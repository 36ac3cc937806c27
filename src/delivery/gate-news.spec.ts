import { beforeEach, describe, expect, it } from '@jest/globals';
import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import { closeGate, openGate, passGate, pauseGate, probeGate, takeTurn } from './gate.js';
import { GateNews } from './gate-news.js';

const NOW = Date.UTC(2026, 0, 5, 8);

let news: GateNews;
let gate: GateRecord;
beforeEach(() => {
  news = new GateNews();
  gate = openGate('user:app-1');
});

function isTold(changed: GateRecord, now: number): boolean {
  const before = gate;
  gate = changed;
  return news.learn(changed, before, now);
}

const close = (cause: GateCause, now: number) =>
  isTold(closeGate(gate, { cause, detail: null, retryAfterMs: null }, now), now);

const reopensAt = () => gate.closedUntil ?? 0;

describe('what is told of a gate', () => {
  it('is one closing, however often its probes fail, and its opening', () => {
    expect(close('unavailable', NOW)).toBe(true);
    for (let probes = 0; probes < 5; probes += 1) {
      const now = reopensAt();
      expect(isTold(takeTurn(gate, { owner: 'a', until: now + 1_000 }, now), now)).toBe(false);
      expect(close('unavailable', now)).toBe(false);
    }
    expect(isTold(passGate(gate, reopensAt(), reopensAt()), reopensAt())).toBe(true);
    expect(close('unavailable', reopensAt() + 1)).toBe(true);
  });

  it('is each cause in turn', () => {
    expect(close('unavailable', NOW)).toBe(true);
    expect(close('unauthorized', reopensAt())).toBe(true);
    expect(close('unavailable', reopensAt())).toBe(true);
  });

  it('is a probe that a person asked for, and that it failed', () => {
    expect(close('misconfigured', NOW)).toBe(true);
    expect(isTold(probeGate(gate, NOW + 1), NOW + 1)).toBe(true);
    expect(close('misconfigured', NOW + 2)).toBe(true);
  });

  it('is a pause while it is closed', () => {
    expect(close('misconfigured', NOW)).toBe(true);
    expect(isTold(pauseGate(gate, { by: 'ada', reason: 'upgrade', since: NOW + 1 }), NOW + 1)).toBe(true);
    expect(close('misconfigured', reopensAt())).toBe(false);
  });

  it('is each gate for itself', () => {
    expect(close('unavailable', NOW)).toBe(true);
    gate = openGate('user:app-2');
    expect(close('unavailable', NOW)).toBe(true);
  });
});
