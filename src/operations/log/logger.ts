import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { describeError } from './describe-error.js';
import { redact } from './redact.js';

export interface LoggerOptions {
  readonly level: string;
  /** `stderr` where standard output carries a command's own answer. */
  readonly to: 'stdout' | 'stderr' | DestinationStream;
}

/**
 * The log: JSON, a line per fact, with `time` in RFC 3339 and `level` as a word. Lines are written behind the work, so
 * that a slow reader does not hold it up, and are flushed when the process exits by itself.
 */
export function createLogger({ level, to }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    typeof to === 'string' ? destination({ dest: to === 'stdout' ? 1 : 2, sync: false }) : to,
  );
}
