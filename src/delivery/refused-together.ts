import type { AttemptReport } from './destination.js';

/**
 * Whether a batch was rejected in all of its parts: then it may have been the batch that was refused, and none of its
 * events is condemned for it. Each is tried alone, and judged by that.
 */
export function wereRefusedTogether(parts: readonly { readonly report: AttemptReport }[]): boolean {
  return parts.length > 1 && parts.every(({ report }) => report.outcome.kind === 'rejected');
}
