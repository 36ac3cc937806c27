import type { AttemptReport, CallReport, Outcome } from '../../delivery/destination.js';

/**
 * Sends runs one after the other; returns a report for every item, in order. After an answer that closes the
 * application user's gate nothing more is sent: the remaining items share that outcome, which gives their attempts
 * back.
 */
export async function sendInRuns<T>(
  runs: readonly (readonly T[])[],
  send: (run: readonly T[]) => Promise<readonly CallReport[]>,
): Promise<readonly CallReport[]> {
  const reports: CallReport[] = [];
  for (const run of runs) {
    const stopping = reports.find(stopsTheUser);
    reports.push(...(stopping === undefined ? await send(run) : run.map(() => unsentAfter(stopping))));
  }
  return reports;
}

function stopsTheUser(report: CallReport): report is AttemptReport {
  return report.outcome !== null && closesTheUser(report.outcome);
}

function closesTheUser(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'throttled':
    case 'unauthorized':
    case 'unavailable':
      return true;
    case 'forbidden':
    case 'misconfigured':
      return outcome.scope === 'user';
    default:
      return false;
  }
}

function unsentAfter({ outcome, errorCode }: AttemptReport): AttemptReport {
  const detail = `not sent, after another part of the batch was ${outcome.kind}`;
  return { outcome, httpStatus: null, errorCode, detail, serviceRequestId: null, hints: null };
}
