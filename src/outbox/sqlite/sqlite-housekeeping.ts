import { Housekeeping, type SweepStep } from '../housekeeping.js';
import type { Writer } from './writer.js';

/** Retention on SQLite. */
export class SqliteHousekeeping extends Housekeeping {
  constructor(private readonly writer: Writer) {
    super();
  }

  override removeEnded(step: SweepStep): Promise<number> {
    return this.writer.call('removeEnded', step);
  }

  override clearData(step: SweepStep): Promise<number> {
    return this.writer.call('clearData', step);
  }
}
