import { SUSPECT_LOST_LEASES } from '../settlement.js';
import { type DueEvent, takeTurns } from '../take-turns.js';
import type { Session } from './session.js';

/** A due event, with the parts of its lease token. */
export interface ClaimableEvent extends DueEvent {
  readonly replays: number;
}

/** Which events are wanted: replayed or live ones, how many of each type at most, and how many in all. */
export interface DueRequest {
  readonly background: boolean;
  readonly ofType: ReadonlyMap<string, number>;
  readonly limit: number;
}

const IS_DUE = `
status = 'pending' AND place IS NOT 'behind' AND lost_leases < ${SUSPECT_LOST_LEASES}
  AND type = :type AND background = :background`;

/** The first and the last client with such an event. If there is only one client, or none, no turns are needed. */
const SELECT_ENDS = `
SELECT
  (SELECT client FROM event INDEXED BY event_due WHERE ${IS_DUE} ORDER BY client LIMIT 1) AS first,
  (SELECT client FROM event INDEXED BY event_due WHERE ${IS_DUE} ORDER BY client DESC LIMIT 1) AS last`;

/**
 * Jumps from client to client through the index, in the same time for any number of events, until enough clients have
 * one due.
 */
const SELECT_CLIENTS = `
WITH RECURSIVE sender (client) AS (
  SELECT :after
  UNION ALL
  SELECT (
    SELECT client FROM event INDEXED BY event_due WHERE ${IS_DUE} AND client > sender.client ORDER BY client LIMIT 1
  ) FROM sender WHERE sender.client IS NOT NULL
)
SELECT client FROM sender WHERE client > :after AND EXISTS (
  SELECT 1 FROM event INDEXED BY event_due WHERE ${IS_DUE} AND client = sender.client AND available_at <= :now
) LIMIT :limit`;

const SELECT_OF_CLIENT = `
SELECT sequence, type, client, available_at AS availableAt, replays FROM event INDEXED BY event_due
WHERE ${IS_DUE} AND client = :client AND available_at <= :now ORDER BY available_at, sequence LIMIT :limit`;

/** One client's events of one type. */
interface Line {
  readonly type: string;
  readonly client: string;
}

/** The due events whose turn it is, in the order of their turns. */
export function selectDue(session: Session, request: DueRequest): readonly ClaimableEvent[] {
  const { background, ofType, limit } = request;
  if (limit <= 0 || ofType.size === 0) return [];
  const after = session.turns.lastServed(ofType.keys(), background);
  const lines = [...ofType.keys()].flatMap((type) => linesOf(session, request, { type, after }));
  const taken = take(session, { ...request, after, lines });
  const last = taken.at(-1);
  if (last !== undefined) session.turns.remember(ofType.keys(), background, last.client);
  return taken;
}

interface ClientRow {
  readonly client: string;
}

/** The clients with due events of a type, those whose turn comes first. */
function linesOf(session: Session, request: DueRequest, { type, after }: { type: string; after: string }): Line[] {
  const index = { type, background: request.background ? 1 : 0 };
  const ends = session.row<{ readonly first: string | null; readonly last: string | null }>(SELECT_ENDS, index);
  if (ends === null || ends.first === null) return [];
  if (ends.first === ends.last) return [{ type, client: ends.first }];
  const leap = { ...index, now: session.now, limit: request.limit };
  const beyond = session.rows<ClientRow>(SELECT_CLIENTS, { ...leap, after });
  const isRoundOver = beyond.length < request.limit && after !== '';
  const before = isRoundOver ? session.rows<ClientRow>(SELECT_CLIENTS, { ...leap, after: '' }) : [];
  const clients = new Set([...beyond, ...before].map(({ client }) => client));
  return [...clients].slice(0, request.limit).map((client) => ({ type, client }));
}

interface Taking extends DueRequest {
  readonly after: string;
  readonly lines: readonly Line[];
}

/**
 * Reads a fair share of each line, and one more. Only where a line has to give more than that, because the others have
 * little, all of it is read.
 */
function take(session: Session, { lines, ...turns }: Taking): readonly ClaimableEvent[] {
  const { limit } = turns;
  const clients = new Set(lines.map(({ client }) => client)).size;
  const share = Math.min(limit, Math.ceil(limit / Math.max(clients, 1)) + 1);
  const due = lines.map((line) => dueOf(session, turns, { ...line, limit: share }));
  const taken = takeTurns(due.flat(), turns);
  if (share === limit || !due.some((events) => events.length === share && isSpent(events, taken))) return taken;
  return takeTurns(
    lines.flatMap((line) => dueOf(session, turns, { ...line, limit })),
    turns,
  );
}

/** The line's last event is taken last. */
function isSpent(events: readonly ClaimableEvent[], taken: readonly ClaimableEvent[]): boolean {
  const last = events.at(-1);
  return last !== undefined && taken.includes(last);
}

function dueOf(
  session: Session,
  { background, ofType }: DueRequest,
  { type, client, limit }: Line & { readonly limit: number },
): readonly ClaimableEvent[] {
  return session.rows<ClaimableEvent>(SELECT_OF_CLIENT, {
    type,
    client,
    background: background ? 1 : 0,
    now: session.now,
    limit: Math.min(limit, ofType.get(type) ?? 0),
  });
}
