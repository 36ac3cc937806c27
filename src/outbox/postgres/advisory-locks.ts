import { crc32 } from 'node:zlib';

/**
 * "BEG1": advisory locks are numbers that all programs of a database share, so ours have a family number of their own.
 */
const FAMILY = 0x42454731;

/** Lines share this many locks: enough that unrelated ones seldom collide, few enough for the server's lock table. */
const LINE_BUCKETS = 1024;
const FIRST_LINE = 1024;

/** Locks that one transaction holds alone, or that all transactions of one kind share; held until its end. */
const LOCKS = { migration: 0, gates: 1, users: 2, sweep: 3, archive: 4, work: 5 } as const;

/** The line of an ordering key: its scope, and the name of what is sent in order. */
export interface Line {
  readonly client: string;
  readonly type: string;
  readonly orderingKey: string;
}

/** SQL that waits until no other transaction holds the lock. */
export function lockAlone(name: keyof typeof LOCKS): string {
  return `SELECT pg_advisory_xact_lock(${FAMILY}, ${LOCKS[name]})`;
}

/** SQL that waits until no transaction holds the lock alone; any number may share it. */
export function lockShared(name: keyof typeof LOCKS): string {
  return `SELECT pg_advisory_xact_lock_shared(${FAMILY}, ${LOCKS[name]})`;
}

/** SQL that takes the lock if it is free; selects `taken`. */
export function tryLockAlone(name: keyof typeof LOCKS): string {
  return `SELECT pg_try_advisory_xact_lock(${FAMILY}, ${LOCKS[name]}) AS taken`;
}

/**
 * SQL that takes the right to work on this database, if it is free: gateways share it, a copy has it alone. Selects
 * `taken`; held until the connection ends.
 */
export function tryToWork(alone: boolean): string {
  return `SELECT pg_try_advisory_lock${alone ? '' : '_shared'}(${FAMILY}, ${LOCKS.work}) AS taken`;
}

/**
 * SQL that selects as `there` whether anybody has the right to work on this database. It takes no lock itself: a gateway
 * that starts meanwhile is not kept out.
 */
export const SELECT_AT_WORK = `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = ${FAMILY} AND objid = ${LOCKS.work} AND objsubid = 2) AS there`;

/**
 * SQL that waits until no other transaction changes one of these lines. A transaction that appends to a line, or
 * removes an event from it, holds the line's lock until its commit. So the order of sequences is the order of commits,
 * and the next event is always promoted. Locks are taken in ascending order, so that two transactions never wait for
 * each other. Null for none.
 */
export function lockLines(lines: readonly Line[]): string | null {
  if (lines.length === 0) return null;
  const buckets = [...new Set(lines.map(bucketOf))].sort((a, b) => a - b);
  return `SELECT pg_advisory_xact_lock(${FAMILY}, bucket) FROM unnest('{${buckets.join()}}'::int[]) AS bucket`;
}

function bucketOf({ client, type, orderingKey }: Line): number {
  return FIRST_LINE + (crc32(`${client}\0${type}\0${orderingKey}`) % LINE_BUCKETS);
}
