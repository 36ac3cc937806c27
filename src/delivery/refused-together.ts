import type { AttemptReport } from './destination.js';

/**
 * Whether a batch was rejected in all of its parts: then the batch itself may be the reason, and none of its events is
 * given up for it. Each event is tried alone and judged by that.
 */
export function wereRefusedTogether(parts: readonly { readonly report: AttemptReport }[]): boolean {
  return parts.length > 1 && parts.every(({ report }) => report.outcome.kind === 'rejected');
}
