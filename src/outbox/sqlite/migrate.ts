import type { DatabaseSync } from 'node:sqlite';
import { EVENTS_GATES_CLIENTS } from './migrations/0001-events-gates-clients.js';

/** Every migration there is, in order; the schema's version is the number of those that ran. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [EVENTS_GATES_CLIENTS];

export function migrate(database: DatabaseSync): void {
  database.exec(MIGRATIONS.join(''));
}
