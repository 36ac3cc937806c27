import type { Timers } from '../kernel/timers.js';
import type { AttemptReport } from './destination.js';

/** How long a call that was cut off may take to say so before it is judged without it. */
const LAST_WORD_MS = 1_000;

/**
 * Makes one call and always comes to a report. A destination neither rejects nor outlives its signal; should one do so
 * all the same, the attempt is `uncertain`: that is what is known about it.
 */
export function callDestination(
  call: (signal: AbortSignal) => Promise<AttemptReport>,
  signal: AbortSignal,
  timers: Timers,
): Promise<AttemptReport> {
  return new Promise((resolve) => {
    let cancel = () => {};
    const cutOff = () => {
      cancel = timers.after(LAST_WORD_MS, () => end(uncertain('cut off by the end of the process')));
    };
    const end = (report: AttemptReport) => {
      cancel();
      signal.removeEventListener('abort', cutOff);
      resolve(report);
    };
    signal.addEventListener('abort', cutOff, { once: true });
    if (signal.aborted) cutOff();
    begin(call, signal).then(end, () => end(uncertain('the call failed without an outcome')));
  });
}

/** Async, so that a call that throws at once rejects like any other. */
async function begin(call: (signal: AbortSignal) => Promise<AttemptReport>, signal: AbortSignal) {
  return call(signal);
}

function uncertain(detail: string): AttemptReport {
  return { outcome: { kind: 'uncertain' }, httpStatus: null, errorCode: null, detail, serviceRequestId: null };
}
