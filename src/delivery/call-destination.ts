import type { Timers } from '../kernel/timers.js';
import type { AttemptReport, CallReport } from './destination.js';

/** How long a call that was cut off may take to report before it is judged without a report. */
const LAST_WORD_MS = 1_000;

/**
 * Makes one call and always returns a report. A destination must neither reject nor outlive its signal; should one do
 * so all the same, the attempt is `uncertain`: nothing more is known about it.
 */
export async function callDestination(
  call: (signal: AbortSignal) => Promise<CallReport>,
  signal: AbortSignal,
  timers: Timers,
): Promise<CallReport> {
  const [report] = await callForEach(1, async (ending) => [await call(ending)], { signal, timers });
  return report ?? uncertain(NO_OUTCOME);
}

/** The same for a call that carries several events: a report for each of them, `uncertain` where one is missing. */
export async function callForEach(
  events: number,
  call: (signal: AbortSignal) => Promise<readonly CallReport[]>,
  { signal, timers }: { readonly signal: AbortSignal; readonly timers: Timers },
): Promise<readonly CallReport[]> {
  const answer = await answerOf(call, signal, timers);
  const missing = answer.reports === null ? uncertain(answer.detail) : uncertain(NO_OUTCOME);
  return Array.from({ length: events }, (_, index) => answer.reports?.[index] ?? missing);
}

type Answer = { readonly reports: readonly CallReport[] } | { readonly reports: null; readonly detail: string };

function answerOf(
  call: (signal: AbortSignal) => Promise<readonly CallReport[]>,
  signal: AbortSignal,
  timers: Timers,
): Promise<Answer> {
  return new Promise((resolve) => {
    let cancel = () => {};
    const cutOff = () => {
      cancel = timers.after(LAST_WORD_MS, () => end({ reports: null, detail: 'cut off by the end of the process' }));
    };
    const end = (answer: Answer) => {
      cancel();
      signal.removeEventListener('abort', cutOff);
      resolve(answer);
    };
    signal.addEventListener('abort', cutOff, { once: true });
    if (signal.aborted) cutOff();
    begin(call, signal).then(
      (reports) => end({ reports }),
      () => end({ reports: null, detail: NO_OUTCOME }),
    );
  });
}

/** Async, so that a call that throws at once rejects like any other. */
async function begin<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  return call(signal);
}

const NO_OUTCOME = 'the call failed without an outcome';

function uncertain(detail: string): AttemptReport {
  const unknown = { httpStatus: null, errorCode: null, serviceRequestId: null, hints: null };
  return { outcome: { kind: 'uncertain' }, detail, ...unknown };
}
