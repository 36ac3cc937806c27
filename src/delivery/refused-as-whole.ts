import type { AttemptReport } from './destination.js';

/**
 * Whether a call that carried several events was refused for being one, as far as can be told: nothing passed, and what
 * refused it blames the application user, or the request itself, and none of the events. Single calls may pass.
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
      // Below 500 it is the request that was not taken, not a target in trouble.
      return httpStatus !== null && httpStatus >= 400 && httpStatus < 500;
    default:
      return false;
  }
}
