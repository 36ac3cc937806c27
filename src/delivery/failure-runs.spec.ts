import { describe, expect, it } from '@jest/globals';
import { FailureRuns } from './failure-runs.js';

describe('a run of failures', () => {
  const fail = (runs: FailureRuns, ...events: string[]) =>
    events.map((event) => runs.userFailed('user', [event])).at(-1);
  const refuse = (runs: FailureRuns, times: number) =>
    Array.from({ length: times }, () => runs.typeRefused('T')).at(-1);

  it('closes the user with the fifth, over three events', () => {
    const runs = new FailureRuns();
    expect(fail(runs, 'a', 'b', 'c', 'a')).toBe(false);
    expect(fail(runs, 'a')).toBe(true);
    expect(fail(runs, 'a')).toBe(true);
  });

  it('leaves the user alone where fewer than three events fail', () => {
    const runs = new FailureRuns();
    expect(fail(runs, 'a', 'b', 'a', 'b', 'a', 'b', 'a')).toBe(false);
    expect(fail(runs, 'c')).toBe(true);
  });

  it('closes the type with the tenth refusal', () => {
    const runs = new FailureRuns();
    expect(refuse(runs, 9)).toBe(false);
    expect(refuse(runs, 1)).toBe(true);
  });

  it('is ended by a delivered event, and by that alone', () => {
    const runs = new FailureRuns();
    fail(runs, 'a', 'b', 'c', 'd');
    refuse(runs, 9);
    runs.passed('user', 'T');
    expect(fail(runs, 'e')).toBe(false);
    expect(refuse(runs, 9)).toBe(false);
  });

  it('is forgotten for one user, and for no type', () => {
    const runs = new FailureRuns();
    fail(runs, 'a', 'b', 'c', 'd');
    for (const event of ['a', 'b', 'c', 'd']) runs.userFailed('other', [event]);
    refuse(runs, 9);
    runs.forget('user');
    expect(fail(runs, 'e', 'f', 'g', 'h')).toBe(false);
    expect(fail(runs, 'i')).toBe(true);
    expect(runs.userFailed('other', ['e'])).toBe(true);
    expect(refuse(runs, 1)).toBe(true);
  });

  it('is counted for each user and each type by itself', () => {
    const runs = new FailureRuns();
    fail(runs, 'a', 'b', 'c', 'd');
    refuse(runs, 9);
    expect(runs.userFailed('other', ['e'])).toBe(false);
    expect(runs.typeRefused('Other')).toBe(false);
    runs.passed('other', 'Other');
    expect(fail(runs, 'e')).toBe(true);
    expect(refuse(runs, 1)).toBe(true);
  });
});
