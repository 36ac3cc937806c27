import { describe, expect, it } from '@jest/globals';
import type { RecreationFacts } from '../outbox/recreation-facts.js';
import { closeGate, openGate, pauseGate, resumeGate } from './gate.js';
import {
  forgetRecreation,
  isPausedByRecreation,
  keepRecreation,
  pauseForRecreation,
  resumeRecreated,
} from './recreated-gate.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const BEGUN: RecreationFacts = {
  customApi: 'contoso_Sale',
  process: 7,
  host: 'build-7',
  at: NOW,
  wishedBy: [],
  executePrivilege: 'prvReadAccount',
  pause: { by: 'cli:ci', reason: 'recreated', since: NOW },
};
const THEIRS = { by: 'ann', reason: 'stocktaking', since: NOW - 5 };
const OPEN = openGate('type:Sale');
const paused = pauseForRecreation(OPEN, BEGUN, null);
const pausedByAnn = pauseGate(OPEN, THEIRS);
const others = [{ customApi: 'contoso_Other' }, { process: 8 }, { host: 'build-8' }, { at: NOW + 1 }];

describe('a gate whose custom API is recreated', () => {
  it('is paused for that, and resumed by the same recreation alone', () => {
    expect(paused).toMatchObject({ pause: BEGUN.pause, recreation: BEGUN, changedAt: NOW });
    expect(resumeRecreated(paused, { ...BEGUN }, NOW + 1)).toMatchObject({ pause: null, recreation: null });
    for (const other of others) expect(resumeRecreated(paused, { ...BEGUN, ...other }, NOW + 1)).toBe(paused);
    expect(resumeRecreated(OPEN, BEGUN, NOW + 1)).toBe(OPEN);
  });

  it('keeps a person’s pause, and what the recreation tells beside it', () => {
    expect(pauseForRecreation(pausedByAnn, BEGUN, null)).toBe(pausedByAnn);
    const kept = keepRecreation(pausedByAnn, BEGUN, null);
    expect(kept).toEqual({ ...pausedByAnn, recreation: BEGUN });
    expect(resumeRecreated(kept, BEGUN, NOW + 1)).toBe(kept);
    expect(forgetRecreation(kept, BEGUN)).toEqual(pausedByAnn);
  });

  it('is a person’s once one pauses it, and what the recreation tells is kept', () => {
    const theirs = pauseGate(paused, THEIRS);
    expect(theirs).toMatchObject({ pause: { by: 'ann', since: NOW }, recreation: BEGUN });
    expect(isPausedByRecreation(theirs)).toBe(false);
    expect(resumeRecreated(theirs, BEGUN, NOW + 1)).toBe(theirs);
    expect(resumeGate(theirs, NOW + 1)).toMatchObject({ pause: null, recreation: BEGUN });
  });

  it('stays the recreation’s whatever else changes it', () => {
    const closed = closeGate(paused, { cause: 'drift', detail: 'gone', retryAfterMs: null }, NOW + 1);
    expect(isPausedByRecreation(closed)).toBe(true);
    expect(resumeRecreated(closed, BEGUN, NOW + 2)).toMatchObject({ cause: 'drift', pause: null, recreation: null });
  });

  it('is taken over by one that knows the earlier one, and by no other', () => {
    const next = { ...BEGUN, process: 9, pause: { ...BEGUN.pause, reason: 'recreated again' } };
    expect(pauseForRecreation(paused, next, BEGUN)).toMatchObject({ pause: next.pause, recreation: next });
    expect(pauseForRecreation(paused, next, null)).toBe(paused);
    expect(keepRecreation(paused, next, null)).toBe(paused);
  });

  it('forgets a recreation that is over, and no other', () => {
    expect(forgetRecreation(paused, BEGUN).recreation).toBeNull();
    for (const other of others) expect(forgetRecreation(paused, { ...BEGUN, ...other })).toBe(paused);
  });
});
