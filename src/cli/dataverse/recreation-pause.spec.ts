import { describe, expect, it } from '@jest/globals';
import type { RecreationFacts } from '../../outbox/recreation-facts.js';
import { hostWord, mayBeAtWork } from './may-be-at-work.js';
import { pauseReason } from './recreation-pause.js';

const AT = Date.UTC(2026, 10, 22, 14);
const PAUSE: RecreationFacts = {
  customApi: 'contoso_CustomerPurchase',
  process: 4711,
  host: 'build-7.example.com',
  at: AT,
  wishedBy: [],
  executePrivilege: null,
  pause: { by: 'cli:ci', reason: 'recreated', since: AT },
};

describe('the reason of a pause', () => {
  it('says who made it, what callers need and what is lost', () => {
    const pause: RecreationFacts = { ...PAUSE, wishedBy: ['--endpoints'], executePrivilege: 'prvReadAccount' };
    expect(pauseReason(pause, ['step A', 'flow B'])).toBe(
      'dataverse apply recreates contoso_CustomerPurchase (process 4711 on build-7.example.com at ' +
        '2026-11-22T14:00:00.000Z; with endpoints; callers need prvReadAccount; loses step A, flow B)',
    );
  });

  it('is no longer than a reason may be', () => {
    const reason = pauseReason(PAUSE, Array(60).fill('flow of theirs'));
    expect(reason).toHaveLength(500);
    expect(reason).toMatch(/\.\.\.\)$/);
  });

  it('is one line whatever is lost', () => {
    expect(pauseReason(PAUSE, ['step a\nb'])).toMatch(/^[^\p{C}]+$/u);
  });
});

describe('the run that made a pause', () => {
  const HERE = hostWord();

  it.each<[string, Partial<RecreationFacts>, number, boolean]>([
    ['on another host is believed in for ten minutes', {}, AT + 599_000, true],
    ['on another host is over after ten minutes', {}, AT + 600_000, false],
    ['is at work while its process lives', { host: HERE, process: process.ppid }, AT + 86_400_000, true],
    ['is over when its process is', { host: HERE, process: 2 ** 22 + 1 }, AT, false],
    ['is over where this very process has its number', { host: HERE, process: process.pid }, AT, false],
  ])('%s', (_what, more, now, expected) => {
    expect(mayBeAtWork({ ...PAUSE, ...more }, now)).toBe(expected);
  });
});
