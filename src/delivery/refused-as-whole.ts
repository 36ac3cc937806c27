import type { AttemptReport } from './destination.js';

/**
 * Whether a call that carried several events was refused because it did, as far as can be told: nothing passed, and the
 * refusal blames the application user or the request itself, not an event. Single calls may pass.
 */
export function wasRefusedAsWhole(reports: readonly AttemptReport[]): boolean {
  return reports.filter(blamesNoEvent).length > 1 && !reports.some(({ outcome }) => outcome.kind === 'delivered');
}

function blamesNoEvent({ outcome, httpStatus }: AttemptReport): boolean {
  switch (outcome.kind) {
    case 'forbidden':
    case 'misconfigured':
      return outcome.scope === 'user';
    case 'transient':
      // A status below 500 refuses the request; it is no sign of a target in trouble.
      return httpStatus !== null && httpStatus >= 400 && httpStatus < 500;
    default:
      return false;
  }
}
