import { type ClientBase, type ClientConfig, types } from 'pg';
import type { StoreRole } from '../store.js';
import { SCHEMA } from './migrate.js';

/** A server that accepts no connection within this time counts as unreachable. */
const CONNECT_MS = 5_000;

/** No statement of the gateway takes a tenth of this time; one that takes all of it is stuck. */
const STATEMENT_MS = 15_000;

/**
 * How long it waits behind a command that changes many rows, or a migration; after that the client is told to repeat.
 */
const LOCK_MS = 5_000;

/** A gateway that was halted in the middle of a transaction must not delay the others for longer. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/**
 * How long this side waits for an answer: longer than the server may take, so that only a dead connection exceeds it.
 */
const ANSWER_MS = 20_000;

/** `bigint`: instants, counts and sequences, all far below 2^53. */
const INT8 = 20;

/** The options of every connection. Settings in the URL (such as `sslmode`) take precedence. */
export function clientConfig(databaseUrl: string, role: StoreRole): ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: role === 'owner' ? 'business-events-gateway' : 'business-events-gateway command',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 && format !== undefined ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
}

/**
 * What a connection is told before anything else, overriding the settings of the server and the role. Every statement
 * of the gateway finds its few rows by an index. A plan made while a table was small must not read through it when it
 * is large, so plans that read many rows are made unattractive.
 */
const SETTINGS = `
SET search_path = ${SCHEMA};
SET synchronous_commit = on;
SET statement_timeout = ${STATEMENT_MS};
SET lock_timeout = ${LOCK_MS};
SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS};
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off`;

export async function applySettings(client: ClientBase): Promise<void> {
  await client.query(SETTINGS);
}
