import type { TableOperation } from '../../dataverse/provisioning/change.js';
import type { Plan } from '../../dataverse/provisioning/plan/plan.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';
import type { TableClient, WriteOptions } from '../../dataverse/tables/table-client.js';
import type { Interruption } from './interruption.js';

/**
 * Writes that remember what recreations have deleted: after the first deletion Ctrl-C is held back, for what is deleted
 * has to be made anew.
 */
export class WatchedWrites {
  private readonly opened = new Set<string>();

  constructor(
    private readonly tables: Pick<TableClient, 'write'>,
    private readonly plan: Plan,
    private readonly interruption: Interruption,
  ) {}

  /** Unique names of the custom APIs that lost something, or may have. */
  get begun(): ReadonlySet<string> {
    return this.opened;
  }

  async write(operation: TableOperation, options?: WriteOptions): Promise<void> {
    if (operation.kind !== 'delete' || this.plan.recreations.length === 0) return this.tables.write(operation, options);
    this.interruption.hold();
    try {
      await this.tables.write(operation, options);
    } catch (error) {
      if (mayHaveRun(error)) this.open(operation);
      throw error;
    }
    this.open(operation);
  }

  /** An operation of a newer plan is not in this one: it may belong to any of the recreations. */
  private open({ id }: TableOperation): void {
    const owners = this.plan.changes.filter(({ operations }) => operations.some((one) => one.id === id));
    const names =
      owners.length > 0 ? owners.map(({ recreates }) => recreates) : this.plan.recreations.map(({ name }) => name);
    for (const name of names) if (name !== undefined) this.opened.add(name);
  }
}

function mayHaveRun(error: unknown): boolean {
  if (error instanceof DataverseRefusedError) return false;
  return !(error instanceof DataverseUnreachableError) || error.mayHaveRun;
}
