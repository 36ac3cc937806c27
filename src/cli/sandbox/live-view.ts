import type { DestinationStream } from 'pino';

interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** Turns the log into lines for a person at a terminal: a line per attempt and per gate, and whatever went wrong. */
export function liveView(write: (text: string) => void): DestinationStream {
  return {
    write: (json) => {
      const view = viewOf(JSON.parse(json) as LogLine);
      if (view !== null) write(`${view}\n`);
    },
  };
}

function viewOf(line: LogLine): string | null {
  const at = line.time.slice(11, 19);
  if (line.msg === 'delivery.attempted') {
    const { type, eventId, settlement, outcome, durationMs, reason, nextAttemptAt } = line;
    if (settlement === 'delivered') return `${at} ${type} ${eventId} delivered in ${durationMs} ms`;
    const then = settlement === 'dead' ? `dead: ${reason}` : `again at ${nextAttemptAt}`;
    return `${at} ${type} ${eventId} ${outcome}, ${then}`;
  }
  if (line.msg === 'gate.changed') {
    const { gate, state, cause, detail } = line;
    return `${at} gate ${gate} ${state}${cause === null ? '' : ` (${cause}: ${detail})`}`;
  }
  return line.level === 'info' || line.level === 'debug' || line.level === 'trace'
    ? null
    : `${at} ${line.level} ${line.msg}${'err' in line ? `: ${(line.err as { message?: string }).message}` : ''}`;
}
