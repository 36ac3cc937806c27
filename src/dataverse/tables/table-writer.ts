import { assertNever } from '../../kernel/assert-never.js';
import type { Bind, TableOperation } from '../provisioning/change.js';
import { DataverseRefusedError } from './dataverse-refused.error.js';
import { encodeRow } from './encode-row.js';
import type { TableExchange } from './table-exchange.js';
import { queryText } from './table-query.js';

type Create = Extract<TableOperation, { kind: 'create' }>;
type Update = Extract<TableOperation, { kind: 'update' }>;

const NO_SUCH_ROW = '0x80040217';
/** A primary key that is taken, an alternate key that is taken; source: Web service error codes. */
const DUPLICATES: ReadonlySet<string | null> = new Set(['0x80040237', '0x80060892']);

/** Writes single rows in a way that may be repeated after a lost answer. */
export class TableWriter {
  constructor(
    private readonly exchange: TableExchange,
    private readonly idOf: (bind: Bind) => Promise<string>,
  ) {}

  async write(operation: TableOperation, solution: string | null): Promise<void> {
    const headers = solution === null ? {} : { 'MSCRM.SolutionUniqueName': solution };
    switch (operation.kind) {
      case 'create':
        return this.create(operation, headers);
      case 'update':
        return this.update(operation, headers);
      case 'delete':
        return this.remove(`${operation.set}(${operation.id})`, headers);
      default:
        return assertNever(operation);
    }
  }

  private async create(operation: Create, headers: Readonly<Record<string, string>>): Promise<void> {
    const { set, primaryKey, id, row } = operation;
    const encoded = encodeRow({ [primaryKey]: id, ...row }, await this.bound(operation.binds));
    try {
      await this.exchange.succeed({ method: 'POST', path: set, headers, repeatable: true, ...encoded });
    } catch (error) {
      if (!isDuplicate(error) || !(await this.exists(operation))) throw error;
    }
  }

  /** Never an upsert: a row that was deleted must not come back. */
  private async update({ set, id, row, binds }: Update, headers: Readonly<Record<string, string>>): Promise<void> {
    const request = { method: 'PATCH', path: `${set}(${id})`, repeatable: true } as const;
    const encoded = encodeRow(row, await this.bound(binds));
    await this.exchange.succeed({ ...request, headers: { 'If-Match': '*', ...headers }, ...encoded });
  }

  private async remove(path: string, headers: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.exchange.succeed({ method: 'DELETE', path, headers, repeatable: true });
    } catch (error) {
      if (!(error instanceof DataverseRefusedError) || error.code !== NO_SUCH_ROW) throw error;
    }
  }

  /** Whether the existing row is this very one, from an earlier try whose answer was lost. */
  private async exists({ set, primaryKey, id }: Create): Promise<boolean> {
    const path = `${set}(${id})${queryText({ select: [primaryKey] })}`;
    try {
      await this.exchange.succeed({ method: 'GET', path, repeatable: true });
      return true;
    } catch (error) {
      if (error instanceof DataverseRefusedError && error.code === NO_SUCH_ROW) return false;
      throw error;
    }
  }

  private async bound(binds: readonly Bind[]): Promise<Readonly<Record<string, string>>> {
    const members: Record<string, string> = {};
    for (const bind of binds) members[`${bind.navigation}@odata.bind`] = `/${bind.set}(${await this.idOf(bind)})`;
    return members;
  }
}

/** Whether a refusal says that such a row already exists. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof DataverseRefusedError && DUPLICATES.has(error.code);
}
