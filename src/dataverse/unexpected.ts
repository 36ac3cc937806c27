import type { AttemptReport } from '../delivery/destination.js';

/** A fault of ours. Counted as uncertain, so that the event is tried again, and ends visibly if the fault stays. */
export function unexpected(error: unknown): AttemptReport {
  return {
    outcome: { kind: 'uncertain' },
    httpStatus: null,
    errorCode: error instanceof Error ? error.name : 'unknown',
    detail: 'an unexpected error',
    serviceRequestId: null,
    hints: null,
  };
}
