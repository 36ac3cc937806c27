import type { DataverseConnection } from '../dataverse-connection.js';
import type { Bind, TableOperation } from '../provisioning/change.js';
import { AmbiguousRowError } from './ambiguous-row.error.js';
import { DataverseRefusedError } from './dataverse-refused.error.js';
import { followNested } from './follow-nested.js';
import { type Page, pathOfLink, readPage } from './read-page.js';
import { rowIn } from './row-in.js';
import { type TableCaller, TableExchange } from './table-exchange.js';
import { queryText, type TableQuery } from './table-query.js';
import { type TableRow, textOf } from './table-row.js';
import { isDuplicate, TableWriter } from './table-writer.js';

/** A row, or the rows behind one of its navigation properties. */
export interface RowReference {
  readonly set: string;
  readonly id: string;
}

export interface WriteOptions {
  /** Unique name of the solution that the component is added to; null or left out for the default solution. */
  readonly solution?: string | null;
}

/**
 * The tables of an environment as one application user sees them. Every method rejects with `DataverseRefusedError`
 * where Dataverse refuses, and with `DataverseUnreachableError` where it does not answer within the caller's patience.
 */
export class TableClient {
  private readonly exchange: TableExchange;
  private readonly writer: TableWriter;
  private readonly root: string;

  constructor(connection: DataverseConnection, caller: TableCaller) {
    this.root = connection.origin + connection.root;
    this.exchange = new TableExchange(connection, caller);
    this.writer = new TableWriter(this.exchange, (bind) => this.idOf(bind));
  }

  /** Every row that fits, of all pages, with its expanded collections in full. */
  async list(set: string, query: TableQuery): Promise<readonly TableRow[]> {
    const rows: TableRow[] = [];
    for await (const page of this.pages(set, query)) rows.push(...page);
    return rows;
  }

  /** The same page by page, as they come. */
  async *pages(set: string, query: TableQuery): AsyncGenerator<readonly TableRow[]> {
    let path: string | null = set + queryText(query);
    while (path !== null) {
      const { rows, next }: Page = await this.page(path);
      const full: TableRow[] = [];
      for (const row of rows) full.push(await followNested(row, (link) => this.page(pathOfLink(link))));
      yield full;
      path = next === null || query.top !== undefined ? null : pathOfLink(next);
    }
  }

  /** One row by its id; null where there is none. */
  async find(set: string, id: string, query: TableQuery): Promise<TableRow | null> {
    try {
      const row = await this.callFunction(`${set}(${id})${queryText(query)}`);
      return await followNested(row, (link) => this.page(pathOfLink(link)));
    } catch (error) {
      if (error instanceof DataverseRefusedError && error.code === '0x80040217') return null;
      throw error;
    }
  }

  /**
   * Creates, updates or deletes one row. May be repeated after a failure: a creation that finds its own id there, and a
   * deletion that finds nothing, count as done.
   */
  write(operation: TableOperation, { solution = null }: WriteOptions = {}): Promise<void> {
    return this.writer.write(operation, solution);
  }

  /** Adds a row to a collection-valued navigation property of another; a row that is already there counts as done. */
  async associate(row: RowReference, navigation: string, other: RowReference): Promise<void> {
    const path = `${row.set}(${row.id})/${navigation}/$ref`;
    try {
      // For this one an absolute address is documented; elsewhere a relative one is enough.
      await this.callAction(path, { '@odata.id': `${this.root}/${other.set}(${other.id})` }, { repeatable: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /** GET of a function or another resource that is one object: `WhoAmI`, `systemusers(<id>)/...`. */
  async callFunction(path: string): Promise<TableRow> {
    const response = await this.exchange.succeed({ method: 'GET', path, repeatable: true });
    return rowIn(response, path);
  }

  /** POST of an action, which is repeated only where `repeatable` says so; null where it answers nothing. */
  async callAction(
    path: string,
    body: Readonly<Record<string, unknown>>,
    { repeatable = false, solution = null }: WriteOptions & { readonly repeatable?: boolean } = {},
  ): Promise<TableRow | null> {
    const headers = solution === null ? {} : { 'MSCRM.SolutionUniqueName': solution };
    const request = { method: 'POST', path, headers, body: JSON.stringify(body), repeatable } as const;
    const response = await this.exchange.succeed(request);
    return response.status === 204 || response.body === '' ? null : rowIn(response, path);
  }

  /** The text of `$metadata`: every type, set, action and function; many megabytes where much is installed. */
  async metadata(): Promise<string> {
    const headers = { Accept: 'application/xml' };
    const { body } = await this.exchange.succeed({ method: 'GET', path: '$metadata', headers, repeatable: true });
    return body;
  }

  /** The id a bind leads to. Throws `AmbiguousRowError` unless there is exactly one such row. */
  private async idOf({ set, to }: Bind): Promise<string> {
    if ('id' in to) return to.id;
    const rows = await this.list(set, { select: [to.primaryKey], filter: to.filter, top: 2 });
    const [id, another] = rows.map((row) => textOf(row, to.primaryKey));
    if (typeof id === 'string' && another === undefined) return id;
    throw new AmbiguousRowError(set, to.filter, rows.length);
  }

  private async page(path: string): Promise<Page> {
    const response = await this.exchange.succeed({ method: 'GET', path, repeatable: true });
    return readPage(rowIn(response, path));
  }
}
