/**
 * The members of `SourceCounts`, counted over groups of one client, source and type; both engines read this SQL alike.
 */
export const countedColumns = `
  client, source, type, count(*) AS accepted,
  count(*) FILTER (WHERE status IN ('pending', 'delivering')) AS pending,
  count(*) FILTER (WHERE status = 'delivered') AS delivered,
  count(confirmed_at) FILTER (WHERE status = 'delivered') AS confirmed,
  count(*) FILTER (WHERE status = 'dead') AS dead, count(*) FILTER (WHERE status = 'cancelled') AS cancelled`;
