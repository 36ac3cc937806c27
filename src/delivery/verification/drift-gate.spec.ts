import { describe, expect, it } from '@jest/globals';
import type { GateRecord } from '../../outbox/gate-store.js';
import { closeGate, gateState, openGate, passGate, probeGate } from '../gate.js';
import { passageThrough } from '../passage.js';
import { closeAsDrifted, isDueToVerify, probeAsFitting, probeByOperator, stayUnread } from './drift-gate.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const OURS = 'fingerprint-1';
const OTHERS = 'fingerprint-2';
const GATE = openGate('type:Sale');
const PAUSE = { by: 'operator', reason: 'maintenance', since: NOW };

const found = (detail = 'Amount is missing', judge = OURS) => ({ detail, judge });
const drifted = (gate: GateRecord = GATE, now = NOW, judge = OURS) =>
  closeAsDrifted(gate, found(undefined, judge), now);
const misconfigured = closeGate(GATE, { cause: 'misconfigured', detail: 'HTTP 404', retryAfterMs: null }, NOW);

describe('a gate whose type drifted', () => {
  it('is closed for the next time of its own, and says what was found', () => {
    expect(drifted()).toMatchObject({
      cause: 'drift',
      detail: 'Amount is missing',
      closedUntil: NOW + 30_000,
      closings: 1,
      probe: { owner: OURS, until: NOW + 90_000 },
    });
    const again = drifted(drifted(), NOW + 30_000);
    expect(again).toMatchObject({ closedUntil: NOW + 90_000, closings: 2 });
  });

  it('stays as it is when the same is found while it is closed', () => {
    const gate = drifted();
    expect(drifted(gate, NOW + 10_000)).toBe(gate);
  });

  it('says what is found now, without being prolonged', () => {
    const gate = closeAsDrifted(drifted(), found('Currency is missing'), NOW + 10_000);
    expect(gate).toMatchObject({ detail: 'Currency is missing', closedUntil: NOW + 30_000, closings: 1 });
  });

  it('takes the place of the 404 that had closed it, in the same step', () => {
    expect(drifted(misconfigured, NOW + 1)).toMatchObject({ cause: 'drift', closings: 1, closedUntil: NOW + 30_001 });
  });

  it('takes its place at the very instant of it', () => {
    expect(drifted(misconfigured)).toMatchObject({ cause: 'drift', closings: 1, closedUntil: NOW + 30_000 });
  });

  it('lets nothing pass, not even when its time is over', () => {
    expect(gateState(drifted(), NOW + 30_000)).toBe('probing');
    expect(passageThrough(drifted(), NOW + 30_000)).toEqual({ kind: 'closed' });
  });

  it('is not closed or opened by what calls report', () => {
    const gate = drifted();
    expect(closeGate(gate, { cause: 'misconfigured', detail: 'HTTP 404', retryAfterMs: null }, NOW + 40_000)).toBe(
      gate,
    );
    expect(passGate(gate, NOW + 40_000, NOW + 40_001)).toBe(gate);
  });

  it.each([
    ['its time is over', true, drifted(), NOW + 30_000, OURS],
    ['an operator probes', true, probeGate(drifted(), NOW + 5_000), NOW + 5_000, OURS],
    ['it is still closed', false, drifted(), NOW + 29_999, OURS],
    ['it is paused', false, { ...drifted(), pause: PAUSE }, NOW + 30_000, OURS],
    ['another definition was found not to fit', false, drifted(), NOW + 30_000, OTHERS],
    ['nobody of the other definition has said so for a minute', true, drifted(), NOW + 90_000, OTHERS],
    ['it is closed for another cause', false, misconfigured, NOW + 30_000, OURS],
    ['it is open', false, GATE, NOW, OURS],
  ])('is verified again or not where %s: %s', (_where, expected, gate, now, judge) => {
    expect(isDueToVerify(gate, judge, now)).toBe(expected);
  });

  it('gives those who found it a minute after an operator asked', () => {
    const probed = probeGate(drifted(), NOW + 5_000);
    expect(isDueToVerify(probed, OTHERS, NOW + 64_999)).toBe(false);
    expect(isDueToVerify(probed, OTHERS, NOW + 65_000)).toBe(true);
  });
});

describe('a gate whose type fits', () => {
  it('is probed by events at once, from the first closing time on', () => {
    const again = drifted(drifted(), NOW + 30_000);
    const probing = probeAsFitting(again, OURS, NOW + 40_000);
    expect(probing).toMatchObject({ cause: 'misconfigured', closings: 0, probe: null });
    expect(passageThrough(probing, NOW + 40_000)).toEqual({ kind: 'probing', since: NOW + 40_000 });
    expect(passGate(probing, NOW + 39_999, NOW + 40_001)).toBe(probing);
    expect(passGate(probing, NOW + 40_000, NOW + 40_001)).toMatchObject({ cause: null, detail: null, closings: 0 });
    const refused = closeGate(
      probing,
      { cause: 'misconfigured', detail: 'HTTP 404', retryAfterMs: null },
      NOW + 41_000,
    );
    expect(refused).toMatchObject({ detail: 'HTTP 404', closings: 1, closedUntil: NOW + 71_000 });
    expect(drifted(probing, NOW + 50_000)).toMatchObject({ cause: 'drift', closings: 1, closedUntil: NOW + 80_000 });
  });

  it.each([
    ['another definition was found not to fit', drifted(GATE, NOW, OTHERS)],
    ['it is closed for another cause', misconfigured],
    ['it is open', GATE],
  ])('stays as it is where %s', (_where, gate) => {
    expect(probeAsFitting(gate, OURS, NOW + 10_000)).toBe(gate);
  });

  it('stays paused', () => {
    const paused = probeAsFitting({ ...drifted(), pause: PAUSE }, OURS, NOW + 10_000);
    expect(passageThrough(paused, NOW + 10_000)).toEqual({ kind: 'closed' });
  });
});

describe('a gate whose type cannot be read', () => {
  const why = { detail: 'HTTP 403', judge: OURS };

  it('stays closed for the next time, and says both', () => {
    const unread = stayUnread(drifted(), why, NOW + 35_000);
    expect(unread).toMatchObject({ cause: 'drift', closedUntil: NOW + 95_000, closings: 2 });
    expect(unread.detail).toBe('Amount is missing; could not be verified again: HTTP 403');
  });

  it('does not say it twice', () => {
    const unread = stayUnread(stayUnread(drifted(), why, NOW + 35_000), { ...why, detail: 'timeout' }, NOW + 100_000);
    expect(unread.detail).toBe('Amount is missing; could not be verified again: timeout');
  });

  it('does not say twice what an older version said', () => {
    const older = drifted();
    const detail = 'Amount is missing; could not be verified again: HTTP 502';
    const unread = stayUnread({ ...older, detail }, why, NOW + 35_000);
    expect(unread).toMatchObject({ detail: 'Amount is missing; could not be verified again: HTTP 403' });
  });

  it('is probed by events when an operator asks', () => {
    const unread = stayUnread(drifted(), why, NOW + 35_000);
    expect(probeByOperator(unread, NOW + 40_000)).toMatchObject({ cause: 'misconfigured', unread: null, closings: 0 });
  });

  it.each([
    ['was never unread', drifted()],
    ['could be read meanwhile', drifted(stayUnread(drifted(), why, NOW + 35_000), NOW + 36_000)],
    ['was read as unread before', drifted(stayUnread(drifted(), why, NOW + 35_000), NOW + 95_000)],
    ['only says so', closeAsDrifted(GATE, found('Amount is missing; could not be verified again: HTTP 403'), NOW)],
  ])('is verified when an operator asks where it %s', (_where, gate) => {
    const probed = probeByOperator(gate, NOW + 29_000);
    expect(probed).toMatchObject({ cause: 'drift', unread: null, closedUntil: NOW + 29_000 });
  });

  it.each([
    ['is not due', drifted(), NOW + 1],
    ['may still be read by others', drifted(), NOW + 34_999],
    ['is open', GATE, NOW],
    ['is closed for another cause', misconfigured, NOW + 30_000],
  ])('stays as it is where it %s', (_where, gate, now) => {
    expect(stayUnread(gate, why, now)).toBe(gate);
  });
});
