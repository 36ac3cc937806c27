import type { EpochMs } from '../kernel/clock.js';
import type { NewAttempt } from '../outbox/settlement.js';
import type { Call } from './call.js';
import type { AttemptReport } from './destination.js';

export interface AnsweredPart {
  readonly call: Call;
  readonly report: AttemptReport;
  /** False where the attempt is given back. */
  readonly counted: boolean;
  readonly endedAt: EpochMs;
}

/** Makes the line in an event's timeline for the call that carried it. */
export function attemptLine({ call, report, counted, endedAt }: AnsweredPart): NewAttempt {
  return {
    outcome: report.outcome.kind,
    counted,
    startedAt: call.beganAt,
    durationMs: endedAt - call.beganAt,
    applicationUser: call.applicationUser,
    httpStatus: report.httpStatus,
    errorCode: report.errorCode,
    detail: detailOf(report, call.held.length),
    serviceRequestId: report.serviceRequestId,
  };
}

/** The other parts of a batch may have caused what happened to this one: the timeline must show that. */
function detailOf({ detail }: AttemptReport, carried: number): string | null {
  if (carried === 1) return detail;
  const batch = `in a batch of ${carried}`;
  return detail === null ? batch : `${detail}; ${batch}`;
}
