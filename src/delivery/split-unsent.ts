import type { Call } from './call.js';
import type { AttemptReport, CallReport } from './destination.js';
import type { HeldEvent } from './held-event.js';

/** Splits a call: what was sent, with its reports; and what was not, which goes back as if it had never begun. */
export interface SplitCall {
  readonly sent: Call;
  readonly reports: readonly AttemptReport[];
  readonly unsent: readonly HeldEvent[];
}

export function splitUnsent(call: Call, all: readonly CallReport[]): SplitCall {
  const held: HeldEvent[] = [];
  const reports: AttemptReport[] = [];
  const unsent: HeldEvent[] = [];
  for (const [index, one] of call.held.entries()) {
    const report = all[index];
    if (report === undefined || report.outcome === null) unsent.push(one);
    else {
      held.push(one);
      reports.push(report);
    }
  }
  return { sent: { ...call, held }, reports, unsent };
}
