import { ARCHIVE_TABLES, type Archive, type ArchiveTable } from './archive.js';
import { CopyRefusedError } from './copy-refused.error.js';
import type { OutboxGauges } from './outbox.js';
import type { Store } from './store.js';
import { TableDigest } from './table-digest.js';

/** Rows per transaction: some ten milliseconds, and half a megabyte as a rule. */
const ROWS_AT_ONCE = 500;

/** What is copied, from where to where; neither may be in use by a gateway. */
export interface CopyRequest {
  readonly from: Store;
  readonly to: Store;
  /** Called after every page. */
  readonly progress?: (progress: CopyProgress) => void;
  /** Ends the copy, or the second reading, between two pages; what was written so far must not be used. */
  readonly signal?: AbortSignal;
}

export interface CopyProgress {
  readonly table: ArchiveTable;
  /** Rows of this table that were written so far. */
  readonly copied: number;
}

/** How many rows of each table were copied, and found again in the target. */
export type CopyReport = Readonly<Record<ArchiveTable, number>>;

/**
 * Copies a whole store into an empty one, of the same engine or the other, and reads the target again to check that
 * everything is there unchanged. Leases are copied too: the gateway that starts on the target finds them lost and
 * recovers them. Throws `CopyRefusedError`, or the reason of `signal` where that ended it.
 */
export async function copyStore(request: CopyRequest): Promise<CopyReport> {
  const { from, to } = request;
  if (!(await to.archive.isEmpty())) {
    throw new CopyRefusedError('copy-target-not-empty', 'The target holds something already: name an empty database.');
  }
  const report: Partial<Record<ArchiveTable, number>> = {};
  const read = new Map<ArchiveTable, TableDigest>();
  for (const table of ARCHIVE_TABLES) {
    const digest = await copyTable(table, request);
    report[table] = digest.count;
    read.set(table, digest);
  }
  for (const [table, digest] of read) await expectWhole(table, digest, request);
  await expectSameCounts(from, to);
  return report as CopyReport;
}

async function copyTable(table: ArchiveTable, { from, to, progress, signal }: CopyRequest): Promise<TableDigest> {
  const digest = new TableDigest();
  let cursor: string | null = null;
  do {
    signal?.throwIfAborted();
    const { rows, next } = await from.archive.read(table, cursor, ROWS_AT_ONCE);
    if (rows.length > 0) await to.archive.write(table, rows);
    digest.add(rows);
    cursor = next;
    progress?.({ table, copied: digest.count });
  } while (cursor !== null);
  return digest;
}

async function expectWhole(table: ArchiveTable, copied: TableDigest, { to, signal }: CopyRequest): Promise<void> {
  const found = await readAgain(to.archive, table, signal);
  if (found.count !== copied.count) {
    throw incomplete(`${copied.count} rows of the table ${table} were copied, and ${found.count} are there`);
  }
  if (found.end() !== copied.end()) throw incomplete(`the table ${table} does not hold what was read from the source`);
}

async function readAgain(archive: Archive, table: ArchiveTable, signal: AbortSignal | undefined): Promise<TableDigest> {
  const digest = new TableDigest();
  let cursor: string | null = null;
  do {
    signal?.throwIfAborted();
    const { rows, next } = await archive.read(table, cursor, ROWS_AT_ONCE);
    digest.add(rows);
    cursor = next;
  } while (cursor !== null);
  return digest;
}

/**
 * By type and status, and the special ones among them, as the gauges count them. It also shows a source that changed
 * meanwhile.
 */
async function expectSameCounts(from: Store, to: Store): Promise<void> {
  const [source, target] = [await from.outbox.measure(), await to.outbox.measure()];
  const [expected, found] = [inWords(source), inWords(target)];
  if (expected !== found) throw incomplete(`the source counts ${expected}, the target ${found}`);
}

function inWords({ counts, blocking, overdue }: OutboxGauges): string {
  const words = [
    ...counts.map(({ type, status, count }) => `${count} ${type} ${status}`),
    ...blocking.map(({ type, count }) => `${count} ${type} blocking`),
    ...overdue.map(({ type, count }) => `${count} ${type} overdue`),
  ];
  return words.sort().join(', ') || 'nothing';
}

function incomplete(difference: string): CopyRefusedError {
  return new CopyRefusedError(
    'copy-incomplete',
    `The copy is not complete: ${difference}. Stop every gateway, empty the target and copy again.`,
  );
}
