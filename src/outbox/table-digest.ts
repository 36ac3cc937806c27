import { createHash } from 'node:crypto';
import type { ArchiveRow } from './archive.js';

/**
 * The content of a table in one figure: SHA-256 over its rows in the order in which they come. The order of columns
 * does not matter.
 */
export class TableDigest {
  private readonly hash = createHash('sha256');
  private rows = 0;

  add(rows: readonly ArchiveRow[]): void {
    for (const row of rows) this.hash.update(`${canonical(row)}\n`);
    this.rows += rows.length;
  }

  get count(): number {
    return this.rows;
  }

  /** Ends the digest: nothing may be added after it. */
  end(): string {
    return this.hash.digest('hex');
  }
}

function canonical(row: ArchiveRow): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
