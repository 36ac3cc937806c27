/**
 * What Dataverse tells of the events it raised, a row for each operation of a step. `receipt.replays` says how often the
 * event had been replayed when it came: only what came since the last replay is compared with each other.
 *
 * `event.confirm_by`: until when a receipt is awaited; `event.overdue`: it did not come in time. Their indexes cover what
 * is awaited and what is overdue, nothing else: where receipts never were expected they are empty.
 */
export const RECEIPTS = `
CREATE TABLE receipt (
  event_sequence INTEGER NOT NULL REFERENCES event (sequence) ON DELETE CASCADE,
  step TEXT NOT NULL,
  operation TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('webhook', 'service-bus')),
  operation_at INTEGER,
  received_at INTEGER NOT NULL,
  request_id TEXT,
  correlation_id TEXT,
  stripped INTEGER NOT NULL CHECK (stripped IN (0, 1)),
  replays INTEGER NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('confirmed', 'accompanying', 'duplicate', 'outdated')),
  PRIMARY KEY (event_sequence, step, operation)
) STRICT, WITHOUT ROWID;

ALTER TABLE event ADD COLUMN confirm_by INTEGER
  CHECK (confirm_by IS NULL OR (status = 'delivered' AND confirmed_at IS NULL));
ALTER TABLE event ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0
  CHECK (overdue = 0 OR (overdue = 1 AND status = 'delivered' AND confirmed_at IS NULL AND confirm_by IS NULL));
CREATE INDEX event_awaited ON event (confirm_by) WHERE confirm_by IS NOT NULL;
CREATE INDEX event_overdue ON event (sequence) WHERE overdue = 1;
`;
