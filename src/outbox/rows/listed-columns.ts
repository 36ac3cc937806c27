/**
 * Every fact of an event but its content, in the names of the port; quoted, for PostgreSQL folds names to lower case.
 * `overdue` stands behind the content and is cheap to read all the same: SQLite keeps 0 and 1 in the head of a row.
 */
export const listedColumns = `
  id, type, version, status, reason, key, ordering_key AS "orderingKey", source, client,
  accepted_at AS "acceptedAt", available_at AS "availableAt", delivered_at AS "deliveredAt",
  confirmed_at AS "confirmedAt", overdue, attempts AS "attemptCount"`;
