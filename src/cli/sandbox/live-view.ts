import type { DestinationStream } from 'pino';

interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** The wording of log lines that a person reads as they are. */
const VIEWS: Readonly<Record<string, (line: LogLine) => string>> = {
  'delivery.attempted': viewOfAttempt,
  'receipt.confirmed': ({ type, eventId, waitedMs }) =>
    `${type} ${eventId} confirmed${waitedMs === null ? '' : ` in ${waitedMs} ms`}`,
  'receipt.duplicate': ({ type, eventId }) => `${type} ${eventId} was raised more than once by Dataverse: a duplicate`,
  'receipt.overdue': ({ type, count }) =>
    `${type} ${count} ${count === 1 ? 'event' : 'events'} delivered, but not confirmed in time`,
  'receipt.refused': ({ reason, count }) =>
    `${count === 1 ? 'a receipt was' : `${count} receipts were`} refused: ${reason}`,
  'receipt.stripped': ({ type, eventId }) =>
    `${type} ${eventId} was too large: Dataverse told its subscribers without its content`,
  'setting.doubtful': ({ setting, detail }) => `${setting} ${detail}`,
  'gate.changed': ({ gate, state, cause, detail }) =>
    `gate ${gate} ${state}${cause === null ? '' : ` (${cause}: ${detail})`}`,
  'type.drifted': ({ type, detail }) => `${type} drifted: ${detail}`,
  'type.not-verified': ({ type, detail }) => `${type} could not be verified: ${detail}`,
  'gateway.stopping': () => 'stopping once what is under way has ended; Ctrl-C again does not wait',
};

/** Turns the log into lines for a person at a terminal: a line per attempt and per gate, and one for every trouble. */
export function liveView(write: (text: string) => void): DestinationStream {
  return {
    write: (json) => {
      const line = JSON.parse(json) as LogLine;
      const view = (VIEWS[line.msg] ?? viewOfTrouble)(line);
      if (view !== null) write(`${line.time.slice(11, 19)} ${view}\n`);
    },
  };
}

function viewOfAttempt({ type, eventId, settlement, outcome, durationMs, reason, nextAttemptAt }: LogLine): string {
  if (settlement === 'delivered') return `${type} ${eventId} delivered in ${durationMs} ms`;
  return `${type} ${eventId} ${outcome}, ${settlement === 'dead' ? `dead: ${reason}` : `again at ${nextAttemptAt}`}`;
}

/** Null for lines that are no trouble. */
function viewOfTrouble({ level, msg, err, detail, reason }: LogLine): string | null {
  if (['trace', 'debug', 'info'].includes(level)) return null;
  const { message } = (err ?? {}) as { message?: string };
  const why = message ?? detail ?? reason;
  return `${level} ${msg}${typeof why === 'string' ? `: ${why}` : ''}`;
}
