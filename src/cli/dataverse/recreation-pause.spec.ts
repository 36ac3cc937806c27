import { describe, expect, it } from '@jest/globals';
import { hostWord, mayBeAtWork } from './may-be-at-work.js';
import { pauseReason, type RecreationPause, readPauseReason } from './recreation-pause.js';

const AT = Date.UTC(2026, 10, 22, 14);
const PAUSE: RecreationPause = {
  customApi: 'contoso_CustomerPurchase',
  process: 4711,
  host: 'build-7.example.com',
  at: AT,
  wishedBy: [],
  executePrivilege: null,
};

describe('the reason of a pause', () => {
  it.each<[string, Partial<RecreationPause>, readonly string[]]>([
    ['as it is', {}, []],
    ['with endpoints', { wishedBy: ['--endpoints'] }, []],
    ['with its receiver', { wishedBy: ['--receiver'] }, []],
    ['with a privilege', { executePrivilege: 'prvReadAccount' }, []],
    [
      'with everything',
      { wishedBy: ['--endpoints', '--receiver'], executePrivilege: 'prvReadAccount' },
      ['step A; callers need (b)'],
    ],
    ['with losses of people who write much', { executePrivilege: 'prvReadAccount' }, Array(60).fill('flow of theirs')],
    ['with a loss of two lines', {}, ['step a\nb']],
  ])('%s is read back', (_how, more, losses) => {
    const pause = { ...PAUSE, ...more };
    const reason = pauseReason(pause, losses);
    expect(readPauseReason(reason)).toEqual(pause);
    expect(reason.length).toBeLessThanOrEqual(500);
    expect(reason).toMatch(/^[^\p{C}]+$/u);
  });

  it.each(['stocktaking', 'dataverse apply recreates the world', ''])('%j is somebody else’s', (reason) => {
    expect(readPauseReason(reason)).toBeNull();
  });
});

describe('the run that made a pause', () => {
  const HERE = hostWord();

  it.each<[string, Partial<RecreationPause>, number, boolean]>([
    ['on another host is believed in for ten minutes', {}, AT + 599_000, true],
    ['on another host is over after ten minutes', {}, AT + 600_000, false],
    ['is at work while its process lives', { host: HERE, process: process.ppid }, AT + 86_400_000, true],
    ['is over when its process is', { host: HERE, process: 2 ** 22 + 1 }, AT, false],
    ['is over where this very process has its number', { host: HERE, process: process.pid }, AT, false],
  ])('%s', (_what, more, now, expected) => {
    expect(mayBeAtWork({ ...PAUSE, ...more }, now)).toBe(expected);
  });
});
