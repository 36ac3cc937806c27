import { describe, expect, it } from '@jest/globals';
import type { AttemptReport, Outcome } from './destination.js';
import { wasRefusedAsWhole } from './refused-as-whole.js';

const DELIVERED = reportOf({ kind: 'delivered' }, 204);
const NO_BATCHES = reportOf({ kind: 'misconfigured', scope: 'user' }, 405);

describe('a batch', () => {
  it.each<readonly [Outcome, number | null]>([
    [{ kind: 'misconfigured', scope: 'user' }, 404],
    [{ kind: 'misconfigured', scope: 'user' }, null],
    [{ kind: 'forbidden', scope: 'user' }, 403],
    [{ kind: 'transient' }, 400],
    [{ kind: 'transient' }, 413],
  ])('is refused as a whole by $kind (%#)', (outcome, httpStatus) => {
    const refused = reportOf(outcome, httpStatus);
    expect(wasRefusedAsWhole([refused, refused, refused])).toBe(true);
    expect(wasRefusedAsWhole([refused, refused, DELIVERED])).toBe(false);
    expect(wasRefusedAsWhole([refused])).toBe(false);
  });

  it.each<readonly [Outcome, number | null]>([
    [{ kind: 'delivered' }, 204],
    [{ kind: 'throttled', retryAfterMs: 1_000, limit: 'requests' }, 429],
    [{ kind: 'unauthorized' }, 401],
    [{ kind: 'unavailable' }, null],
    [{ kind: 'misconfigured', scope: 'type' }, 404],
    [{ kind: 'forbidden', scope: 'pair' }, 403],
    [{ kind: 'uncertain' }, 408],
    [{ kind: 'transient' }, 503],
    [{ kind: 'transient' }, null],
    [{ kind: 'conflicted' }, 412],
    [{ kind: 'rejected' }, 400],
  ])('is not by $kind (%#)', (outcome, httpStatus) => {
    const report = reportOf(outcome, httpStatus);
    expect(wasRefusedAsWhole([report, report, report])).toBe(false);
  });

  it('is refused as a whole beside an event that cannot be sent at all', () => {
    const unsendable = reportOf({ kind: 'misconfigured', scope: 'type' }, null);
    expect(wasRefusedAsWhole([NO_BATCHES, unsendable, NO_BATCHES])).toBe(true);
  });
});

function reportOf(outcome: Outcome, httpStatus: number | null): AttemptReport {
  return { outcome, httpStatus, errorCode: null, detail: null, serviceRequestId: null, hints: null };
}
