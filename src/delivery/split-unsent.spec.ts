import { describe, expect, it } from '@jest/globals';
import type { Call } from './call.js';
import { type AttemptReport, UNSENT } from './destination.js';
import type { HeldEvent } from './held-event.js';
import { splitUnsent } from './split-unsent.js';

const [FIRST, SECOND, THIRD] = ['first', 'second', 'third'].map((id) => ({ event: { id } }) as unknown as HeldEvent);
const CALL = { applicationUser: 'user-a', held: [FIRST, SECOND, THIRD], beganAt: 7 } as Call;
const REPORT: AttemptReport = {
  outcome: { kind: 'delivered' },
  httpStatus: 204,
  errorCode: null,
  detail: null,
  serviceRequestId: null,
  hints: null,
};

describe('splitUnsent', () => {
  it('keeps a call that was sent as it is', () => {
    expect(splitUnsent(CALL, [REPORT, REPORT, REPORT])).toEqual({
      sent: CALL,
      reports: [REPORT, REPORT, REPORT],
      unsent: [],
    });
  });

  it('takes out what was not sent, wherever it stands', () => {
    expect(splitUnsent(CALL, [UNSENT, REPORT, UNSENT])).toEqual({
      sent: { ...CALL, held: [SECOND] },
      reports: [REPORT],
      unsent: [FIRST, THIRD],
    });
  });

  it('leaves nothing of a call that was not sent at all', () => {
    const { sent, reports, unsent } = splitUnsent(CALL, [UNSENT, UNSENT, UNSENT]);
    expect([sent.held, reports, unsent]).toEqual([[], [], CALL.held]);
  });
});
