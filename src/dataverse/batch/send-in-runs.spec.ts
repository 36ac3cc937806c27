import { describe, expect, it } from '@jest/globals';
import { type AttemptReport, type Outcome, UNSENT } from '../../delivery/destination.js';
import { sendInRuns } from './send-in-runs.js';

describe('sendInRuns', () => {
  it('sends one run after the other and reports in their order', async () => {
    const sent: string[] = [];
    const reports = await sendInRuns([['a', 'b'], ['c'], []], async (run) => {
      sent.push(run.join(''));
      return run.map((item) => ({ ...reportOf({ kind: 'delivered' }), detail: item }));
    });
    expect(sent).toEqual(['ab', 'c', '']);
    expect(reports.map(({ detail }) => detail)).toEqual(['a', 'b', 'c']);
  });

  it.each<Outcome>([
    { kind: 'throttled', retryAfterMs: 3000, limit: 'requests' },
    { kind: 'unauthorized' },
    { kind: 'unavailable' },
    { kind: 'forbidden', scope: 'user' },
    { kind: 'misconfigured', scope: 'user' },
  ])('sends nothing after the user was $kind, and shares the outcome', async (outcome) => {
    let runs = 0;
    const reports = await sendInRuns([['a', 'b'], ['c'], ['d']], async (run) => {
      runs += 1;
      return run.map((item) => ({ ...reportOf(item === 'a' ? { kind: 'delivered' } : outcome), httpStatus: 429 }));
    });
    expect(runs).toBe(1);
    expect(reports.map((report) => report.outcome)).toEqual([{ kind: 'delivered' }, outcome, outcome, outcome]);
    expect(reports.map(({ httpStatus }) => httpStatus)).toEqual([429, 429, null, null]);
    expect(reports[3]?.detail).toBe(`not sent, after another part of the batch was ${outcome.kind}`);
  });

  it('asks anew for each run: one that was not sent says nothing of the next', async () => {
    const reports = await sendInRuns([['a', 'b'], ['c']], async (run) =>
      run.map((item) => (item === 'c' ? reportOf({ kind: 'delivered' }) : UNSENT)),
    );
    expect(reports.map(({ outcome }) => outcome)).toEqual([null, null, { kind: 'delivered' }]);
  });

  it.each<Outcome>([
    { kind: 'delivered' },
    { kind: 'forbidden', scope: 'pair' },
    { kind: 'misconfigured', scope: 'type' },
    { kind: 'uncertain' },
    { kind: 'transient' },
    { kind: 'conflicted' },
    { kind: 'rejected' },
  ])('goes on after an outcome that concerns no user: $kind', async (outcome) => {
    let runs = 0;
    await sendInRuns([['a'], ['b']], async (run) => {
      runs += 1;
      return run.map(() => reportOf(outcome));
    });
    expect(runs).toBe(2);
  });
});

function reportOf(outcome: Outcome): AttemptReport {
  return { outcome, httpStatus: null, errorCode: null, detail: null, serviceRequestId: null, hints: null };
}
