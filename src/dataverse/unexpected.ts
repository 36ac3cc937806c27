import type { AttemptReport } from '../delivery/destination.js';

/** A fault of ours. Counting it as uncertain lets the event be tried again, and end visibly if it stays. */
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
