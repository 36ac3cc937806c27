import type { CopyProgress } from '../../outbox/copy-store.js';
import type { Output } from '../cli-context.js';

/** One line that is overwritten again and again, where a person watches a terminal; elsewhere nothing. */
export function showCopying(output: Output | null): {
  readonly advance: (progress: CopyProgress) => void;
  readonly end: () => void;
} {
  if (output?.isTTY !== true) return { advance: () => {}, end: () => {} };
  return {
    advance: ({ table, copied }) => output.write(`${ANEW}${table}: ${copied}`),
    end: () => output.write(ANEW),
  };
}

/** Moves back to the beginning of the line, and clears it. */
const ANEW = '\r\u001b[2K';
