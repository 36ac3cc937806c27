import { SingleBar } from 'cli-progress';
import type { Output } from './cli-context.js';

export interface Progress {
  /** One more was done, or so many more. */
  readonly advance: (by?: number) => void;
  /** Makes room for a line of something else; the bar is drawn anew below it. */
  readonly clear: () => void;
  readonly end: () => void;
}

/** To the beginning of the line, and all that stands behind it away. */
const CLEAR_LINE = '\r\u001b[K';

const SILENT: Progress = { advance: () => {}, clear: () => {}, end: () => {} };

/** A progress bar where a person watches a terminal; elsewhere nothing. */
export function showProgress(total: number, output: Output | null): Progress {
  if (output?.isTTY !== true || total < 2) return SILENT;
  const stream = output as NodeJS.WriteStream;
  const bar = new SingleBar({ format: '{bar} {value}/{total}, {eta_formatted} left', stream, clearOnComplete: true });
  bar.start(total, 0);
  return {
    advance: (by = 1) => bar.increment(by),
    clear: () => stream.write(CLEAR_LINE),
    end: () => bar.stop(),
  };
}
