import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Organization } from '../organization.js';
import { RowNotPossibleError } from '../tables/row-not-possible.error.js';
import type { Row, TableDefinition } from '../tables/table-definition.js';
import { ROW_SCHEMA } from './schemas.js';

type RowRequest = FastifyRequest<{ Params: { set: string; id: string }; Body: Row }>;

/**
 * The rows as they are, past every rule: drift can be made by hand here. Columns by their logical names, lookups as the
 * id alone, secrets left out.
 */
export function tableRoutes(control: FastifyInstance, { tables }: Organization): void {
  const schema = { schema: { body: ROW_SCHEMA } };
  const known = (set: string) => tables.definition(set);
  control.get('/tables', () =>
    tables.definitions.map(({ setName, logicalName }) => ({
      setName,
      logicalName,
      rows: tables.rows(logicalName).length,
    })),
  );
  control.get('/tables/:set', ({ params }: RowRequest, reply) => {
    const table = known(params.set);
    return table === null ? missing(reply) : tables.rows(table.logicalName).map((row) => shown(row, table));
  });
  control.get('/tables/:set/:id', ({ params }: RowRequest, reply) => {
    const table = known(params.set);
    const row = table === null ? null : tables.find(table.logicalName, params.id);
    return table === null || row === null ? missing(reply) : shown(row, table);
  });
  control.put('/tables/:set/:id', schema, ({ params, body }: RowRequest, reply) => {
    const table = known(params.set);
    if (table === null) return missing(reply);
    return written(reply, table, () =>
      tables.putRow(table.logicalName, { ...cells(body), [table.primaryKey]: params.id }),
    );
  });
  control.patch('/tables/:set/:id', schema, ({ params, body }: RowRequest, reply) => {
    const table = known(params.set);
    if (table === null || tables.find(table.logicalName, params.id) === null) return missing(reply);
    return written(reply, table, () => tables.changeRow(table.logicalName, params.id, cells(body)));
  });
  control.delete('/tables/:set/:id', ({ params }: RowRequest, reply) => {
    const table = known(params.set);
    const removed = table !== null && tables.removeRow(table.logicalName, params.id);
    return removed ? reply.code(204).send() : missing(reply);
  });
}

function written(reply: FastifyReply, table: TableDefinition, write: () => Row): unknown {
  try {
    return shown(write(), table);
  } catch (error) {
    if (!(error instanceof RowNotPossibleError)) throw error;
    return reply.code(400).send({ statusCode: 400, error: 'Bad Request', message: error.message });
  }
}

function cells(body: Row): Row {
  const unfit = Object.entries(body).find(([, value]) => typeof value === 'object' && value !== null);
  if (unfit === undefined) return body;
  throw new RowNotPossibleError(
    `The column '${unfit[0]}' holds a text, a number, a boolean or null; lookups hold an id.`,
  );
}

function shown(row: Row, { columns }: TableDefinition): Row {
  const secret = new Set(columns.filter(({ readable = true }) => !readable).map(({ name }) => name));
  return Object.fromEntries(Object.entries(row).filter(([name]) => !secret.has(name)));
}

function missing(reply: FastifyReply): unknown {
  return reply.code(404).send();
}
