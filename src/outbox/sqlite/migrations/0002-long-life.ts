/**
 * What a gateway needs over a long time: replay, cancel, retention, lists, the audit. New columns can only be added
 * behind `data`; those that the claim reads are in an index as well.
 *
 * `event.background`: replayed, and claimed after live events. `event.ended_at`: since when it is delivered or
 * cancelled, from which retention counts. Replayed events that keep their place in line are not in the background: live
 * ones wait behind them.
 *
 * A suspect, which lost two leases in a row, is claimed alone: it is in an index of its own, and not in the others.
 *
 * The lists that people ask for most have an index in the order of acceptance (every index ends with the sequence). An
 * index over all events costs time with every acceptance, so there is only one: what a client sent. One by source cost
 * another 7 of 30 us where many tills send.
 */
export const LONG_LIFE = `
ALTER TABLE event ADD COLUMN background INTEGER NOT NULL DEFAULT 0 CHECK (background IN (0, 1));
ALTER TABLE event ADD COLUMN ended_at INTEGER CHECK (ended_at IS NULL OR status IN ('delivered', 'cancelled'));
UPDATE event SET ended_at = delivered_at WHERE status = 'delivered';

DROP INDEX event_due;
CREATE INDEX event_due ON event (type, background, client, available_at)
  WHERE status = 'pending' AND place IS NOT 'behind' AND lost_leases < 2;
CREATE INDEX event_suspect ON event (type, available_at)
  WHERE status = 'pending' AND place IS NOT 'behind' AND lost_leases >= 2;
DROP INDEX event_undelivered;
CREATE INDEX event_open ON event (sequence) WHERE status IN ('pending', 'delivering');
CREATE INDEX event_given_up ON event (status) WHERE status IN ('dead', 'cancelled');
CREATE INDEX event_blocking ON event (sequence) WHERE status = 'dead' AND place = 'first';
CREATE INDEX event_line ON event (ordering_key) WHERE ordering_key IS NOT NULL;
CREATE INDEX event_client ON event (client);
CREATE INDEX event_ended ON event (data IS NULL, ended_at) WHERE ended_at IS NOT NULL;

INSERT INTO tally (type, status, count)
SELECT type, 'blocking', count(*) FROM event WHERE status = 'dead' AND place = 'first' GROUP BY type;

ALTER TABLE gate ADD COLUMN probe_owner TEXT;
ALTER TABLE gate ADD COLUMN probe_until INTEGER CHECK ((probe_owner IS NULL) = (probe_until IS NULL));

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT
) STRICT;
`;
