import { SUSPECT_LOST_LEASES } from '../settlement.js';
import { type DueEvent, takeTurns } from '../take-turns.js';
import type { TurnMemory } from '../turn-memory.js';
import type { Session } from './session.js';

/** Which events are wanted: replayed or live ones, how many of each type at most, and how many in all. */
export interface DueRequest {
  readonly background: boolean;
  readonly ofType: ReadonlyMap<string, number>;
  readonly limit: number;
}

/** Word for word the condition of the index. */
const IS_OPEN = `
status = 'pending' AND place IS DISTINCT FROM 'behind' AND lost_leases < ${SUSPECT_LOST_LEASES}`;

const IS_DUE = `${IS_OPEN} AND type = $1 AND background = $2`;

/**
 * Jumps from client to client through the index, in the same time for any number of events, until enough clients have
 * one due.
 */
const SELECT_CLIENTS = `
WITH RECURSIVE sender (client) AS (
  SELECT $4::text COLLATE "C"
  UNION ALL
  SELECT (
    SELECT client FROM event WHERE ${IS_DUE} AND client > sender.client ORDER BY client LIMIT 1
  ) FROM sender WHERE sender.client IS NOT NULL
)
SELECT sender.client FROM sender CROSS JOIN LATERAL (
  SELECT 1 FROM event WHERE ${IS_DUE} AND client = sender.client AND available_at <= $3 LIMIT 1
) AS due
WHERE sender.client > $4 LIMIT $5`;

/** Locked until the claim commits; events that another process is claiming are skipped. */
const SELECT_OF_LINES = `
SELECT due.* FROM unnest($1::text[], $2::text[], $3::int[]) AS line (type, client, most)
CROSS JOIN LATERAL (
  SELECT sequence, type, client, available_at AS "availableAt" FROM event
  WHERE ${IS_OPEN} AND type = line.type AND background = $4 AND client = line.client AND available_at <= $5
  ORDER BY available_at, sequence LIMIT line.most FOR UPDATE SKIP LOCKED
) AS due`;

/** One client's events of one type. */
interface Line {
  readonly type: string;
  readonly client: string;
}

/** The due events whose turn it is, in the order of their turns; nobody else can claim them meanwhile. */
export async function selectDue(
  session: Session,
  turns: TurnMemory,
  request: DueRequest,
): Promise<readonly DueEvent[]> {
  const { background, ofType, limit } = request;
  if (limit <= 0 || ofType.size === 0) return [];
  const after = turns.lastServed(ofType.keys(), background);
  const lines = await Promise.all([...ofType.keys()].map((type) => linesOf(session, request, { type, after })));
  const taken = await take(session, { ...request, after, lines: lines.flat() });
  const last = taken.at(-1);
  if (last !== undefined) turns.remember(ofType.keys(), background, last.client);
  return taken;
}

/** The clients with due events of a type, those whose turn comes first. */
async function linesOf(
  session: Session,
  { background, limit }: DueRequest,
  { type, after }: { readonly type: string; readonly after: string },
): Promise<readonly Line[]> {
  const select = (beyond: string) =>
    session.rows<{ readonly client: string }>(SELECT_CLIENTS, type, background ? 1 : 0, session.now, beyond, limit);
  const beyond = await select(after);
  const isRoundOver = beyond.length < limit && after !== '';
  const before = isRoundOver ? await select('') : [];
  const clients = new Set([...beyond, ...before].map(({ client }) => client));
  return [...clients].slice(0, limit).map((client) => ({ type, client }));
}

interface Taking extends DueRequest {
  readonly after: string;
  readonly lines: readonly Line[];
}

/**
 * Reads a fair share of each line, and one more. Only where a line has to give more than that, because the others have
 * little, all of it is read.
 */
async function take(session: Session, taking: Taking): Promise<readonly DueEvent[]> {
  const { lines, limit } = taking;
  if (lines.length === 0) return [];
  const clients = new Set(lines.map(({ client }) => client)).size;
  const share = Math.min(limit, Math.ceil(limit / Math.max(clients, 1)) + 1);
  const due = await dueOf(session, taking, share);
  const taken = takeTurns(due, taking);
  const isTaken = new Set(taken);
  const ofLine = Map.groupBy(due, ({ type, client }) => `${type} ${client}`);
  const isSpent = [...ofLine.values()].some(
    (events) => events.length === share && events.every((event) => isTaken.has(event)),
  );
  return share === limit || !isSpent ? taken : takeTurns(await dueOf(session, taking, limit), taking);
}

function dueOf(session: Session, { background, ofType, lines }: Taking, most: number): Promise<readonly DueEvent[]> {
  return session.rows<DueEvent>(
    SELECT_OF_LINES,
    lines.map(({ type }) => type),
    lines.map(({ client }) => client),
    lines.map(({ type }) => Math.min(most, ofType.get(type) ?? 0)),
    background ? 1 : 0,
    session.now,
  );
}
